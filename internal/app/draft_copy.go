package app

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// CopyInput begins a submission from an earlier one of the same unit, a year on.
type CopyInput struct {
	From     string   `json:"from" validate:"required"`
	Title    string   `json:"title,omitempty" validate:"max=500"`
	Campaign string   `json:"campaign,omitempty" validate:"max=60"` // empty: the same
	Years    *int     `json:"years,omitempty" validate:"omitempty,min=0,max=10"`
	Items    []string `json:"items,omitempty"`     // only these; empty: all that were not withdrawn
	KeepText bool     `json:"keep_text,omitempty"` // keep the summaries of achievement, to be rewritten
	Papers   []string `json:"papers,omitempty"`    // papers of the earlier submission to name again
	Nonce    string   `json:"nonce,omitempty" validate:"max=120"`
}

// CopySubmission makes a new draft of an earlier submission: same subjects and
// awards, achievement periods moved on, and nothing of the law's word: that is
// judged anew. What was declared for the earlier year is asked again.
func (a *App) CopySubmission(ctx context.Context, s Session, in CopyInput) (SubmissionView, error) {
	if err := a.check(in); err != nil {
		return SubmissionView{}, err
	}
	from, err := a.editable(ctx, s, "copy-submission", in.From)
	if err != nil {
		return SubmissionView{}, err
	}
	d := postgres.Drafted{Year: a.Today().Year, CopiedFrom: &from.ID, Submission: postgres.Submission{
		ID: formID(s, in.Nonce, "copy/"+from.ID), Unit: from.Unit, Title: in.Title, Campaign: from.Campaign, Type: from.Type, CreatedBy: s.User,
	}}
	if in.Campaign != "" {
		if d.Campaign, err = a.campaignOf(ctx, in.Campaign); err != nil {
			return SubmissionView{}, err
		}
	}
	if d.Title == "" {
		d.Title = moveYears(from.Title, yearsOn(in.Years))
	}
	if d.Proposals, err = a.copied(ctx, from, in); err != nil {
		return SubmissionView{}, err
	}
	if len(d.Proposals) == 0 {
		return SubmissionView{}, readable(CodeNotReady, "Hồ sơ cũ không còn trường hợp nào để chép.", "the earlier submission has no items to copy")
	}
	id, err := a.Store.CreateSubmission(ctx, d)
	if err != nil {
		return SubmissionView{}, internal("create submission", err)
	}
	if err := a.Store.CopyPapers(ctx, from.ID, id, s.User, in.Papers); err != nil {
		return SubmissionView{}, internal("name papers again", err)
	}
	return a.Submission(ctx, s, id, false)
}

func yearsOn(years *int) int {
	if years == nil {
		return 1
	}
	return *years
}

// copied drafts the items that are copied, award by award in their old order.
// Awards that the law of today does not have are left out.
func (a *App) copied(ctx context.Context, from postgres.Submission, in CopyInput) ([]postgres.DraftedProposal, error) {
	ps, err := a.Store.ProposalsOfSubmission(ctx, from.ID)
	if err != nil {
		return nil, internal("read proposals", err)
	}
	var out []postgres.DraftedProposal
	for _, p := range ps {
		items, err := a.Store.ItemsOf(ctx, p.ID, postgres.Latest)
		if err != nil {
			return nil, internal("read items", err)
		}
		var kept []postgres.DraftedItem
		for _, it := range items {
			if len(in.Items) > 0 && !slices.Contains(in.Items, it.ID) || len(in.Items) == 0 && it.Outcome == string(proposal.OutcomeWithdrawn) {
				continue
			}
			c, err := yearOn(it.Content, yearsOn(in.Years), in.KeepText)
			if err != nil {
				return nil, err
			}
			if a.fits(c) != nil {
				continue
			}
			d, err := drafted(c)
			if err != nil {
				return nil, err
			}
			kept = append(kept, d)
		}
		i := slices.IndexFunc(out, func(x postgres.DraftedProposal) bool { return x.Award == p.Award })
		switch {
		case len(kept) == 0:
		case i >= 0:
			out[i].Items = append(out[i].Items, kept...)
		default:
			out = append(out, postgres.DraftedProposal{Award: p.Award, Items: kept})
		}
	}
	return out, nil
}

// yearOn moves a content on by years. The rating of its period becomes that of an
// earlier one; what was declared for that period, counts of members and the
// summary are asked again, unless the summary is kept to be rewritten.
func yearOn(c proposal.ItemContent, years int, keepText bool) (proposal.ItemContent, error) {
	f, err := dossier.Stated(c)
	if err != nil {
		return c, err
	}
	old := f.Period
	c.Period = moveYears(c.Period, years)
	c.Sheet, c.Line = "", 0
	if !keepText {
		c.Achievement = ""
	}
	if years > 0 {
		if f.Rating != "" && old.Kind != "" {
			f.Ratings = append(f.Ratings, eval.PeriodRating{Period: old, Rating: f.Rating})
		}
		f.Rating, f.Discipline = "", ""
		f.OnHold, f.AlreadyRewarded, f.LocalCriteriaMet = nil, nil, nil
		f.Members, f.Campaign, f.Adhoc, f.Quota = eval.Members{}, eval.Campaign{}, eval.Adhoc{}, eval.Quota{}
		f.Contribution.Amount = nil
	}
	f.Papers = nil
	f.Period = eval.Period{Kind: c.PeriodKind, Label: c.Period}
	return c, dossier.State(&c, f)
}

var yearInText = regexp.MustCompile(`\b(19|20)\d\d\b`)

// moveYears moves every year in a text on: "2022-2023" becomes "2023-2024".
func moveYears(text string, years int) string {
	return yearInText.ReplaceAllStringFunc(text, func(y string) string {
		n, err := strconv.Atoi(y)
		if err != nil {
			return y
		}
		return fmt.Sprint(n + years)
	})
}

// CopyItemInput puts a copy of one item of the unit into a draft.
type CopyItemInput struct {
	Item       string `json:"item" validate:"required"`
	Submission string `json:"submission" validate:"required"`    // where to
	Award      string `json:"award,omitempty" validate:"max=40"` // empty: the same
	Years      int    `json:"years,omitempty" validate:"max=10"` // moved on
	KeepText   bool   `json:"keep_text,omitempty"`               // keep the summary
	Nonce      string `json:"nonce,omitempty" validate:"max=120"`
}

// CopyItem copies one nominee, for another award or another year.
func (a *App) CopyItem(ctx context.Context, s Session, in CopyItemInput) (ItemView, error) {
	if err := a.check(in); err != nil {
		return ItemView{}, err
	}
	to, err := a.editable(ctx, s, "copy-item", in.Submission)
	if err != nil {
		return ItemView{}, err
	}
	it, err := a.Item(ctx, s, in.Item)
	if err != nil {
		return ItemView{}, err
	}
	p, err := a.proposal(ctx, s, it.Proposal)
	if err != nil {
		return ItemView{}, err
	}
	if !holds(s, p.Unit) {
		return ItemView{}, a.refuse(ctx, s, "copy-item", p.CaseID, fail(CodeForbidden, "only the unit's own items are copied"))
	}
	c, err := yearOn(it.Content, in.Years, in.KeepText)
	if err != nil {
		return ItemView{}, internal("move the year on", err)
	}
	if in.Award != "" {
		c.Award = in.Award
	}
	if err := a.fits(c); err != nil {
		return ItemView{}, err
	}
	id, err := a.append(ctx, s, to, c, formID(s, in.Nonce, "copy/"+it.ID))
	if err != nil {
		return ItemView{}, err
	}
	return a.Item(ctx, s, id)
}
