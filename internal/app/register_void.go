package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
)

// VoidInput takes the next number of a register of our own out of use.
type VoidInput struct {
	Authority string `json:"authority,omitempty" validate:"max=120"` // empty: the registrar's own, where there is one
	Symbol    string `json:"symbol" validate:"required,max=40,excludes=@"`
	Reason    string `json:"reason" validate:"required,max=500"`
	Date      string `json:"date,omitempty" validate:"omitempty,datetime=2006-01-02"` // empty: today
	Nonce     string `json:"nonce,omitempty" validate:"omitempty,max=80"`
}

// VoidedNumber is what was voided.
type VoidedNumber struct {
	Number string `json:"number"` // 05/QĐ-UBND
	Date   string `json:"date"`   // ISO
	Reason string `json:"reason"`
}

// VoidNumber takes the next number of our own register out of use: no decision will
// bear it, and it stays in the register with the reason. Registers that are kept
// elsewhere void their numbers there.
func (a *App) VoidNumber(ctx context.Context, s Session, in VoidInput) (VoidedNumber, error) {
	in.Reason = strings.TrimSpace(in.Reason)
	if err := a.check(in); err != nil {
		return VoidedNumber{}, err
	}
	units := s.where("register.void", permission.Deciding)
	if in.Authority == "" && len(units) == 1 {
		in.Authority = units[0]
	}
	if !slices.Contains(units, in.Authority) {
		return VoidedNumber{}, a.refuse(ctx, s, "void-number", in.Authority, readable(CodeForbidden,
			"Chỉ văn thư của cơ quan hủy số trong sổ của cơ quan mình.", "only the body's registrar voids a number of its register"))
	}
	if !a.OwnRegister {
		return VoidedNumber{}, readable(CodeNotReady, "Số do hệ thống quản lý văn bản cấp; hãy hủy số ở đó.", "numbers are given by the document system; void the number there")
	}
	date := civilDay(a.Today())
	if in.Date != "" {
		var err error
		if date, err = time.Parse(time.DateOnly, in.Date); err != nil {
			return VoidedNumber{}, internal("read the date", err) // the validator has seen to it
		}
	}
	if date.After(civilDay(a.Today())) {
		return VoidedNumber{}, &Error{Code: CodeInvalid, Vi: "Ngày hủy số không được sau hôm nay.", En: "the date must not lie in the future", Fields: []FieldError{{Field: "date", Rule: "future"}}}
	}
	nonce := formNonce(s, in.Nonce)
	if nonce == "" {
		nonce = uuid.NewString()
	}
	n, err := a.voidNext(ctx, in, s.User, nonce, date)
	return VoidedNumber{Number: numberText(n, in.Symbol), Date: date.Format(time.DateOnly), Reason: in.Reason}, err
}

// voidNext takes its turn among the registrars, as reserveNext does.
func (a *App) voidNext(ctx context.Context, in VoidInput, user, nonce string, date time.Time) (int, error) {
	var n int
	var last time.Time
	err := a.inTurn(ctx, func() error {
		var err error
		n, last, err = a.Store.VoidNext(ctx, in.Authority, in.Symbol, in.Reason, user, nonce, date)
		return err
	})
	if err == nil && date.Before(last) {
		return 0, lateInRegister(last)
	}
	return n, numberError(in.Symbol, date.Year(), err)
}

// inTurn repeats while another decision is being numbered, for BusyWait at most.
func (a *App) inTurn(ctx context.Context, take func() error) error {
	turn, cancel := context.WithTimeout(ctx, a.BusyWait)
	defer cancel()
	for {
		err := take()
		var busy postgres.ErrNumberBusy
		if !errors.As(err, &busy) {
			return err
		}
		select {
		case <-turn.Done():
			return err
		case <-time.After(busyPause):
		}
	}
}

// lateInRegister refuses a date before that of the register's last number.
func lateInRegister(last time.Time) *Error {
	return readable(CodeInvalid,
		fmt.Sprintf("Số gần nhất trong sổ đã mang ngày %s; ngày ban hành không được sớm hơn.", last.Format("02/01/2006")),
		fmt.Sprintf("the register's last number bears %s; the date must not lie before it", last.Format(time.DateOnly)))
}
