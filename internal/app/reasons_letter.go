package app

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"vinhdanh/internal/council"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// NotAwarded is one item that was not awarded: what became of it, who said so and why,
// the clauses that were not met, and the Council's sum.
type NotAwarded struct {
	Item    string         `json:"item"`
	Line    string         `json:"line"` // form of address and name, as printed
	Office  string         `json:"office,omitempty"`
	Outcome string         `json:"outcome"`
	By      string         `json:"by,omitempty"` // the body that said so
	Reason  string         `json:"reason,omitempty"`
	Clauses []NotMetClause `json:"clauses"`
	Sum     *council.Sum   `json:"sum,omitempty"`
	Quota   *law.Text      `json:"quota,omitempty"` // that it stands beyond a quota, though it got its majority
}

// NotMetClause is a condition that was not met, with its article and how well that is
// confirmed.
type NotMetClause struct {
	Text    law.Text `json:"text"`
	Article string   `json:"article"`
	Mark    law.Mark `json:"mark"`
}

// Awarded is one item that was awarded, by which decision.
type Awarded struct {
	Item   string `json:"item"`
	Line   string `json:"line"` // as it stands now: corrected, where it was
	Office string `json:"office,omitempty"`
	Number string `json:"number,omitempty"` // of the decision, once it is in the ledger
	Date   string `json:"date,omitempty"`   // ISO
}

// ReasonsLetter tells the proposing unit what became of the items of a closed proposal,
// and of those that were not awarded why: one letter a proposal.
type ReasonsLetter struct {
	Proposal  string       `json:"proposal"`
	Ref       string       `json:"ref"`
	AwardName law.Text     `json:"award_name"`
	Unit      string       `json:"unit"` // addressee
	UnitName  string       `json:"unit_name"`
	From      string       `json:"from"` // the standing body that writes it
	Awarded   int          `json:"awarded"`
	Given     []Awarded    `json:"given"`
	Items     []NotAwarded `json:"items"`               // that were not awarded
	Paragraph string       `json:"paragraph,omitempty"` // that people wrote
	State     string       `json:"state,omitempty"`     // held, released or discarded; empty: it never waited
}

// notAwardedVI says outcomes in the words of the letter.
var notAwardedVI = map[string]string{
	string(proposal.OutcomeNotProposed): "không được đề nghị khen thưởng", string(proposal.OutcomeNotPassed): "không được Hội đồng thông qua",
	string(proposal.OutcomeDeferred): "chưa xét trong đợt này", string(proposal.OutcomeNotAwarded): "cấp có thẩm quyền không khen thưởng",
}

// ReasonsLetter reads the letter of a closed proposal: for the unit that proposed, once
// it was released, the standing body that writes it, and auditors. No other unit sees any of it.
func (a *App) ReasonsLetter(ctx context.Context, s Session, id string) (ReasonsLetter, error) {
	p, err := a.proposal(ctx, s, id)
	if err != nil {
		return ReasonsLetter{}, err
	}
	if _, ok := s.may("case.reasons", casePlace(p).In("")); !ok {
		return ReasonsLetter{}, &Error{Code: CodeNotFound}
	}
	if _, ok := s.may("case.reasons", casePlace(p)); !ok {
		return ReasonsLetter{}, readable(CodeNotReady, "Thư nêu lý do có khi hồ sơ đã kết thúc.", "the letter is there once the case is closed")
	}
	l, err := a.letterOf(ctx, p.ID)
	if err != nil {
		return ReasonsLetter{}, err
	}
	if !letterOpen(s, p, l) {
		return ReasonsLetter{}, readable(CodeNotReady, "Thông báo kết quả của hồ sơ này chưa được gửi.", "the letter of outcome was not released")
	}
	return a.composeLetter(ctx, s, p, l)
}

// letterOf is the proposal's letter as it is kept; one without a state never waited.
func (a *App) letterOf(ctx context.Context, proposal string) (postgres.OutcomeLetter, error) {
	l, err := a.Store.LetterOf(ctx, proposal)
	if errors.Is(err, postgres.ErrNotFound) {
		return l, nil
	}
	if err != nil {
		return l, internal("read the letter", err)
	}
	return l, nil
}

// letterOpen tells whether a letter is open to a reader of letters: one that waits, or was
// discarded, to those who keep letters only.
func letterOpen(s Session, p postgres.Proposal, l postgres.OutcomeLetter) bool {
	_, keeps := s.may("letter.read", casePlace(p))
	return keeps || l.State == "" || l.State == postgres.LetterReleased
}

// composeLetter draws the letter from the record.
func (a *App) composeLetter(ctx context.Context, s Session, p postgres.Proposal, l postgres.OutcomeLetter) (ReasonsLetter, error) {
	out := ReasonsLetter{Proposal: p.ID, Ref: p.Ref, AwardName: a.awardName(p.Award), Unit: p.Unit, Given: []Awarded{}, Items: []NotAwarded{}, Paragraph: l.Paragraph, State: l.State}
	pv, err := a.Proposal(ctx, s, p.ID, true)
	if err != nil {
		return out, err
	}
	units, err := a.Store.UnitNames(ctx, []string{p.Unit, stageOf(p, proposal.StageReception).Unit})
	if err != nil {
		return out, internal("read units", err)
	}
	out.UnitName, out.From = units[p.Unit], units[stageOf(p, proposal.StageReception).Unit]
	rec, err := a.record(ctx, p)
	if err != nil {
		return out, err
	}
	barred, err := a.barred(ctx, s, p)
	if err != nil {
		return out, err
	}
	sums, err := a.Store.SumsOf(ctx, p.ID)
	if err != nil {
		return out, internal("read the Council's sums", err)
	}
	given, err := a.Store.GivenIn(ctx, p.ID)
	if err != nil {
		return out, internal("read the recognitions", err)
	}
	said := rec.opinions()
	for _, it := range pv.ItemList {
		switch {
		case it.Outcome == string(proposal.OutcomeRecognised):
			out.Awarded++
			out.Given = append(out.Given, awardedOf(it, given))
		case notAwardedVI[it.Outcome] != "" && !barred[it.ID]:
			n, err := a.notAwardedOf(ctx, it, said[it.ID], sums)
			if err != nil {
				return out, err
			}
			out.Items = append(out.Items, n)
		}
	}
	return out, nil
}

// awardedOf says of one item by which decision it was awarded, under what is right now.
func awardedOf(it ItemView, given []postgres.GivenItem) Awarded {
	c := it.Content
	for _, x := range it.Corrected {
		switch x.Field {
		case proposal.FieldName:
			c.Name = x.Is
		case "position":
			c.Position = x.Is
		case "unit":
			c.Workplace = x.Is
		}
	}
	out := Awarded{Item: it.ID, Line: c.PrintedLine(), Office: commaJoined(c.Position, c.Workplace)}
	for _, g := range given {
		if g.Item == it.ID {
			out.Number, out.Date = g.Number, g.Date
		}
	}
	return out
}

// hasReasons tells whether the reader may read a letter that says something, or whether one
// is still to come.
func (a *App) hasReasons(ctx context.Context, s Session, pv ProposalView) (reads, waits bool, err error) {
	if _, ok := s.may("case.reasons", casePlace(pv.Proposal)); !ok {
		return false, false, nil
	}
	l, err := a.letterOf(ctx, pv.ID)
	if err != nil || !letterOpen(s, pv.Proposal, l) {
		return false, l.State == postgres.LetterHeld, err
	}
	return l.State != "" || slices.ContainsFunc(pv.ItemList, func(it ItemView) bool { return notAwardedVI[it.Outcome] != "" }), false, nil
}

// notAwardedOf says of one item what became of it and why.
func (a *App) notAwardedOf(ctx context.Context, it ItemView, said []Said, sums []postgres.SumRow) (NotAwarded, error) {
	n := NotAwarded{Item: it.ID, Line: it.Content.PrintedLine(), Office: commaJoined(it.Content.Position, it.Content.Workplace), Outcome: it.Outcome, Clauses: []NotMetClause{}}
	for _, w := range said { // the last that ended it
		if w.Outcome == it.Outcome {
			n.By = w.UnitName
			if w.Reason != "" {
				n.Reason = w.Reason
			}
		}
	}
	if it.Law != nil {
		n.Clauses = notMet(it.Law.Tree, n.Clauses)
	}
	i := slices.IndexFunc(sums, func(r postgres.SumRow) bool { return r.Item == it.ID })
	if i < 0 {
		return n, nil
	}
	var r council.ResultRow
	err := json.Unmarshal(sums[i].Result, &r)
	if err != nil {
		return n, internal("read the Council's sum", err)
	}
	n.Sum = &r.Sum
	n.Quota, err = a.beyondQuota(ctx, sums[i].Session, r.Place)
	return n, err
}

// notMet collects the lowest conditions that were not met.
func notMet(node eval.Node, out []NotMetClause) []NotMetClause {
	before := len(out)
	for _, c := range node.Children {
		out = notMet(c, out)
	}
	if len(out) == before && node.Result == eval.NotMet && node.Article != "" {
		out = append(out, NotMetClause{Text: node.Text, Article: node.Article, Mark: node.Mark})
	}
	return out
}
