package app

import (
	"context"

	"vinhdanh/internal/fields"
	"vinhdanh/internal/postgres"
)

// Saved is what became of something typed: stored, and where it clashed.
type Saved struct {
	Version int            `json:"version"`           // the base of the next save
	Clashes []fields.Clash `json:"clashes,omitempty"` // fields that somebody else changed too; theirs stands
	Foreign bool           `json:"foreign,omitempty"` // what stands holds what somebody else typed
}

// SavedLetter is a letter after a save.
type SavedLetter struct {
	Saved
	Submission SubmissionRow `json:"submission"`
	Letter     LetterBase    `json:"letter"` // as it stands now
}

// letterTries is how often a save is tried again because somebody was faster.
const letterTries = 5

// SaveLetter stores what was typed of a letter, merged with what others changed.
func (a *App) SaveLetter(ctx context.Context, s Session, in LetterInput) (SavedLetter, error) {
	if err := a.check(in); err != nil {
		return SavedLetter{}, err
	}
	campaign, err := a.campaignOf(ctx, in.Campaign)
	if err != nil {
		return SavedLetter{}, err
	}
	typ, err := a.typeNamed(in.Type)
	if err != nil {
		return SavedLetter{}, err
	}
	mine := LetterBase{Title: in.Title, LetterNumber: in.LetterNumber, LetterDate: in.LetterDate, LetterSigner: in.LetterSigner, Campaign: deref(campaign), Type: typ}
	for range letterTries {
		sub, err := a.draftOfUnit(ctx, s, "save-letter", in.Submission)
		if err != nil {
			return SavedLetter{}, err
		}
		now, out := LetterOf(sub), SavedLetter{}
		merged := mine
		if in.Base != nil {
			if merged, out.Clashes, err = mergeLetter(*in.Base, mine, now); err != nil {
				return out, err
			}
		}
		if err := a.typeStays(ctx, sub, merged.Type); err != nil {
			return out, err
		}
		ok, err := a.Store.PutLetter(ctx, sub.ID, sub.Version, letterRow(merged))
		if err != nil {
			return out, internal("store the letter", err)
		}
		if !ok {
			continue
		}
		if out.Submission, err = a.Store.SubmissionByID(ctx, sub.ID); err != nil {
			return out, internal("read submission", err)
		}
		out.Version, out.Letter = out.Submission.Version, merged
		return out, nil
	}
	return SavedLetter{}, fail(CodeConflict, "the submission keeps changing")
}

func mergeLetter(base, mine, now LetterBase) (LetterBase, []fields.Clash, error) {
	var flat [3]fields.Flat
	for i, l := range []LetterBase{base, mine, now} {
		f, err := fields.Of(l)
		if err != nil {
			return now, nil, internal("merge the letter", err)
		}
		flat[i] = f
	}
	got, clashes := fields.Merge(flat[0], flat[1], flat[2])
	var out LetterBase
	if err := got.Into(&out); err != nil {
		return now, nil, internal("merge the letter", err)
	}
	return out, clashes, nil
}

func letterRow(l LetterBase) postgres.Letter {
	row := postgres.Letter{Title: l.Title, LetterNumber: l.LetterNumber, LetterDate: dayOf(l.LetterDate), LetterSigner: l.LetterSigner, Type: l.Type}
	if l.Campaign != "" {
		row.Campaign = &l.Campaign
	}
	return row
}
