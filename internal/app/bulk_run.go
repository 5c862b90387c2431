package app

import (
	"context"
	"encoding/json"
	"errors"

	"golang.org/x/sync/errgroup"

	"vinhdanh/internal/act"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// BulkResult is what became of an act on many cases, one row a case.
type BulkResult struct {
	postgres.BulkRun
	Rows     []BulkTarget `json:"rows"`
	Accepted int          `json:"accepted"`
	Refused  int          `json:"refused"`
	Pending  int          `json:"pending"` // being recorded, or their turn is to come
}

// bulkAtATime is how many cases of a run are under way at once.
const bulkAtATime = 4

// Bulk does an act on many cases. It is one run per person and nonce: whoever
// submits twice gets the first run's result, and a run that was cut off goes on
// where it stopped. One case's refusal stops no other case.
func (a *App) Bulk(ctx context.Context, s Session, in BulkInput) (BulkResult, error) {
	if err := a.checkBulk(ctx, s, in); err != nil {
		return BulkResult{}, err
	}
	raw, err := json.Marshal(in)
	if err != nil {
		return BulkResult{}, internal("keep the act", err)
	}
	rows, err := a.bulkRows(ctx, s, in)
	if err != nil {
		return BulkResult{}, err
	}
	run, err := a.Store.StartBulk(ctx, postgres.BulkRun{User: s.User, Nonce: in.Nonce, Action: in.Action, Input: raw}, rows)
	if err != nil {
		return BulkResult{}, internal("keep the act", err)
	}
	if err := a.continueBulk(ctx, s, run); err != nil {
		return BulkResult{}, err
	}
	return a.BulkResult(ctx, s, run.ID)
}

// checkBulk asks for what a rehearsal does not need.
func (a *App) checkBulk(ctx context.Context, s Session, in BulkInput) error {
	if err := a.check(in); err != nil {
		return err
	}
	e := &Error{Code: CodeInvalid}
	if len(in.Cases) == 0 {
		e.Fields = append(e.Fields, FieldError{Field: "cases", Rule: "required"})
	}
	if in.Nonce == "" {
		e.Fields = append(e.Fields, FieldError{Field: "nonce", Rule: "required"})
	}
	for _, c := range in.Cases {
		if c.Number == 0 || c.Revision == 0 {
			e.Fields = append(e.Fields, FieldError{Field: "cases.number", Rule: "required"})
			break
		}
	}
	if BulkFinal(in.Action) && in.Confirm != len(in.Cases) {
		e.Fields = append(e.Fields, FieldError{Field: "confirm", Rule: "eqfield", Param: "cases"})
		e.Vi = "Hãy gõ đúng số hồ sơ sẽ xử lý để xác nhận; chưa có gì được thực hiện."
		e.En = "Type the exact number of cases to confirm; nothing was done."
	}
	if len(e.Fields) > 0 {
		return a.refuse(ctx, s, "bulk-"+in.Action, "", e)
	}
	return nil
}

// bulkRows finds the cases of a run; one out of sight refuses the whole run,
// because no page of ours offers it.
func (a *App) bulkRows(ctx context.Context, s Session, in BulkInput) ([]postgres.BulkRow, error) {
	var rows []postgres.BulkRow
	seen := map[string]bool{}
	for _, c := range in.Cases {
		p, err := a.proposal(ctx, s, c.Proposal)
		if err != nil {
			return nil, err
		}
		if !seen[p.ID] {
			rows, seen[p.ID] = append(rows, postgres.BulkRow{Proposal: p.ID, Revision: c.Revision, Number: c.Number}), true
		}
	}
	return rows, nil
}

// continueBulk gives each case that had none its turn.
func (a *App) continueBulk(ctx context.Context, s Session, run postgres.BulkRun) error {
	var in BulkInput
	if err := json.Unmarshal(run.Input, &in); err != nil {
		return internal("read the act", err)
	}
	rows, err := a.Store.BulkRows(ctx, run.ID)
	if err != nil {
		return internal("read the run", err)
	}
	var g errgroup.Group
	g.SetLimit(bulkAtATime)
	for _, r := range rows {
		if r.Status == act.Accepted || r.Status == act.Refused {
			continue
		}
		g.Go(func() error { return a.bulkTurn(ctx, s, run, in, r) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	if err := a.Store.FinishBulk(ctx, run.ID); err != nil {
		return internal("finish the run", err)
	}
	return nil
}

// bulkTurn does the act on one case and keeps what became of it. An outage leaves
// the row as it is, for the next try.
func (a *App) bulkTurn(ctx context.Context, s Session, run postgres.BulkRun, in BulkInput, r postgres.BulkRow) error {
	done, err := a.bulkOnce(ctx, s, run, in, r)
	var e *Error
	switch {
	case err == nil:
		r.Status, r.Attempt = act.Accepted, done.Attempt
		if done.Status != act.Accepted {
			r.Status = act.Pending
		}
	case errors.As(err, &e) && e.Code != CodeUnavailable:
		r.Status, r.Code, r.Detail = act.Refused, e.Code, e.Detail
	default:
		return err
	}
	if err := a.Store.SettleBulkRow(ctx, run.ID, r); err != nil {
		return internal("keep the result", err)
	}
	return nil
}

func (a *App) bulkOnce(ctx context.Context, s Session, run postgres.BulkRun, in BulkInput, r postgres.BulkRow) (Done, error) {
	p, err := a.proposal(ctx, s, r.Proposal)
	if err != nil {
		return Done{}, err
	}
	nonce := "bulk/" + run.ID + "/" + p.ID
	before, was, err := a.Repeated(ctx, s, Act{Kind: "proposal", ID: p.ID, Action: bulkActions[in.Action], Nonce: nonce})
	if err != nil || was {
		return before, err
	}
	return a.bulkAct(ctx, s, in, p, BulkCase{Proposal: p.ID, Revision: r.Revision, Number: r.Number}, nonce)
}

// bulkActions are the names under which cases record the acts.
var bulkActions = map[string]string{
	"forward": "decide", "return": "decide", "accept": "accept", "appraise": "appraise", "hold": "hold", "release": "release",
}

// bulkAct does, or under a rehearsal tries, the act on one case.
func (a *App) bulkAct(ctx context.Context, s Session, in BulkInput, p postgres.Proposal, c BulkCase, nonce string) (Done, error) {
	t := Target{Proposal: p.ID, Revision: c.Revision, Number: c.Number, Nonce: nonce}
	switch in.Action {
	case "accept":
		return a.Accept(ctx, s, AcceptInput{Target: t})
	case "hold":
		return a.Hold(ctx, s, ReasonInput{Target: t, Reason: in.Reason})
	case "release":
		return a.Release(ctx, s, ReasonInput{Target: t, Reason: in.Reason})
	case "return":
		return a.Decide(ctx, s, DecideInput{Target: t, Verdict: proposal.VerdictReturn, Reason: in.Reason})
	}
	xs, err := a.exceptionsOf(ctx, p, in)
	if err != nil {
		return Done{}, err
	}
	if in.Action == "appraise" {
		return a.Appraise(ctx, s, AppraiseInput{Target: t, Default: in.Default, Exceptions: xs, Text: in.Text})
	}
	if err := a.bulkPapers(ctx, s, in, p); err != nil {
		return Done{}, err
	}
	return a.Decide(ctx, s, DecideInput{
		Target: t, Verdict: proposal.VerdictForward, Default: in.Default, Exceptions: xs, Minutes: in.Minutes, Letter: in.Letter,
	})
}

// exceptionsOf are the exceptions about items in play of one case. With a default
// of not proposed, the act's reason stands for each item that has none of its own.
func (a *App) exceptionsOf(ctx context.Context, p postgres.Proposal, in BulkInput) ([]OpinionInput, error) {
	items, err := a.Store.ItemsOf(ctx, p.ID, p.Revision)
	if err != nil {
		return nil, internal("read items", err)
	}
	var out []OpinionInput
	for _, it := range items {
		if it.Outcome != "" && it.Outcome != string(proposal.OutcomePassed) {
			continue
		}
		x := OpinionInput{Item: it.ID, Opinion: in.Default, Reason: in.Reason}
		said := x.Opinion == string(proposal.OpinionNotPropose)
		for _, y := range in.Exceptions {
			if y.Item == it.ID {
				x, said = y, true
			}
		}
		if said {
			out = append(out, x)
		}
	}
	return out, nil
}
