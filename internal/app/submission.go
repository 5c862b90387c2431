package app

import (
	"context"
	"slices"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
)

// SubmissionView is a submission with its proposals and the law's word on each item.
type SubmissionView struct {
	postgres.Submission
	Proposals   []ProposalView        `json:"proposals"`
	Attachments []postgres.Attachment `json:"attachments"`
	Verdicts    map[string]int        `json:"verdicts"` // met, not_met, needs_person, incomplete
}

// ProposalView is a proposal with its items.
type ProposalView struct {
	postgres.Proposal
	AwardName string     `json:"award_name"`
	ItemList  []ItemView `json:"item_list"`
}

// ItemView is an item and what the law says of it today, or said at validation.
type ItemView struct {
	postgres.Item
	Verdict string       `json:"verdict,omitempty"`
	Law     *eval.Result `json:"law,omitempty"`
	// Corrected is what a later decision put right (đính chính), the oldest first; the
	// content stays as it was sent.
	Corrected []Corrected `json:"corrected,omitempty"`
}

// Submissions lists the session's units' submissions, newest first.
func (a *App) Submissions(ctx context.Context, s Session, limit, offset int) ([]postgres.Submission, error) {
	units := s.where("submission.read", permission.Own)
	subs, err := a.Store.SubmissionsOf(ctx, units, limit, offset)
	if err != nil {
		return nil, internal("list submissions", err)
	}
	return subs, nil
}

// Submission shows one submission; explain adds the result trees.
func (a *App) Submission(ctx context.Context, s Session, id string, explain bool) (SubmissionView, error) {
	sub, err := a.submission(ctx, s, id)
	if err != nil {
		return SubmissionView{}, err
	}
	v := SubmissionView{Submission: sub, Verdicts: map[string]int{}}
	if v.Attachments, err = a.Store.AttachmentsOf(ctx, sub.ID); err != nil {
		return v, internal("read papers", err)
	}
	ps, err := a.Store.ProposalsOfSubmission(ctx, sub.ID)
	if err != nil {
		return v, internal("read proposals", err)
	}
	for _, p := range ps {
		pv, err := a.view(ctx, s, p, explain)
		if err != nil {
			return v, err
		}
		for _, it := range pv.ItemList {
			v.Verdicts[it.Verdict]++
		}
		v.Proposals = append(v.Proposals, pv)
	}
	return v, nil
}

// Proposal shows one case with its items, within the session's sight. Reading it
// as the awaited actor marks it as opened: after that it is not recalled any more.
func (a *App) Proposal(ctx context.Context, s Session, id string, explain bool) (ProposalView, error) {
	p, err := a.proposal(ctx, s, id)
	if err != nil {
		return ProposalView{}, err
	}
	if a.awaits(s, p) && p.Unit != deref(p.WaitingUnit) && p.OpenedAt == nil {
		if err := a.Store.MarkOpened(ctx, p.ID); err != nil {
			return ProposalView{}, internal("mark opened", err)
		}
	}
	return a.view(ctx, s, p, explain)
}

// Proposals lists the cases in the session's sight.
func (a *App) Proposals(ctx context.Context, s Session, f postgres.Filter) ([]postgres.Proposal, error) {
	ps, err := a.Store.ProposalsIn(ctx, s.scope(), f)
	if err != nil {
		return nil, internal("list proposals", err)
	}
	return ps, nil
}

func (a *App) awaits(s Session, p postgres.Proposal) bool {
	for _, m := range s.Memberships {
		if m.Unit == deref(p.WaitingUnit) && slices.Contains(p.WaitingRoles, m.Role) {
			return true
		}
	}
	return false
}

func (a *App) view(ctx context.Context, s Session, p postgres.Proposal, explain bool) (ProposalView, error) {
	v := ProposalView{Proposal: p}
	if award, err := a.law().Award(p.Award); err == nil {
		v.AwardName = award.Names.VI
	}
	revision := p.Revision
	if s.reads("case.draft", casePlace(p)) {
		revision = postgres.Latest // others see only what was sent
	} else if p.Number == 0 {
		revision = 1
	}
	items, err := a.openItems(ctx, s, p, revision)
	if err != nil {
		return v, err
	}
	results, err := a.judge(ctx, p, items)
	if err != nil {
		return v, err
	}
	corrected, err := a.correctionsIn(ctx, items)
	if err != nil {
		return v, err
	}
	for i, it := range items {
		iv := ItemView{Item: it, Verdict: results[i].Word(), Corrected: corrected[it.ID]}
		if explain {
			iv.Law = &results[i]
		}
		v.ItemList = append(v.ItemList, s.seen(casePlace(p), iv))
	}
	return v, nil
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
