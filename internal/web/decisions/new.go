package decisions

import (
	"slices"
	"strconv"
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// choosing is the form of a draft.
type choosing struct {
	Action  string
	Ref     string // of the draft that is composed anew
	Options app.DecisionOptions
	In      app.DraftDecisionInput
	Cases   []oneCase
	Signers []ui.Option
	Modes   []ui.Option
	Mode    string
	Back    string
}

// oneCase is a proposal with its lines, to be taken in or left out.
type oneCase struct {
	ID, Ref, UnitName string
	Lines             []app.DecisionLine
	OnHold, In        bool
}

// Missing tells whether the law's data has no sum for an item.
func (f choosing) Missing(item string) bool { return slices.Contains(f.Options.Missing, item) }

// Dead tells whether an item is to be awarded posthumously.
func (f choosing) Dead(item string) bool { return slices.Contains(f.In.Posthumous, item) }

// Amount is what was entered for an item, or "".
func (f choosing) Amount(item string) string {
	if n, ok := f.In.Amounts[item]; ok {
		return strconv.FormatInt(n, 10)
	}
	return ""
}

// Sum is what an item gets by the law's data, in đồng.
func (f choosing) Sum(item string) int64 {
	for _, l := range f.Options.Items {
		if l.Item == item {
			return l.Amount
		}
	}
	return 0
}

// Several is what the rule about several awards at once says of an item; nil: nothing.
func (f choosing) Several(item string) *app.SeveralNote {
	for _, l := range f.Options.Items {
		if l.Item == item {
			return l.Several
		}
	}
	return nil
}

// BasesText is the legal bases, one a line.
func (f choosing) BasesText() string { return strings.Join(f.In.Bases, "\n") }

// RecipientsText is the recipients, one a line.
func (f choosing) RecipientsText() string { return strings.Join(f.In.Recipients, "\n") }

// Lines joins a list for a hint.
func (f choosing) Lines(list []string) string { return strings.Join(list, "; ") }

// atOnce is how many cases a draft is composed of at most; more go into another one.
const atOnce = 500

// asked finds the group that the address names.
func asked(c *ui.Context) (app.DecisionGroup, error) {
	groups, err := c.App.DecisionCandidates(c, c.Session, app.CandidateQuery{Award: c.Field("award"), Limit: atOnce})
	if err != nil {
		return app.DecisionGroup{}, err
	}
	for _, g := range groups.Rows {
		if g.Award == c.Field("award") && g.Authority == c.Field("authority") && g.Standing == c.Field("standing") {
			return g, nil
		}
	}
	return app.DecisionGroup{}, &app.Error{Code: app.CodeNotFound}
}

func form(c *ui.Context) error {
	g, err := asked(c)
	if err != nil {
		return err
	}
	f, err := fill(c, g, app.DraftDecisionInput{})
	if err != nil {
		return err
	}
	return c.Render("new", f)
}

// fill reads what can be chosen for the cases of a group; what is on hold is left out.
func fill(c *ui.Context, g app.DecisionGroup, in app.DraftDecisionInput) (choosing, error) {
	f := choosing{Action: "/decision-drafts", Back: "/decision-drafts", In: in}
	for _, l := range g.Items {
		if n := len(f.Cases); n == 0 || f.Cases[n-1].ID != l.Proposal {
			held := slices.Contains(g.OnHold, l.ProposalRef)
			f.Cases = append(f.Cases, oneCase{
				ID: l.Proposal, Ref: l.ProposalRef, UnitName: l.UnitName, OnHold: held,
				In: !held && (len(in.Proposals) == 0 || slices.Contains(in.Proposals, l.Proposal)),
			})
		}
		k := &f.Cases[len(f.Cases)-1]
		k.Lines = append(k.Lines, l)
	}
	return f, options(c, &f)
}

// options asks for signers, sums and default words over the cases that can go in.
func options(c *ui.Context, f *choosing) error {
	var ids []string
	for _, k := range f.Cases {
		if !k.OnHold {
			ids = append(ids, k.ID)
		}
	}
	var err error
	if f.Options, err = c.App.DecisionOptions(c, c.Session, app.DecisionOptionsInput{Proposals: ids}); err != nil {
		return err
	}
	for _, s := range f.Options.Signers {
		hint := s.Title
		if s.Mode != "" {
			hint = s.Mode + " – " + hint
		}
		f.Signers = append(f.Signers, ui.Option{Value: s.User, Text: s.Name, Hint: hint})
	}
	if f.In.Signer == "" && len(f.Signers) > 0 {
		f.In.Signer = f.Signers[0].Value
	}
	f.Modes = []ui.Option{{Value: "auto", Text: c.T("decisions.mode.auto")}, {Value: "", Text: c.T("decisions.mode.own")}}
	for _, m := range []string{"KT.", "Q.", "TUQ.", "TM.", "TM. KT."} {
		f.Modes = append(f.Modes, ui.Option{Value: m, Text: m})
	}
	f.Mode = "auto"
	return nil
}

// typed is the input as the form says it.
func typed(c *ui.Context) app.DraftDecisionInput {
	in := app.DraftDecisionInput{
		Proposals: c.Fields("proposals"), Occasion: c.Field("occasion"), Achievement: c.Field("achievement"), Period: c.Field("period"),
		Bases: each(c.Field("bases")), Proposer: c.Field("proposer"), Fund: c.Field("fund"), Executors: c.Field("executors"),
		Recipients: each(c.Field("recipients")), Filing: c.Field("filing"), Signer: c.Field("signer"), ListAlways: c.Checked("list_always"),
		Posthumous: c.Fields("posthumous"), Amounts: map[string]int64{},
	}
	if mode := c.Field("mode"); mode != "auto" {
		in.Mode = &mode
	}
	for name := range c.R.PostForm {
		item, ok := strings.CutPrefix(name, "amount.")
		sum := strings.NewReplacer(".", "", " ", "").Replace(c.Field(name))
		if !ok || sum == "" {
			continue
		}
		n, err := strconv.ParseInt(sum, 10, 64)
		if err != nil {
			n = -1 // the application refuses it by name
		}
		in.Amounts[item] = n
	}
	return in
}

// each splits a text into its lines.
func each(text string) []string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// compose drafts the decision. Sent twice, the cases stand in one draft: the second
// is led to it.
func compose(c *ui.Context) error {
	in := typed(c)
	d, err := c.App.DraftDecision(c, c.Session, in)
	if err == nil {
		return c.DoneAt("/decision-drafts/"+d.ID, "decisions.done.drafted")
	}
	g, gerr := asked(c)
	if gerr != nil { // the group is gone: somebody drafted it, or this form before
		if id := draftOf(c, in.Proposals); id != "" {
			return c.DoneAt("/decision-drafts/"+id, "decisions.done.drafted")
		}
		return err
	}
	f, ferr := fill(c, g, in)
	if ferr != nil {
		return ferr
	}
	return c.Fail("new", f, named(err))
}

// draftOf finds the draft in which a form's cases stand already; "" where there is none.
func draftOf(c *ui.Context, proposals []string) string {
	rows, err := c.App.Decisions(c, c.Session, pageSize, 0)
	if err != nil {
		return ""
	}
	for _, d := range rows {
		if d.Phase != "draft" || d.Award != c.Field("award") || d.Authority != c.Field("authority") {
			continue
		}
		v, err := c.App.DecisionView(c, c.Session, d.ID)
		if err == nil && v.Choices != nil && slices.Equal(v.Choices.Proposals, proposals) {
			return d.ID
		}
	}
	return ""
}

// named maps the fields of the input to those of the form.
func named(err error) error {
	e := *app.ErrorOf(err)
	e.Fields = slices.Clone(e.Fields)
	for i, f := range e.Fields {
		if item, ok := strings.CutPrefix(f.Field, "amounts["); ok {
			e.Fields[i].Field = "amount." + strings.TrimSuffix(item, "]")
			continue
		}
		e.Fields[i].Field, _, _ = strings.Cut(f.Field, "[")
	}
	return &e
}
