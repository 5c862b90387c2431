package app

import (
	"context"
	"slices"
	"strings"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/vietnamese"
)

// sending says whether the session may send the submission, and else who can:
// another head of the unit, who is not a subject.
func (a *App) sending(ctx context.Context, s Session, v SubmissionView) (Sending, error) {
	var out Sending
	subjects := map[string]bool{}
	mine := vietnamese.Fold(s.Name)
	for _, p := range v.Proposals {
		for _, it := range p.ItemList {
			subjects[it.Subject] = true
			if it.Content.Kind == "individual" && mine != "" && vietnamese.Fold(it.Content.Name) == mine {
				out.Namesake = it.Content.Name
			}
		}
	}
	_, head := s.can("submission.send", permission.Own, v.Unit)
	switch {
	case !head:
		out.Why = "role"
	case s.Self != "" && subjects[s.Self]:
		out.Why = "own-case"
	default:
		out.May = true
		return out, nil
	}
	seats, err := a.Store.Seats(ctx, v.Unit, []string{string(proposal.RoleUnitHead)})
	if err != nil {
		return out, internal("read the unit's heads", err)
	}
	ids := make([]string, 0, len(seats))
	for _, seat := range seats {
		ids = append(ids, seat.User)
	}
	users, err := a.Store.UsersByID(ctx, ids)
	if err != nil {
		return out, internal("read the unit's heads", err)
	}
	for _, seat := range seats {
		i := slices.IndexFunc(users, func(u postgres.User) bool { return u.ID == seat.User })
		if seat.User == s.User || i < 0 || users[i].Self != "" && subjects[users[i].Self] {
			continue
		}
		out.Others = append(out.Others, strings.TrimPrefix(seat.Title+" ", " ")+seat.Name)
	}
	return out, nil
}

// PaperSendInput is the sending of a submission whose letter the head signed on
// paper: its scan comes with it.
type PaperSendInput struct {
	Submission   string `json:"submission" validate:"required"`
	LetterNumber string `json:"letter_number" validate:"required,max=60"`
	LetterDate   string `json:"letter_date" validate:"required,datetime=2006-01-02"`
	LetterSigner string `json:"letter_signer" validate:"required,max=200"`
	FileName     string `json:"file_name" validate:"required,max=255"`
	Nonce        string `json:"nonce,omitempty" validate:"omitempty,max=60"`
}

// SendOnPaper keeps the signed scan as the submission's letter and sends. The
// head answers for both.
func (a *App) SendOnPaper(ctx context.Context, s Session, in PaperSendInput, scan []byte) (Sent, error) {
	if err := a.check(in); err != nil {
		return Sent{}, err
	}
	sub, err := a.draftOfUnit(ctx, s, "send", in.Submission)
	if err != nil {
		return Sent{}, err
	}
	if _, ok := s.can("submission.send", permission.Own, sub.Unit); !ok {
		return Sent{}, a.refuse(ctx, s, "send", sub.Ref, fail(CodeForbidden, "the head of the unit sends"))
	}
	letter := LetterOf(sub)
	letter.LetterNumber, letter.LetterDate, letter.LetterSigner = in.LetterNumber, in.LetterDate, in.LetterSigner
	if _, err := a.SaveLetter(ctx, s, LetterInput{
		Submission: sub.ID, Title: letter.Title, LetterNumber: letter.LetterNumber, LetterDate: letter.LetterDate,
		LetterSigner: letter.LetterSigner, Campaign: letter.Campaign,
	}); err != nil {
		return Sent{}, err
	}
	if err := a.keepScan(ctx, s, sub.ID, in.FileName, scan); err != nil {
		return Sent{}, err
	}
	sent, err := a.Send(ctx, s, SendInput{Submission: sub.ID, LetterSigner: in.LetterSigner, Nonce: in.Nonce})
	if err != nil {
		return sent, err
	}
	if err := a.Store.SignedHow(ctx, sub.ID, "paper"); err != nil {
		return sent, internal("note the signature", err)
	}
	sent.Submission.SignedHow = "paper"
	return sent, nil
}

// keepScan stores the scan as the letter, unless the same file is there already.
func (a *App) keepScan(ctx context.Context, s Session, submission, name string, scan []byte) error {
	before, err := a.Store.AttachmentsOf(ctx, submission)
	if err != nil {
		return internal("read papers", err)
	}
	sum := sha256Hex(scan)
	if slices.ContainsFunc(before, func(p postgres.Attachment) bool { return p.Kind == paperLetter && p.SHA256 == sum }) {
		return nil
	}
	_, err = a.AddPaper(ctx, s, PaperInput{Submission: submission, Kind: paperLetter, FileName: name}, scan)
	return err
}

// paperLetter is the code of the tờ trình among the papers of the law's data.
const paperLetter = "TO_TRINH"
