package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"vinhdanh/internal/decision"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// NumberInput is the number and date that a signed decision is issued under.
type NumberInput struct {
	// Number is what the document system gave; left out where the register is ours.
	Number int    `json:"number,omitempty" validate:"min=0,max=999999"`
	Date   string `json:"date,omitempty" validate:"omitempty,datetime=2006-01-02"` // empty: today
	// Scan is the PDF of what was signed in ink, where decisions are signed so.
	Scan  []byte `json:"scan,omitempty"`
	Nonce string `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// NumberDecision numbers and dates a signed decision, which issues it. The number
// is reserved for this one act before it is sent, so that none is given twice; a
// refused act gives it back.
func (a *App) NumberDecision(ctx context.Context, s Session, id string, in NumberInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	row, draft, actor, err := a.decisionActor(ctx, s, id, proposal.ActionNumber)
	if err != nil {
		return Done{}, err
	}
	if row.Phase != proposal.IssuanceSigned {
		return Done{}, a.refuse(ctx, s, proposal.ActionNumber, row.CaseID, readable(CodeNotReady,
			"Chỉ cấp số cho quyết định đã ký và chưa có số.", "only a signed decision without a number is numbered"))
	}
	date, err := a.numberDate(ctx, row, draft, in.Date)
	if err != nil {
		return Done{}, err
	}
	if _, err := a.mayDecide(ctx, s, row, proposal.ActionNumber, actor); err != nil {
		return Done{}, err
	}
	scan, err := a.scanned(ctx, s, row, in.Scan)
	if err != nil {
		return Done{}, err
	}
	nonce := formNonce(s, in.Nonce)
	if nonce == "" {
		nonce = uuid.NewString()
	}
	r := postgres.Reservation{
		Decision: row.ID, Register: postgres.Register(row.Authority, draft.Symbol), Date: date, Nonce: nonce, Kept: preparedFor,
	}
	wait, cancel := context.WithTimeout(ctx, actWithin)
	defer cancel()
	n, err := a.reserve(wait, r, draft.Symbol, in.Number)
	if err != nil {
		return Done{}, err
	}
	done, err := a.decisionAct(wait, s, row, actor, proposal.ActionNumber, nonce, proposal.NumberData{
		Number: numberText(n, draft.Symbol), Date: date.Format(time.DateOnly), Scan: scan,
	})
	if err != nil {
		if rerr := a.Store.ReleaseNumber(ctx, r); rerr != nil {
			return done, internal("give the number back", errors.Join(err, rerr))
		}
	}
	return done, err
}

// numberDate reads the date of issue and checks it: not in the future, not before
// the draft, and no other money by the law of that day than the text says.
func (a *App) numberDate(ctx context.Context, row postgres.Decision, draft decision.Input, given string) (time.Time, error) {
	date := civilDay(a.Today())
	if given != "" {
		var err error
		if date, err = time.Parse(time.DateOnly, given); err != nil {
			return date, internal("read the date", err) // the validator has seen to it
		}
	}
	switch {
	case date.After(civilDay(a.Today())):
		return date, readable(CodeInvalid, "Ngày ban hành không được sau hôm nay.", "the date of issue must not lie in the future")
	case date.Before(draft.Drafted):
		return date, readable(CodeInvalid, "Ngày ban hành không được trước ngày dự thảo.", "the date of issue must not lie before the draft's date")
	}
	return date, a.sameMoney(ctx, row, draft, date)
}

// sameMoney refuses a date on which the law gives other sums than on the day of
// the draft: the base salary is that of the day of issue.
func (a *App) sameMoney(ctx context.Context, row postgres.Decision, draft decision.Input, date time.Time) error {
	then, now := dateOf(draft.Drafted), dateOf(date)
	if then == now || len(draft.Awards) == 0 { // nobody is paid by a revocation or a correction
		return nil
	}
	items, err := a.Store.ItemsOfDecision(ctx, row.ID)
	if err != nil {
		return internal("read the items", err)
	}
	for _, it := range items {
		before, err1 := a.bonusOf(ctx, row.Award, it, then)
		after, err2 := a.bonusOf(ctx, row.Award, it, now)
		if (err1 == nil) != (err2 == nil) || before != after {
			return readable(CodeNotReady,
				fmt.Sprintf("Tiền thưởng trong văn bản tính theo ngày %s; vào ngày %s mức này đã khác. Hãy chọn ngày khác hoặc dự thảo lại.", then.VN(), now.VN()),
				fmt.Sprintf("the sums in the text are those of %s and differ on %s; choose another date or have it drafted anew", then, now))
		}
	}
	return nil
}

func dateOf(t time.Time) law.Date {
	y, m, d := t.Date()
	return law.Date{Year: y, Month: int(m), Day: d}
}

// reserve reserves the number entered, or the next one of our own register.
func (a *App) reserve(ctx context.Context, r postgres.Reservation, symbol string, number int) (int, error) {
	date := r.Date
	if !a.OwnRegister {
		if number == 0 {
			return 0, &Error{Code: CodeInvalid, Detail: "the number is missing", Fields: []FieldError{{Field: "number", Rule: "required"}}}
		}
		err := a.Store.ReserveNumber(ctx, r, number)
		return number, numberError(numberText(number, symbol), date.Year(), err)
	}
	if number != 0 {
		return 0, readable(CodeInvalid, "Số do sổ đăng ký của hệ thống cấp; không nhập số.",
			"numbers come from the system's own register; leave the number out")
	}
	n, last, err := a.reserveNext(ctx, r)
	if err == nil && date.Before(last) {
		return 0, lateInRegister(last)
	}
	return n, numberError(symbol, date.Year(), err)
}

// busyWait is the usual BusyWait, busyPause the pause between two looks.
const (
	busyWait  = 10 * time.Second
	busyPause = 25 * time.Millisecond
)

// reserveNext takes its turn: registrars who number at the same time follow each
// other, as each number waits for the one before to become final.
func (a *App) reserveNext(ctx context.Context, r postgres.Reservation) (n int, last time.Time, err error) {
	err = a.inTurn(ctx, func() error {
		n, last, err = a.Store.ReserveNext(ctx, r)
		return err
	})
	return n, last, err
}

func numberError(number string, year int, err error) error {
	var taken postgres.ErrNumberTaken
	var busy postgres.ErrNumberBusy
	switch {
	case err == nil:
		return nil
	case errors.As(err, &taken) && taken.Ref == "":
		return readable(CodeNumberTaken, fmt.Sprintf("Số %s năm %d đã bị hủy trong sổ.", number, year), fmt.Sprintf("number %s of %d was voided in the register", number, year))
	case errors.As(err, &taken):
		return readable(CodeNumberTaken,
			fmt.Sprintf("Số %s năm %d đã cấp cho quyết định %s.", number, year, taken.Ref),
			fmt.Sprintf("number %s of %d is in use by decision %s", number, year, taken.Ref))
	case errors.As(err, &busy):
		return readable(CodeNumberBusy,
			fmt.Sprintf("Quyết định %s đang được cấp số; hãy thử lại sau giây lát.", busy.Ref),
			fmt.Sprintf("decision %s is being numbered; try again in a moment", busy.Ref))
	}
	return internal("reserve the number", err)
}

// numberText is how documents write a number: 05/QĐ-UBND.
func numberText(n int, symbol string) string { return fmt.Sprintf("%02d/%s", n, symbol) }
