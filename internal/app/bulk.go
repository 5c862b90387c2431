package app

import (
	"context"
	"slices"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// BulkInput is one act on many cases. Each case takes it by itself and may refuse
// it by itself. Cases are named by hand, each as its reader saw it, or for a
// rehearsal chosen from the reader's queue by a filter.
type BulkInput struct {
	Action     string         `json:"action" validate:"oneof=forward return accept appraise hold release"`
	Cases      []BulkCase     `json:"cases,omitempty" validate:"required_without=Filter,max=500,dive"`
	Filter     *QueueQuery    `json:"filter,omitempty"`
	Default    string         `json:"default,omitempty" validate:"omitempty,oneof=propose not_propose"`
	Exceptions []OpinionInput `json:"exceptions,omitempty" validate:"max=5000,dive"` // by item, of any of the cases
	Reason     string         `json:"reason,omitempty" validate:"max=4000"`          // of a return, a hold, a release
	Minutes    string         `json:"minutes,omitempty" validate:"omitempty,len=64,hexadecimal"`
	Letter     string         `json:"letter,omitempty" validate:"omitempty,len=64,hexadecimal"`
	Text       string         `json:"text,omitempty" validate:"max=20000"` // of an appraisal
	// Confirm is the number of cases that the person has seen and typed; asked for
	// where no page of ours takes the act back again.
	Confirm int    `json:"confirm,omitempty"`
	Nonce   string `json:"nonce,omitempty" validate:"omitempty,max=60"`
}

// BulkCase is one case as its reader saw it.
type BulkCase struct {
	Proposal string `json:"proposal" validate:"required,max=120"`
	Revision int    `json:"revision,omitempty" validate:"omitempty,min=1"`
	Number   int    `json:"number,omitempty" validate:"omitempty,min=1"`
}

// maxBulk is how many cases one act may name.
const maxBulk = 500

// Final are the bulk acts that nobody here takes back: the case goes on, and only
// the level above, or the unit, can bring it back.
var bulkFinal = []string{"forward", "accept", "appraise", "return"}

// BulkFinal tells whether a bulk act must be confirmed by typing the number of cases.
func BulkFinal(action string) bool { return slices.Contains(bulkFinal, action) }

// BulkPlan is what a rehearsal says: which cases would take the act, which are
// left out and why. Nothing was done.
type BulkPlan struct {
	Action   string       `json:"action"`
	Would    []BulkTarget `json:"would"`
	Excluded []BulkTarget `json:"excluded"`
	Items    int          `json:"items"` // in play, in the cases that would take it
	Final    bool         `json:"final"` // asks for a typed confirmation
}

// BulkTarget is one case of a rehearsal or of a result.
type BulkTarget struct {
	ID         string     `json:"id,omitempty"`
	Ref        string     `json:"ref"`
	UnitName   string     `json:"unit_name,omitempty"`
	Award      string     `json:"award,omitempty"`
	AwardNames law.Text   `json:"award_names"`
	Revision   int        `json:"revision,omitempty"`
	Number     int        `json:"number,omitempty"`
	Items      []BulkItem `json:"items,omitempty"`
	Status     string     `json:"status"` // rehearsed, accepted, pending, refused or "" (its turn is to come)
	After      string     `json:"after,omitempty"`
	Code       string     `json:"code,omitempty"`
	Vi         string     `json:"vi,omitempty"`
	En         string     `json:"en,omitempty"`
	Attempt    string     `json:"attempt,omitempty"`
}

// BulkItem is one item in play with the opinion that it would get.
type BulkItem struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Verdict string `json:"verdict,omitempty"` // of the law
	Opinion string `json:"opinion,omitempty"`
	Reason  string `json:"reason,omitempty"`
	Held    bool   `json:"held,omitempty"`
}

// RehearseBulk says what Bulk would do now, by the same functions, and does nothing.
func (a *App) RehearseBulk(ctx context.Context, s Session, in BulkInput) (BulkPlan, error) {
	if err := a.check(in); err != nil {
		return BulkPlan{}, err
	}
	cases, err := a.bulkCases(ctx, s, in)
	if err != nil {
		return BulkPlan{}, err
	}
	in.Cases = cases
	plan := BulkPlan{Action: in.Action, Would: []BulkTarget{}, Excluded: []BulkTarget{}, Final: BulkFinal(in.Action)}
	for _, c := range cases {
		t, err := a.rehearseCase(ctx, s, in, c)
		if err != nil {
			return plan, err
		}
		if t.Status == StatusRehearsed {
			plan.Would, plan.Items = append(plan.Would, t), plan.Items+len(t.Items)
		} else {
			plan.Excluded = append(plan.Excluded, t)
		}
	}
	return plan, nil
}

// bulkCases are the named cases, each once, or those of the filter.
func (a *App) bulkCases(ctx context.Context, s Session, in BulkInput) ([]BulkCase, error) {
	out, seen := []BulkCase{}, map[string]bool{}
	for _, c := range in.Cases {
		if !seen[c.Proposal] {
			out, seen[c.Proposal] = append(out, c), true
		}
	}
	if in.Filter == nil {
		return out, nil
	}
	q, err := a.Queue(ctx, s, *in.Filter, maxBulk+1, 0)
	if err != nil {
		return nil, err
	}
	if len(q.Cases) > maxBulk {
		return nil, &Error{Code: CodeTooLarge, Detail: "the filter chooses too many cases",
			Vi: "Bộ lọc chọn quá nhiều hồ sơ; mỗi lần xử lý tối đa 500 hồ sơ, hãy thu hẹp bộ lọc.",
			En: "The filter chooses too many cases; at most 500 at a time, so narrow it."}
	}
	for _, r := range q.Cases {
		if !seen[r.ID] && !seen[r.Ref] {
			out = append(out, BulkCase{Proposal: r.ID, Revision: r.Revision, Number: r.Number})
		}
	}
	return out, nil
}

// rehearseCase rehearses the act on one case and describes it. A case out of the
// reader's sight is named as the reader named it, and nothing more is said.
func (a *App) rehearseCase(ctx context.Context, s Session, in BulkInput, c BulkCase) (BulkTarget, error) {
	p, err := a.proposal(ctx, s, c.Proposal)
	if err != nil {
		if ErrorOf(err).Code != CodeNotFound {
			return BulkTarget{}, err
		}
		t := BulkTarget{Ref: c.Proposal}
		return t.refused(ErrorOf(err)), nil
	}
	if c.Number == 0 {
		c.Revision, c.Number = p.Revision, p.Number
	}
	t := a.describe(p, c)
	items, err := a.view(ctx, s, p, false)
	if err != nil {
		return t, err
	}
	for _, it := range items.ItemList {
		if it.Outcome == "" || it.Outcome == string(proposal.OutcomePassed) {
			t.Items = append(t.Items, in.opinionOf(it))
		}
	}
	done, err := a.bulkAct(rehearsal(ctx), s, in, p, c, "")
	if err != nil {
		if e := ErrorOf(err); e.Code != CodeInternal && e.Code != CodeUnavailable {
			return t.refused(e), nil
		}
		return t, err
	}
	t.Status = done.Status
	if done.After != nil {
		t.After = string(done.After.Stage)
		if done.After.Returned {
			t.After = "returned"
		}
	}
	return t, nil
}

func (a *App) describe(p postgres.Proposal, c BulkCase) BulkTarget {
	t := BulkTarget{ID: p.ID, Ref: p.Ref, UnitName: p.UnitName, Award: p.Award, Revision: c.Revision, Number: c.Number}
	if award, err := a.law().Award(p.Award); err == nil {
		t.AwardNames = award.Names
	}
	return t
}

func (t BulkTarget) refused(e *Error) BulkTarget {
	t.Status, t.Code, t.Vi, t.En = "refused", e.Code, e.Text("vi"), e.Text("en")
	return t
}

// opinionOf is an item with the opinion that the act gives it.
func (in BulkInput) opinionOf(it ItemView) BulkItem {
	b := BulkItem{ID: it.ID, Name: it.Content.PrintedLine(), Verdict: it.Verdict, Held: it.Held}
	if in.Action != "forward" && in.Action != "appraise" {
		return b
	}
	if b.Opinion = in.Default; b.Opinion == "" {
		b.Opinion = string(proposal.OpinionPropose)
	}
	for _, x := range in.Exceptions {
		if x.Item == it.ID {
			b.Opinion, b.Reason = x.Opinion, x.Reason
		}
	}
	return b
}
