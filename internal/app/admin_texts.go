package app

import (
	"context"
	"slices"
	"strings"

	"vinhdanh/internal/law"
	"vinhdanh/internal/notify"
	"vinhdanh/internal/postgres"
)

// TextWords are subject and body of a text.
type TextWords = notify.Wording

// CampaignVersion is a campaign as it stood.
type CampaignVersion = postgres.CampaignVersion

// TextView is one text that an installation may word by itself, in one language.
type TextView struct {
	Name         string             `json:"name"` // notice/returned, reason/missing-paper
	Locale       string             `json:"locale"`
	Subject      string             `json:"subject,omitempty"` // notices only
	Body         string             `json:"body"`
	Own          bool               `json:"own"` // worded here; otherwise the built-in text
	Default      notify.Wording     `json:"default"`
	Placeholders []string           `json:"placeholders"`
	Versions     []postgres.OwnText `json:"versions,omitempty"`
}

// Texts lists every notice and standard reason, in both languages, and the sentences of
// documents, with what holds.
func (a *App) Texts(ctx context.Context, s Session) ([]TextView, error) {
	if err := a.installation(ctx, s, true, "texts.read", ""); err != nil {
		return nil, err
	}
	own, err := a.Store.OwnTexts(ctx)
	if err != nil {
		return nil, internal("read texts", err)
	}
	out := []TextView{}
	for _, k := range notify.Kinds() {
		for _, l := range []notify.Locale{notify.Vietnamese, notify.English} {
			v, err := noticeText(k, l)
			if err != nil {
				return nil, internal("word "+string(k), err)
			}
			out = append(out, worded(v, own))
		}
	}
	for _, r := range standardReasons {
		for _, l := range []string{"vi", "en"} {
			v := TextView{Name: "reason/" + r.Code, Locale: l, Body: pick(l, r.Text.VI, r.Text.EN), Placeholders: []string{}}
			v.Default = notify.Wording{Body: v.Body}
			out = append(out, worded(v, own))
		}
	}
	return append(out, documentTexts(own)...), nil
}

func noticeText(k notify.Kind, l notify.Locale) (TextView, error) {
	w, err := notify.DefaultWording(k, l)
	required, optional := notify.Facts(k)
	return TextView{
		Name: "notice/" + string(k), Locale: string(l), Subject: w.Subject, Body: w.Body, Default: w, Placeholders: append(required, optional...),
	}, err
}

// worded puts an installation's own words in.
func worded(v TextView, own []postgres.OwnText) TextView {
	for _, t := range own {
		if t.Name == v.Name && t.Locale == v.Locale && t.Body != "" {
			v.Subject, v.Body, v.Own = t.Subject, t.Body, true
		}
	}
	return v
}

// Text reads one text with what it said before.
func (a *App) Text(ctx context.Context, s Session, name, locale string) (TextView, error) {
	all, err := a.Texts(ctx, s)
	if err != nil {
		return TextView{}, err
	}
	i := slices.IndexFunc(all, func(v TextView) bool { return v.Name == name && v.Locale == locale })
	if i < 0 {
		return TextView{}, &Error{Code: CodeNotFound}
	}
	all[i].Versions, err = a.Store.OwnTextVersions(ctx, name)
	return all[i], internalOrNil("read text versions", err)
}

// TextInput is a text as an administrator words it; Restore gives the built-in one
// back.
type TextInput struct {
	Name    string `json:"name" validate:"required,max=80"`
	Locale  string `json:"locale" validate:"oneof=vi en"`
	Subject string `json:"subject,omitempty" validate:"max=200"`
	Body    string `json:"body,omitempty" validate:"max=4000"`
	Restore bool   `json:"restore,omitempty"`
	Reason  string `json:"reason,omitempty" validate:"max=1000"`
	Nonce   string `json:"-"`
}

// PreviewText shows a text with invented data; nothing is written.
func (a *App) PreviewText(ctx context.Context, s Session, in TextInput) (TextWords, error) {
	v, err := a.wordable(ctx, s, in)
	if err != nil {
		return TextWords{}, err
	}
	if p, ok := phraseNamed(v.Name); ok {
		return previewPhrase(p, in.Body)
	}
	kind, isNotice := strings.CutPrefix(v.Name, "notice/")
	if !isNotice {
		return TextWords{Body: in.Body}, nil
	}
	t, err := notify.RenderWording(notify.Wording{Subject: in.Subject, Body: in.Body}, notify.Kind(kind), notify.Locale(in.Locale), notify.SampleFacts(notify.Kind(kind)))
	return TextWords(t), internalOrNil("preview", err)
}

// SaveText writes the next version of a text.
func (a *App) SaveText(ctx context.Context, s Session, in TextInput) (TextView, error) {
	if in.Restore {
		in.Subject, in.Body = "", ""
	}
	if _, err := a.wordable(ctx, s, in); err != nil {
		return TextView{}, err
	}
	d := doing(s, "text.save", in.Name, in.Reason, in.Nonce)
	if _, err := a.Store.PutText(ctx, d, postgres.OwnText{Name: in.Name, Locale: in.Locale, Subject: in.Subject, Body: in.Body}); err != nil {
		return TextView{}, changed("save text", err)
	}
	return a.Text(ctx, s, in.Name, in.Locale)
}

// wordable finds the text and refuses words that it must not hold.
func (a *App) wordable(ctx context.Context, s Session, in TextInput) (TextView, error) {
	if err := a.check(in); err != nil {
		return TextView{}, err
	}
	if err := a.installation(ctx, s, false, "text.save", in.Name); err != nil {
		return TextView{}, err
	}
	v, err := a.Text(ctx, s, in.Name, in.Locale)
	if err != nil || in.Restore {
		return v, err
	}
	e := &Error{Code: CodeInvalid}
	if p, ok := phraseNamed(v.Name); ok {
		for _, f := range p.Check(in.Body) {
			w := faultWords[f.What]
			e.Fields = append(e.Fields, FieldError{Field: "body", Rule: "value", Vi: w.VI + f.Name, En: w.EN + f.Name})
		}
		if len(e.Fields) > 0 {
			return v, e
		}
		return v, nil
	}
	if kind, isNotice := strings.CutPrefix(v.Name, "notice/"); isNotice {
		for _, f := range (notify.Wording{Subject: in.Subject, Body: in.Body}).Check(notify.Kind(kind)) {
			w := faultWords[f.What]
			e.Fields = append(e.Fields, FieldError{Field: f.Part, Rule: "value", Vi: w.VI + f.Name, En: w.EN + f.Name})
		}
	} else if strings.TrimSpace(in.Body) == "" {
		e.Fields = append(e.Fields, FieldError{Field: "body", Rule: "required"})
	}
	if len(e.Fields) > 0 {
		return v, e
	}
	return v, nil
}

var faultWords = map[string]law.Text{
	"empty":    {VI: "Chưa nhập.", EN: "It is missing."},
	"too-long": {VI: "Quá dài.", EN: "It is too long."},
	"lines":    {VI: "Câu này chỉ có một dòng.", EN: "It is one line."},
	"missing":  {VI: "Thiếu chỗ điền bắt buộc ", EN: "It needs the placeholder "},
	"unknown":  {VI: "Mẫu này không có chỗ điền tên ", EN: "This text has no placeholder "},
	"braces":   {VI: "Chỉ được dùng chỗ điền dạng {{.case_ref}}; không có lệnh nào khác.", EN: "Only placeholders like {{.case_ref}} are allowed, and no commands."},
}
