package app

import (
	"context"
	"errors"
	"slices"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// Declaration is what the clerk states for all items of a submission: facts that
// no list carries, for which the unit answers with its tờ trình.
type Declaration struct {
	Submission      string   `json:"submission" validate:"required"`
	Version         int      `json:"version" validate:"min=1"`
	ProposerManages *bool    `json:"proposer_manages,omitempty"`
	OnHold          *bool    `json:"on_hold,omitempty"`
	AlreadyRewarded *bool    `json:"already_rewarded,omitempty"`
	UnitDissolved   *bool    `json:"unit_dissolved,omitempty"`
	Discipline      string   `json:"discipline,omitempty" validate:"omitempty,oneof=NONE REPRIMAND WARNING DEMOTION DISMISSAL"`
	Except          []string `json:"except,omitempty"` // items it does not hold for
}

// Declare writes the declaration into the facts of each item.
func (a *App) Declare(ctx context.Context, s Session, in Declaration) (SubmissionView, error) {
	if err := a.check(in); err != nil {
		return SubmissionView{}, err
	}
	sub, err := a.editable(ctx, s, "declare", in.Submission)
	if err != nil {
		return SubmissionView{}, err
	}
	if err := a.touch(ctx, sub, in.Version); err != nil {
		return SubmissionView{}, err
	}
	ps, err := a.Store.ProposalsOfSubmission(ctx, sub.ID)
	if err != nil {
		return SubmissionView{}, internal("read proposals", err)
	}
	for _, p := range ps {
		if err := a.declareIn(ctx, p, in); err != nil {
			return SubmissionView{}, err
		}
	}
	return a.Submission(ctx, s, sub.ID, false)
}

func (a *App) declareIn(ctx context.Context, p postgres.Proposal, in Declaration) error {
	if !drafting(p) {
		return nil
	}
	items, err := a.Store.ItemsOf(ctx, p.ID, postgres.Latest)
	if err != nil {
		return internal("read items", err)
	}
	for _, it := range items {
		if slices.Contains(in.Except, it.ID) {
			continue
		}
		f, err := factsOf(it.Content)
		if err != nil {
			return err
		}
		set(&f.ProposerManages, in.ProposerManages)
		set(&f.OnHold, in.OnHold)
		set(&f.AlreadyRewarded, in.AlreadyRewarded)
		set(&f.UnitDissolved, in.UnitDissolved)
		if in.Discipline != "" {
			f.Discipline = in.Discipline
		}
		if err := a.putFacts(ctx, p, it, f); err != nil {
			return err
		}
	}
	return nil
}

func set(into **bool, v *bool) {
	if v != nil {
		*into = v
	}
}

// EditInput replaces the content of one item of a draft or a returned case.
type EditInput struct {
	Item    string               `json:"item" validate:"required"`
	Version int                  `json:"version" validate:"min=1"` // of the submission, as the reader saw it
	Content proposal.ItemContent `json:"content"`
}

// EditItem stores an item's content; the facts are checked against their form.
func (a *App) EditItem(ctx context.Context, s Session, in EditInput) (ItemView, error) {
	if err := a.check(in); err != nil {
		return ItemView{}, err
	}
	it, p, sub, err := a.draftItem(ctx, s, "edit-item", in.Item)
	if err != nil {
		return ItemView{}, err
	}
	if in.Content.Award != p.Award {
		return ItemView{}, &Error{
			Code: CodeInvalid, Detail: "award", Vi: "Không sửa hình thức của trường hợp tại đây; hãy bỏ ra và thêm vào danh sách của hình thức khác.",
			En: "An item's award is not edited; leave the item out and add it under the other award.",
		}
	}
	if _, err := factsOf(in.Content); err != nil {
		return ItemView{}, err
	}
	if err := a.touch(ctx, sub, in.Version); err != nil {
		return ItemView{}, err
	}
	d, err := drafted(in.Content)
	if err != nil {
		return ItemView{}, err
	}
	if err := a.Store.PutItemContent(ctx, it.ID, p.Revision+1, d); err != nil {
		return ItemView{}, storing("store item", err)
	}
	it.Content = in.Content
	results, err := a.judge(ctx, p, []postgres.Item{it})
	if err != nil {
		return ItemView{}, err
	}
	return ItemView{Item: it, Verdict: results[0].Word(), Law: &results[0]}, nil
}

// RemoveItem takes an item out of a draft that was never sent.
func (a *App) RemoveItem(ctx context.Context, s Session, item string, version int) error {
	it, p, sub, err := a.draftItem(ctx, s, "remove-item", item)
	if err != nil {
		return err
	}
	if p.Number > 0 {
		return &Error{
			Code: CodeNotReady, Detail: "already sent", Vi: "Hồ sơ đã gửi: hãy để trường hợp này ra ngoài khi gửi lại.",
			En: "The case was sent: leave the item out when you resubmit.",
		}
	}
	if err := a.touch(ctx, sub, version); err != nil {
		return err
	}
	if err := a.Store.RemoveDraftItem(ctx, it.ID); err != nil {
		return storing("remove item", err)
	}
	return nil
}

// draftItem reads an item that the session may edit now.
func (a *App) draftItem(ctx context.Context, s Session, action, id string) (postgres.Item, postgres.Proposal, postgres.Submission, error) {
	it, err := a.Store.ItemByID(ctx, id)
	if err != nil {
		return it, postgres.Proposal{}, postgres.Submission{}, internal("read item", err)
	}
	p, err := a.proposal(ctx, s, it.Proposal)
	if err != nil {
		return it, p, postgres.Submission{}, err
	}
	sub, err := a.Store.SubmissionByID(ctx, p.Submission)
	if err != nil {
		return it, p, sub, internal("read submission", err)
	}
	if _, own := s.can("submission.edit", permission.Own, p.Unit); !own {
		return it, p, sub, a.refuse(ctx, s, action, p.CaseID, fail(CodeForbidden, "only the unit's clerk or head changes its items"))
	}
	if !drafting(p) {
		return it, p, sub, a.refuse(ctx, s, action, p.CaseID, fail(CodeNotReady, "the case is on its way; ask for its return"))
	}
	return it, p, sub, nil
}

// drafting tells whether the unit holds the case: not sent yet, or returned.
func drafting(p postgres.Proposal) bool { return p.Number == 0 || (p.Returned && !p.Closed) }

func (a *App) touch(ctx context.Context, sub postgres.Submission, version int) error {
	ok, err := a.Store.TouchSubmission(ctx, sub.ID, version)
	if err != nil {
		return internal("touch submission", err)
	}
	if !ok {
		return fail(CodeConflict, "the submission was changed in between")
	}
	return nil
}

func (a *App) putFacts(ctx context.Context, p postgres.Proposal, it postgres.Item, f eval.Facts) error {
	if err := dossier.State(&it.Content, f); err != nil {
		return internal("encode facts", err)
	}
	d, err := drafted(it.Content)
	if err != nil {
		return err
	}
	if err := a.Store.PutItemContent(ctx, it.ID, p.Revision+1, d); err != nil {
		return storing("store facts", err)
	}
	return nil
}

// storing explains why content cannot be changed just now.
func storing(doing string, err error) error {
	if errors.Is(err, postgres.ErrSealed) {
		return &Error{
			Code: CodeNotReady, Detail: "the content is being sent",
			Vi: "Hồ sơ đang được gửi đi; chờ kết quả gửi rồi sửa.", En: "The case is being sent; wait for the outcome before editing.",
		}
	}
	return internal(doing, err)
}
