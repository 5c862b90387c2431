package app

import (
	"context"
	"time"

	"vinhdanh/internal/act"
	"vinhdanh/internal/decision"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// Rows of corrections, as the store hands them out.
type (
	CorrectionLine = postgres.CorrectionLine
	Corrected      = postgres.Corrected
)

// CorrectionRule is what the law's data say of how a decision is put right.
type CorrectionRule struct {
	Code   string   `json:"code"`
	Text   law.Text `json:"text"`
	Clause law.Text `json:"clause"` // article and how well it is confirmed
	Mark   law.Mark `json:"mark"`
}

// CorrectableLine is one recognition of a decision as it stands now.
type CorrectableLine struct {
	Recognition string      `json:"recognition"`
	Item        string      `json:"item"`
	Place       int         `json:"place"` // in the printed order of the decision, from 1
	Subject     string      `json:"subject"`
	Kind        string      `json:"kind"`
	Line        string      `json:"line"`
	Name        string      `json:"name"`
	Position    string      `json:"position,omitempty"`
	Unit        string      `json:"unit,omitempty"` // workplace, as printed
	UnitName    string      `json:"unit_name"`      // the proposing unit
	Revoked     bool        `json:"revoked,omitempty"`
	Corrected   []Corrected `json:"corrected,omitempty"` // the oldest first
	form        string      // of address, as printed
}

// CorrectionForm is what of an issued decision can be corrected, by what rules, and who
// may sign it.
type CorrectionForm struct {
	Decision  postgres.Decision `json:"decision"`
	AwardName law.Text          `json:"award_name"`
	Lines     []CorrectableLine `json:"lines"`
	Rules     []CorrectionRule  `json:"rules"`
	Signers   []SignerOption    `json:"signers"`
}

// CorrectionForm reads what can be corrected of a decision (đính chính họ tên, chức vụ,
// đơn vị), for who may draft that.
func (a *App) CorrectionForm(ctx context.Context, s Session, id string) (CorrectionForm, error) {
	row, _, err := a.readDecision(ctx, s, id)
	if err != nil {
		return CorrectionForm{}, err
	}
	if _, err := a.mayCorrect(ctx, s, row); err != nil {
		return CorrectionForm{}, err
	}
	out := CorrectionForm{Decision: row, AwardName: a.awardName(row.Award), Rules: []CorrectionRule{}, Signers: []SignerOption{}}
	for _, r := range a.law().Corrections(a.Today()) {
		out.Rules = append(out.Rules, CorrectionRule{r.Code, r.Text, r.Label(), r.Mark})
	}
	if out.Lines, err = a.correctable(ctx, row.ID); err != nil {
		return out, err
	}
	p := parts{group: &DecisionGroup{Authority: row.Authority, Standing: row.Standing}, today: a.Today()}
	if err := a.people(ctx, &p, &DraftDecisionInput{}); err != nil {
		return out, nil //nolint:nilerr // without a signer the page says so when the draft is composed
	}
	var o DecisionOptions
	if err := a.signers(ctx, p, &o); err != nil {
		return out, err
	}
	out.Signers = o.Signers
	return out, nil
}

// correctable lists the recognitions of a decision as they stand now, in printed order.
func (a *App) correctable(ctx context.Context, id string) ([]CorrectableLine, error) {
	rows, err := a.Store.Revocable(ctx, id)
	if err != nil {
		return nil, internal("read what can be corrected", err)
	}
	past, err := a.Store.CorrectionsOf(ctx, id)
	if err != nil {
		return nil, internal("read the corrections", err)
	}
	of := byItem(past)
	out := []CorrectableLine{}
	for _, r := range rows {
		out = append(out, CorrectableLine{
			Recognition: r.Recognition, Item: r.Item, Place: r.Position, Subject: r.Subject, Kind: r.Content.Kind, Line: r.Content.PrintedLine(),
			Name: r.Content.Name, Position: r.Content.Position, Unit: r.Content.Workplace, UnitName: r.UnitName, Revoked: r.Revoked, Corrected: of[r.Item], form: r.Content.Form,
		})
	}
	return out, nil
}

func byItem(list []Corrected) map[string][]Corrected {
	out := map[string][]Corrected{}
	for _, c := range list {
		out[c.Item] = append(out[c.Item], c)
	}
	return out
}

// of is what stands in a field now.
func (l CorrectableLine) of(field string) string {
	return proposal.ItemContent{Name: l.Name, Position: l.Position, Workplace: l.Unit}.Of(field)
}

// mayCorrect tells in which capacity the reader drafts a correction of the decision.
func (a *App) mayCorrect(ctx context.Context, s Session, row postgres.Decision) (act.Actor, error) {
	actor, ok := s.may("decision.correct", decisionPlace(row).In(""))
	if !ok {
		return actor, a.refuse(ctx, s, "correct-decision", row.CaseID, readable(CodeForbidden,
			"Chỉ cơ quan thường trực dự thảo quyết định đính chính.", "only the standing body drafts a correction"))
	}
	if row.Phase != proposal.IssuanceNumbered || !row.Gives() {
		return actor, readable(CodeNotReady, "Chỉ đính chính được quyết định khen thưởng đã ban hành.", "only an issued decision that awards can be corrected")
	}
	return actor, nil
}

// correctionInput checks that a draft still corrects what stands, and makes of it what is
// submitted: its text is the draft's, and every spelling it calls wrong still stands.
func (a *App) correctionInput(ctx context.Context, row postgres.Decision, draft decision.Input, in proposal.IssuanceInput) (proposal.IssuanceInput, error) {
	content, err := contentOfDecision(draft)
	if err != nil {
		return in, fromDecision(err)
	}
	lines, err := a.Store.CorrectionLines(ctx, row.ID)
	if err != nil {
		return in, internal("read what is corrected", err)
	}
	now, err := a.correctable(ctx, *row.Corrects)
	if err != nil {
		return in, err
	}
	stale := content != row.Content || draft.Corrects == nil || len(draft.Corrects.Lines) != len(lines)
	in.Corrects = &proposal.Correction{Decision: *row.Corrects}
	for _, l := range lines {
		at, found := lineOf(now, l.Recognition)
		stale = stale || !found || at.Revoked || at.of(l.Field) != l.Was
		in.Corrects.Lines = append(in.Corrects.Lines, proposal.CorrectionLine{Recognition: l.Recognition, Item: l.Item, Field: l.Field})
	}
	if stale {
		return in, readable(CodeConflict, "Thông tin đã thay đổi sau khi dự thảo; hãy bỏ dự thảo và lập lại.",
			"what is corrected changed after the draft; discard it and draft anew")
	}
	return in, nil
}

func lineOf(lines []CorrectableLine, recognition string) (CorrectableLine, bool) {
	for _, l := range lines {
		if l.Recognition == recognition {
			return l, true
		}
	}
	return CorrectableLine{}, false
}

// CorrectedDecision is the decision that another one corrects.
type CorrectedDecision struct {
	ID     string     `json:"id"`
	Number string     `json:"number"`
	Date   *time.Time `json:"date"`
}

// corrections says of a decision what of its items was corrected, and which decision it
// corrects itself.
func (a *App) corrections(ctx context.Context, s Session, row postgres.Decision, v *DecisionView) (map[string][]Corrected, error) {
	if row.Corrects != nil {
		of, err := a.Store.DecisionByID(ctx, *row.Corrects)
		if err != nil {
			return nil, internal("read the decision that is corrected", err)
		}
		v.Corrected = &CorrectedDecision{ID: of.ID, Number: of.NumberText, Date: of.NumberDate}
		return nil, nil
	}
	_, may := s.may("decision.correct", decisionPlace(row))
	v.MayCorrect = may && row.Gives()
	list, err := a.Store.CorrectionsOf(ctx, row.ID)
	if err != nil {
		return nil, internal("read the corrections", err)
	}
	return byItem(list), nil
}
