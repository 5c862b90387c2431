package app

import (
	"context"
	"fmt"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// What happens to a case whose award is decided above the province: agencies are
// consulted, the public is heard, the letter goes upward, and what was decided there
// is entered (package proposal, upward.go).

// ConsultInput is one act of the consultation (hiệp y). Which fields are needed goes
// by Verdict: asked takes agencies and the letter that asks them; answered one
// agency's answer; forward the standing body's word on each item.
type ConsultInput struct {
	Target
	Verdict    string         `json:"verdict" validate:"oneof=asked answered forward"`
	Agencies   []string       `json:"agencies,omitempty" validate:"required_if=Verdict asked,max=50,dive,required,max=60"`
	Number     string         `json:"number,omitempty" validate:"required_if=Verdict asked,max=60"`
	Date       string         `json:"date,omitempty" validate:"omitempty,datetime=2006-01-02"` // empty: today
	Agency     string         `json:"agency,omitempty" validate:"required_if=Verdict answered,max=60"`
	Answer     string         `json:"answer,omitempty" validate:"required_if=Verdict answered,omitempty,oneof=agree object silent"`
	Items      []string       `json:"items,omitempty" validate:"max=2000"` // an objection: these items; none means all
	Paper      string         `json:"paper,omitempty" validate:"omitempty,len=64,hexadecimal"`
	Text       string         `json:"text,omitempty" validate:"required_if=Answer object,max=4000"`
	Default    string         `json:"default,omitempty" validate:"omitempty,oneof=propose not_propose"`
	Exceptions []OpinionInput `json:"exceptions,omitempty" validate:"dive"`
}

// Consult asks agencies, enters an answer, or ends the consultation.
func (a *App) Consult(ctx context.Context, s Session, in ConsultInput) (Done, error) {
	p, err := a.upwardCase(ctx, s, in, in.Proposal, &in.Date)
	if err != nil {
		return Done{}, err
	}
	d := proposal.ConsultData{Verdict: in.Verdict, Date: in.Date}
	switch in.Verdict {
	case proposal.VerdictAsked:
		d.Agencies, d.Number = in.Agencies, in.Number
		if d.Due, err = a.dueAfter(in.Date, currentStage(p).WorkingDays); err != nil {
			return Done{}, err
		}
	case proposal.VerdictAnswered:
		d.Agency, d.Answer, d.Items, d.Number, d.Paper = in.Agency, proposal.Answer(in.Answer), in.Items, in.Number, in.Paper
		if d.Reason, err = a.reason(ctx, s, p.CaseID, in.Text, "", ""); err != nil {
			return Done{}, err
		}
	default:
		if d.Opinions, err = a.opinions(ctx, s, p, in.Default, in.Exceptions); err != nil {
			return Done{}, err
		}
	}
	return a.actOn(ctx, s, p, in.Target, proposal.ActionConsult, d)
}

// PublishInput is one act of the public comment (lấy ý kiến Nhân dân): opened from a
// day to a day at a place, one comment received, or forward.
type PublishInput struct {
	Target
	Verdict    string         `json:"verdict" validate:"oneof=opened received forward"`
	From       string         `json:"from,omitempty" validate:"omitempty,datetime=2006-01-02"` // empty: today
	To         string         `json:"to,omitempty" validate:"omitempty,datetime=2006-01-02"`   // empty: as many working days as the rules ask for
	Where      string         `json:"where,omitempty" validate:"required_if=Verdict opened,omitempty,oneof=portal press office"`
	Date       string         `json:"date,omitempty" validate:"omitempty,datetime=2006-01-02"` // of a comment, of the closing; empty: today
	Against    bool           `json:"against,omitempty"`
	Items      []string       `json:"items,omitempty" validate:"max=2000"`
	Paper      string         `json:"paper,omitempty" validate:"omitempty,len=64,hexadecimal"`
	Text       string         `json:"text,omitempty" validate:"required_if=Verdict received,max=4000"`
	Default    string         `json:"default,omitempty" validate:"omitempty,oneof=propose not_propose"`
	Exceptions []OpinionInput `json:"exceptions,omitempty" validate:"dive"`
}

// Publish opens the public comment, enters one comment, or ends it.
func (a *App) Publish(ctx context.Context, s Session, in PublishInput) (Done, error) {
	p, err := a.upwardCase(ctx, s, in, in.Proposal, &in.Date)
	if err != nil {
		return Done{}, err
	}
	d := proposal.PublishData{Verdict: in.Verdict}
	switch in.Verdict {
	case proposal.VerdictOpened:
		if d.From, d.To, err = a.period(in, currentStage(p).WorkingDays); err != nil {
			return Done{}, err
		}
		d.Where = in.Where
	case proposal.VerdictReceived:
		d.Against, d.Items, d.Paper, d.Date = in.Against, in.Items, in.Paper, in.Date
		if d.Reason, err = a.reason(ctx, s, p.CaseID, in.Text, "", ""); err != nil {
			return Done{}, err
		}
	default:
		d.Date = in.Date
		if d.Opinions, err = a.opinions(ctx, s, p, in.Default, in.Exceptions); err != nil {
			return Done{}, err
		}
	}
	return a.actOn(ctx, s, p, in.Target, proposal.ActionPublish, d)
}

// upwardCase checks an input, reads its case, and fills in today where no day is given.
// A day after today is a slip of the pen.
func (a *App) upwardCase(ctx context.Context, s Session, in any, id string, date *string) (postgres.Proposal, error) {
	if err := a.check(in); err != nil {
		return postgres.Proposal{}, err
	}
	today := a.Today().String()
	if *date == "" {
		*date = today
	}
	if *date > today {
		return postgres.Proposal{}, &Error{Code: CodeInvalid, Fields: []FieldError{{
			Field: "date", Rule: "past", Vi: "Ngày không được sau hôm nay.", En: "The day cannot be after today.",
		}}}
	}
	return a.proposal(ctx, s, id)
}

// dueAfter is the day so many working days after a civil date.
func (a *App) dueAfter(date string, days int) (string, error) {
	from, err := law.ParseDate(date)
	if err != nil {
		return "", fromLaw(err)
	}
	due, err := a.law().Calendar().AddWorkingDays(from, days)
	if err != nil {
		return "", fromLaw(err)
	}
	return due.String(), nil
}

// period is how long the list is before the public: as the rules ask for, or longer.
func (a *App) period(in PublishInput, days int) (from, to string, err error) {
	if from = in.From; from == "" {
		from = a.Today().String()
	}
	least, err := a.dueAfter(from, days)
	if err != nil {
		return "", "", err
	}
	if to = in.To; to == "" {
		to = least
	}
	if to < least {
		return "", "", &Error{Code: CodeInvalid, Fields: []FieldError{{
			Field: "to", Rule: "period", Vi: fmt.Sprintf("Phải lấy ý kiến ít nhất %d ngày làm việc, đến hết %s.", days, least),
			En: fmt.Sprintf("The public has at least %d working days, until %s.", days, least),
		}}}
	}
	return from, to, nil
}
