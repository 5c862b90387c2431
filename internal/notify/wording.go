package notify

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"vinhdanh/internal/phrase"
	"vinhdanh/internal/proposal"
)

// Wording is a text that an installation words by itself. It holds placeholders like
// {{.case_ref}} and nothing else that acts: they are substituted here, no template
// runs. A line with a placeholder that has no value today is left out.
type Wording struct {
	Subject string `json:"subject"`
	Body    string `json:"body"`
}

// Bounds of a wording, in letters.
const (
	MaxSubject = 200
	MaxBody    = phrase.Most
)

// Fault is what is wrong with a wording: which part, and what is not allowed in it.
type Fault struct {
	Part string // subject or body
	What string // empty, too-long, lines, unknown or braces
	Name string // of the placeholder that is unknown
}

// Check lists what is wrong with a wording of a kind.
func (w Wording) Check(k Kind) []Fault {
	var out []Fault
	required, optional := Facts(k)
	known := append(required, optional...)
	for _, part := range []struct {
		name, text string
		most       int
	}{{"subject", w.Subject, MaxSubject}, {"body", w.Body, MaxBody}} {
		for _, f := range phrase.Faults(part.text, part.most, known) {
			out = append(out, Fault{Part: part.name, What: f.What, Name: f.Name})
		}
		if part.name == "subject" && strings.ContainsAny(part.text, "\r\n") {
			out = append(out, Fault{Part: part.name, What: "lines"})
		}
	}
	return out
}

// RenderWording is Render with an installation's own wording. The foot, with the link
// to the case, is always the built-in one.
func RenderWording(w Wording, k Kind, l Locale, data map[string]any) (Text, error) {
	facts, err := checkFacts(k, data)
	if err != nil {
		return Text{}, err
	}
	if faults := w.Check(k); len(faults) > 0 {
		return Text{}, textError("the wording of %s: %s %s", k, faults[0].Part, faults[0].What)
	}
	foot, err := execute(templates[l], "foot", facts)
	if err != nil {
		return Text{}, err
	}
	return Text{Subject: fill(w.Subject, l, facts), Body: fill(w.Body, l, facts) + "\n\n" + foot + "\n"}, nil
}

// fill puts the facts in, line by line.
func fill(text string, l Locale, facts map[string]any) string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		missing := false
		line = phrase.Fill(line, func(name string) string {
			v := said(l, facts[name])
			missing = missing || v == ""
			return v
		})
		if !missing {
			out = append(out, line)
		}
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}

// said is a fact as a person reads it.
func said(l Locale, v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case time.Time:
		return x.Format(dateForms[l])
	case proposal.StageKind:
		return stageNames[l][x]
	}
	return fmt.Sprint(v)
}

// SampleFacts are invented facts of a kind, for previews.
func SampleFacts(k Kind) map[string]any {
	all := map[string]any{
		FactCase: "HS-2023-0045/BKT-PT", FactUnit: "Phòng Giáo dục và Đào tạo huyện Mẫu", FactLink: "https://thidua.example/proposals/45",
		FactStage: string(proposal.StageReview), FactBody: "UBND huyện Mẫu", FactItems: 12, FactPoints: 3, FactPassed: 10, FactNotPassed: 1,
		FactDeferred: 1, FactDue: "2023-11-20", FactDays: 4, FactDecision: "2011/QĐ-UBND", FactDecidedOn: "2023-11-20",
		FactSettings: "https://thidua.example/notices/settings",
	}
	required, optional := Facts(k)
	out := map[string]any{}
	for _, name := range append(required, optional...) {
		out[name] = all[name]
	}
	return out
}

// DefaultWording is the built-in text of a kind as a wording to begin with.
func DefaultWording(k Kind, l Locale) (Wording, error) {
	required, optional := Facts(k)
	data, back := map[string]any{}, []string{}
	day := time.Date(9987, 1, 1, 0, 0, 0, 0, time.UTC)
	for i, name := range append(required, optional...) {
		token := "{{." + name + "}}"
		switch name {
		case FactDue, FactDecidedOn:
			day = day.AddDate(0, 0, 1)
			data[name] = day.Format(time.DateOnly)
			back = append(back, day.Format(dateForms[l]), token)
		case FactItems, FactPoints, FactPassed, FactNotPassed, FactDeferred, FactDays:
			data[name] = 98700100 + i
			back = append(back, strconv.Itoa(98700100+i), token)
		case FactStage:
			data[name] = string(proposal.StageReview)
			back = append(back, stageNames[l][proposal.StageReview], token)
		case FactLink, FactSettings:
			address := "https://" + name + ".example/placeholder"
			data[name] = address
			back = append(back, address, token)
		default:
			data[name] = "\u2039" + name + "\u203a"
			back = append(back, "\u2039"+name+"\u203a", token)
		}
	}
	facts, err := checkFacts(k, data)
	if err != nil {
		return Wording{}, err
	}
	subject, err := execute(templates[l], string(k)+".subject", facts)
	if err != nil {
		return Wording{}, err
	}
	body, err := execute(templates[l], string(k)+".body", facts)
	if err != nil {
		return Wording{}, err
	}
	r := strings.NewReplacer(back...)
	return Wording{Subject: r.Replace(subject), Body: r.Replace(body)}, nil
}

// text is what a message says: in the installation's words, or, where those no longer
// fit the kind, in the built-in ones.
func (m Message) text() (Text, error) {
	if m.Wording != nil && len(m.Wording.Check(m.Kind)) == 0 {
		return RenderWording(*m.Wording, m.Kind, m.Locale, m.Data)
	}
	return Render(m.Kind, m.Locale, m.Data)
}
