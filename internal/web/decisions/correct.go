package decisions

import (
	"regexp"
	"slices"
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

// correcting is the form of a correction (đính chính): first whom, then what.
type correcting struct {
	app.CorrectionForm
	Chosen   []oneCorrected // nobody: the page lets them be chosen
	SignedBy []ui.Option
	Signer   string
}

// oneCorrected is a recognition with what is typed for it.
type oneCorrected struct {
	app.CorrectableLine
	Fields []typedField
	Reason string
}

// typedField is a field as it stands and as it is to be.
type typedField struct{ Field, Was, Is string }

// FieldText is how a field is called for this kind of subject.
func (o oneCorrected) FieldText(field, lang string) string {
	t := app.FieldText(field, o.Kind)
	if lang == "en" {
		return t.EN
	}
	return t.VI
}

func correctForm(c *ui.Context) error {
	f, err := correctingOf(c)
	if err != nil {
		return err
	}
	return c.Render("correct", f)
}

// correctingOf reads what can be corrected, with what the form says of the chosen.
func correctingOf(c *ui.Context) (correcting, error) {
	v, err := c.App.CorrectionForm(c, c.Session, c.Path("id"))
	if err != nil {
		return correcting{}, err
	}
	f := correcting{CorrectionForm: v, Signer: c.Field("signer")}
	for _, s := range v.Signers {
		text := s.Name + ", " + s.Title
		if s.Mode != "" {
			text = s.Mode + " " + text
		}
		f.SignedBy = append(f.SignedBy, ui.Option{Value: s.User, Text: text})
	}
	chosen := c.Fields("recognition")
	for _, l := range v.Lines {
		if l.Revoked || !slices.Contains(chosen, l.Recognition) {
			continue
		}
		o := oneCorrected{CorrectableLine: l, Reason: c.Field("reason." + l.Recognition)}
		for _, field := range proposal.CorrectionFields() {
			was := proposal.ItemContent{Name: l.Name, Position: l.Position, Workplace: l.Unit}.Of(field)
			is := was
			if c.R.PostForm.Has(field + "." + l.Recognition) {
				is = c.Field(field + "." + l.Recognition)
			}
			o.Fields = append(o.Fields, typedField{field, was, is})
		}
		f.Chosen = append(f.Chosen, o)
	}
	return f, nil
}

// correct composes the draft. What was left as it stands is not corrected; what stood
// there when the form was shown goes with it, so that nobody corrects what he did not see.
func correct(c *ui.Context) error {
	f, err := correctingOf(c)
	if err != nil {
		return err
	}
	in := app.DraftCorrectionInput{Signer: c.Field("signer")}
	for _, o := range f.Chosen {
		for _, t := range o.Fields {
			shown := c.Field("was." + t.Field + "." + o.Recognition)
			if t.Is != shown {
				in.Lines = append(in.Lines, app.CorrectionLineInput{Recognition: o.Recognition, Field: t.Field, Was: shown, Is: t.Is, Reason: o.Reason})
			}
		}
	}
	if len(in.Lines) == 0 {
		return c.Fail("correct", f, &app.Error{Code: app.CodeInvalid, Vi: "Chưa có thông tin nào được sửa; hãy sửa ít nhất một mục.", En: "nothing is corrected yet; change at least one field"})
	}
	d, err := c.App.DraftCorrection(c, c.Session, c.Path("id"), in)
	if err != nil {
		return c.Fail("correct", f, atField(in, err))
	}
	return c.DoneAt("/decision-drafts/"+d.ID, "decisions.done.drafted")
}

var lineField = regexp.MustCompile(`^lines\[(\d+)\]\.(\w+)$`)

// atField maps the lines of the input to the form's fields.
func atField(in app.DraftCorrectionInput, err error) error {
	e := *app.ErrorOf(err)
	e.Fields = slices.Clone(e.Fields)
	for i, f := range e.Fields {
		m := lineField.FindStringSubmatch(f.Field)
		if m == nil {
			continue
		}
		n, _ := strconv.Atoi(m[1]) // digits, by lineField
		if n >= len(in.Lines) {
			continue
		}
		name := in.Lines[n].Field
		if m[2] == "reason" {
			name = m[2]
		}
		e.Fields[i].Field = name + "." + in.Lines[n].Recognition
	}
	return &e
}
