package app

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
)

// NewInput begins a submission with nothing in it.
type NewInput struct {
	Unit         string `json:"unit,omitempty"` // empty: the clerk's only unit
	Campaign     string `json:"campaign,omitempty" validate:"max=60"`
	Type         string `json:"type,omitempty" validate:"max=40"` // of commendation (loại hình), see CommendationTypes
	Title        string `json:"title,omitempty" validate:"max=500"`
	LetterNumber string `json:"letter_number,omitempty" validate:"max=60"`
	LetterDate   string `json:"letter_date,omitempty" validate:"omitempty,datetime=2006-01-02"`
	Nonce        string `json:"nonce,omitempty" validate:"max=120"` // the same form makes one draft
}

// NewSubmission opens an empty draft for the clerk's unit.
func (a *App) NewSubmission(ctx context.Context, s Session, in NewInput) (SubmissionView, error) {
	if err := a.check(in); err != nil {
		return SubmissionView{}, err
	}
	unit, err := a.clerkUnit(ctx, s, in.Unit)
	if err != nil {
		return SubmissionView{}, err
	}
	d := postgres.Drafted{Year: a.Today().Year, Submission: postgres.Submission{
		ID: formID(s, in.Nonce, "submission"), Unit: unit, Title: in.Title, LetterNumber: in.LetterNumber,
		LetterDate: dayOf(in.LetterDate), CreatedBy: s.User,
	}}
	if d.Campaign, err = a.campaignOf(ctx, in.Campaign); err != nil {
		return SubmissionView{}, err
	}
	if d.Type, err = a.typeNamed(in.Type); err != nil {
		return SubmissionView{}, err
	}
	id, err := a.Store.CreateSubmission(ctx, d)
	if err != nil {
		return SubmissionView{}, internal("create submission", err)
	}
	return a.Submission(ctx, s, id, false)
}

// campaignOf finds a campaign that the reader named; "" is none.
func (a *App) campaignOf(ctx context.Context, id string) (*string, error) {
	if id == "" {
		return nil, nil
	}
	if _, err := a.Store.Campaign(ctx, id); err != nil {
		if errors.Is(err, postgres.ErrNotFound) {
			return nil, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "campaign", Rule: "exists"}}}
		}
		return nil, internal("read campaign", err)
	}
	return &id, nil
}

// formID is the id of what a form makes: the same for each repetition of the form
// by the same person, so that a second press of the button makes nothing new.
func formID(s Session, nonce, what string) string {
	if nonce == "" {
		return ""
	}
	return uuid.NewSHA1(uuid.NameSpaceOID, []byte(s.User+"\n"+what+"\n"+nonce)).String()
}

// dayOf reads an ISO civil date; nil for none.
func dayOf(v string) *time.Time {
	t, err := time.Parse(time.DateOnly, v)
	if err != nil {
		return nil
	}
	return &t
}

// LetterInput changes what a submission says of its tờ trình. Base is what the
// reader saw: a field that somebody else changed since then is not overwritten
// unless the reader changed it too, which is a clash.
type LetterInput struct {
	Submission   string      `json:"submission" validate:"required"`
	Title        string      `json:"title" validate:"max=500"`
	LetterNumber string      `json:"letter_number" validate:"max=60"`
	LetterDate   string      `json:"letter_date" validate:"omitempty,datetime=2006-01-02"`
	LetterSigner string      `json:"letter_signer" validate:"max=200"`
	Campaign     string      `json:"campaign" validate:"max=60"`
	Type         string      `json:"type" validate:"max=40"` // of commendation; empty: not named
	Base         *LetterBase `json:"base,omitempty"`
}

// LetterBase is a letter as its reader saw it.
type LetterBase struct {
	Title        string `json:"title"`
	LetterNumber string `json:"letter_number"`
	LetterDate   string `json:"letter_date"`
	LetterSigner string `json:"letter_signer"`
	Campaign     string `json:"campaign"`
	Type         string `json:"type"`
}

// LetterOf is a submission's letter as a form shows it.
func LetterOf(sub SubmissionRow) LetterBase {
	b := LetterBase{Title: sub.Title, LetterNumber: sub.LetterNumber, LetterSigner: sub.LetterSigner, Campaign: deref(sub.Campaign), Type: sub.Type}
	if sub.LetterDate != nil {
		b.LetterDate = sub.LetterDate.Format(time.DateOnly)
	}
	return b
}

// RemoveSubmission removes a draft of which nothing was ever sent.
func (a *App) RemoveSubmission(ctx context.Context, s Session, id string) error {
	sub, err := a.editable(ctx, s, "remove-submission", id)
	if err != nil {
		return err
	}
	removed, err := a.Store.RemoveDraft(ctx, sub.ID)
	if err != nil {
		return internal("remove the draft", err)
	}
	if !removed {
		return a.refuse(ctx, s, "remove-submission", sub.Ref, readable(CodeNotReady,
			"Hồ sơ đã gửi nên không xóa được; thủ trưởng có thể xin rút hồ sơ.",
			"what was sent is not removed; the head may withdraw it"))
	}
	return nil
}

// draftOfUnit reads a submission that the session's unit still prepares.
func (a *App) draftOfUnit(ctx context.Context, s Session, action, id string) (postgres.Submission, error) {
	sub, err := a.editable(ctx, s, action, id)
	if err != nil {
		return sub, err
	}
	ps, err := a.Store.ProposalsOfSubmission(ctx, sub.ID)
	if err != nil {
		return sub, internal("read proposals", err)
	}
	for _, p := range ps {
		if drafting(p) {
			return sub, nil
		}
	}
	if len(ps) == 0 || sub.SentAt == nil {
		return sub, nil
	}
	return sub, a.refuse(ctx, s, action, sub.Ref, fail(CodeNotReady, "the submission is on its way; ask for its return"))
}

// holds tells whether a session works for a unit as clerk or head.
func holds(s Session, unit string) bool {
	_, ok := s.can("submission.edit", permission.Own, unit)
	return ok
}
