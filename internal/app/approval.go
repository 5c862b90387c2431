package app

import (
	"context"
	"errors"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/vietnamese"
)

// SubmissionBrief is a submission in a list with where it stands.
type SubmissionBrief = postgres.SubmissionBrief

// SubmissionStates are the states a submission can be in, in the order in which
// they ask for its unit's work.
func SubmissionStates() []string { return postgres.States }

// SubmissionQuery narrows a list of submissions; empty values do not.
type SubmissionQuery struct {
	State  string `validate:"omitempty,oneof=returned answer ready draft sent closed"`
	Text   string `validate:"max=100"`
	Limit  int
	Offset int
}

// MySubmissions lists the submissions of the session's units with their states.
func (a *App) MySubmissions(ctx context.Context, s Session, q SubmissionQuery) ([]SubmissionBrief, error) {
	if err := a.check(q); err != nil {
		return nil, err
	}
	rows, err := a.Store.SubmissionBriefs(ctx, s.where("submission.mine", permission.Own), postgres.SubmissionQuery{
		State: q.State, Text: vietnamese.Fold(q.Text), Limit: q.Limit, Offset: q.Offset,
	})
	if err != nil {
		return nil, internal("list submissions", err)
	}
	return rows, nil
}

// MySubmissionCounts counts the submissions of the session's units by state, each up
// to CountedTo+1.
func (a *App) MySubmissionCounts(ctx context.Context, s Session) (map[string]int, error) {
	counts, err := a.Store.SubmissionCounts(ctx, s.where("submission.mine", permission.Own), CountedTo+1)
	if err != nil {
		return nil, internal("count submissions", err)
	}
	return counts, nil
}

// ToApprove lists what the session's units prepared and their head has to look
// at: handed over, returned, or with a question to answer.
func (a *App) ToApprove(ctx context.Context, s Session) ([]SubmissionBrief, error) {
	var out []SubmissionBrief
	units := s.where("submission.send", permission.Own)
	for _, state := range []string{"ready", "returned", "answer"} {
		rows, err := a.Store.SubmissionBriefs(ctx, units, postgres.SubmissionQuery{State: state, Limit: 200})
		if err != nil {
			return nil, internal("list submissions", err)
		}
		out = append(out, rows...)
	}
	return out, nil
}

// HandInput is the clerk's handing of a draft to the head, or the head's
// giving it back.
type HandInput struct {
	Submission string `json:"submission" validate:"required"`
	Note       string `json:"note,omitempty" validate:"max=2000"`
}

// HandToHead gives a draft to the head of the unit. Both may still change it; the
// head sees whether anything changed since.
func (a *App) HandToHead(ctx context.Context, s Session, in HandInput) (SubmissionRow, error) {
	if err := a.check(in); err != nil {
		return SubmissionRow{}, err
	}
	sub, err := a.draftOfUnit(ctx, s, "hand-over", in.Submission)
	if err != nil {
		return SubmissionRow{}, err
	}
	ps, err := a.Store.ProposalsOfSubmission(ctx, sub.ID)
	if err != nil {
		return SubmissionRow{}, internal("read proposals", err)
	}
	if err := a.allNamed(ctx, ps); err != nil {
		return SubmissionRow{}, a.refuse(ctx, s, "hand-over", sub.Ref, asError(err))
	}
	if err := a.Store.HandOver(ctx, sub.ID, s.User, in.Note); err != nil {
		return SubmissionRow{}, internal("hand over", err)
	}
	return a.submission(ctx, s, sub.ID)
}

// GiveBack gives a draft back to its clerk with the head's word.
func (a *App) GiveBack(ctx context.Context, s Session, in HandInput) (SubmissionRow, error) {
	if err := a.check(in); err != nil {
		return SubmissionRow{}, err
	}
	sub, err := a.draftOfUnit(ctx, s, "hand-back", in.Submission)
	if err != nil {
		return SubmissionRow{}, err
	}
	if _, ok := s.can("submission.send", permission.Own, sub.Unit); !ok {
		return SubmissionRow{}, a.refuse(ctx, s, "hand-back", sub.Ref, fail(CodeForbidden, "the head of the unit gives it back"))
	}
	if err := a.Store.HandBack(ctx, sub.ID, in.Note); err != nil {
		return SubmissionRow{}, internal("hand back", err)
	}
	return a.submission(ctx, s, sub.ID)
}

// allNamed refuses lists with nobody in them or with nameless items.
func (a *App) allNamed(ctx context.Context, ps []postgres.Proposal) error {
	if len(ps) == 0 {
		return readable(CodeNotReady, "Hồ sơ chưa có trường hợp nào.", "The submission has no items yet.")
	}
	for _, p := range ps {
		if !drafting(p) {
			continue
		}
		items, err := a.Store.ItemsOf(ctx, p.ID, postgres.Latest)
		if err != nil {
			return internal("read items", err)
		}
		for _, it := range items {
			if it.Content.Name == "" {
				return readable(CodeNotReady, "Còn trường hợp chưa ghi tên; hãy ghi tên hoặc bỏ trường hợp đó.",
					"An item has no name yet; name it or take it out.")
			}
		}
	}
	return nil
}

// brief reads one submission of the session's units as lists show it.
func (a *App) brief(ctx context.Context, s Session, id string) (SubmissionBrief, error) {
	sub, err := a.submission(ctx, s, id)
	if err != nil {
		return SubmissionBrief{}, err
	}
	b, err := a.Store.SubmissionBriefByID(ctx, sub.ID)
	if errors.Is(err, postgres.ErrNotFound) {
		return b, &Error{Code: CodeNotFound}
	}
	if err != nil {
		return b, internal("read submission", err)
	}
	return b, nil
}
