package app

import (
	"context"

	"vinhdanh/internal/proposal"
)

// Results of one document of many.
const (
	ManyDone    = "done"    // it happened now, or had happened by the same form before
	ManyPending = "pending" // accepted, being recorded
	ManyReady   = "ready"   // in a rehearsal: it would be done
	ManyRefused = "refused" // it was not done; Code and the texts say why
)

// ManyResult is what became of one document.
type ManyResult struct {
	ID     string `json:"id"`
	Ref    string `json:"ref,omitempty"`
	Award  string `json:"award,omitempty"`
	Items  int    `json:"items,omitempty"`
	Number string `json:"number,omitempty"` // once numbered
	Status string `json:"status"`           // one of the Many codes
	Code   string `json:"code,omitempty"`
	Vi     string `json:"vi,omitempty"`
	En     string `json:"en,omitempty"`
}

// ManyReport is one act on many documents: each by itself, with its own result.
type ManyReport struct {
	Results []ManyResult `json:"results"`
	Done    int          `json:"done"`
	Refused int          `json:"refused"`
	Pending int          `json:"pending"`
}

// SignDocument names a decision with the content that the signer was shown.
type SignDocument struct {
	ID      string `json:"id" validate:"required,max=120"`
	Content string `json:"content" validate:"required,len=64,hexadecimal"`
}

// SignManyInput signs many decisions. With Rehearse nothing is signed: the report
// says what would happen. The same nonce signs each of them once, however often it
// is sent.
type SignManyInput struct {
	Documents []SignDocument `json:"documents" validate:"required,min=1,max=100,dive"`
	Rehearse  bool           `json:"rehearse,omitempty"`
	Nonce     string         `json:"nonce,omitempty" validate:"omitempty,max=80"`
}

// SignMany signs each of the decisions, one act each, and reports each result. One
// that cannot be signed keeps no other from being signed.
func (a *App) SignMany(ctx context.Context, s Session, in SignManyInput) (ManyReport, error) {
	if err := a.check(in); err != nil {
		return ManyReport{}, err
	}
	if !in.Rehearse {
		keyed, done, err := a.withKey(ctx, s)
		if err != nil {
			return ManyReport{}, err
		}
		defer done()
		ctx = keyed
	}
	return a.many(ctx, s, ids(in.Documents, func(d SignDocument) string { return d.ID }), func(i int) (Done, bool, error) {
		d := in.Documents[i]
		one := SignInput{Content: d.Content, Nonce: eachNonce(in.Nonce, d.ID)}
		if in.Rehearse {
			return Done{}, false, a.RehearseSigning(ctx, s, d.ID, one)
		}
		done, was, err := a.Repeated(ctx, s, Act{Kind: "decision", ID: d.ID, Action: proposal.ActionSign, Nonce: one.Nonce})
		if err != nil || was {
			return done, true, err
		}
		done, err = a.SignDecision(ctx, s, d.ID, one)
		return done, true, err
	})
}

// NumberDocument is the number and date of one decision.
type NumberDocument struct {
	ID     string `json:"id" validate:"required,max=120"`
	Number int    `json:"number,omitempty" validate:"min=0,max=999999"`
	Date   string `json:"date,omitempty" validate:"omitempty,datetime=2006-01-02"`
	Scan   []byte `json:"scan,omitempty"` // PDF of what was signed in ink
}

// NumberManyInput numbers many signed decisions; see SignManyInput.
type NumberManyInput struct {
	Documents []NumberDocument `json:"documents" validate:"required,min=1,max=100,dive"`
	Nonce     string           `json:"nonce,omitempty" validate:"omitempty,max=80"`
}

// NumberMany numbers and dates each of the decisions, in the order given, one act
// each, and reports each result.
func (a *App) NumberMany(ctx context.Context, s Session, in NumberManyInput) (ManyReport, error) {
	if err := a.check(in); err != nil {
		return ManyReport{}, err
	}
	return a.many(ctx, s, ids(in.Documents, func(d NumberDocument) string { return d.ID }), func(i int) (Done, bool, error) {
		d := in.Documents[i]
		nonce := eachNonce(in.Nonce, d.ID)
		done, was, err := a.Repeated(ctx, s, Act{Kind: "decision", ID: d.ID, Action: proposal.ActionNumber, Nonce: nonce})
		if err != nil || was {
			return done, true, err
		}
		done, err = a.NumberDecision(ctx, s, d.ID, NumberInput{Number: d.Number, Date: d.Date, Scan: d.Scan, Nonce: nonce})
		return done, true, err
	})
}

func ids[T any](list []T, id func(T) string) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = id(x)
	}
	return out
}

// eachNonce is the nonce of one document of a form.
func eachNonce(form, id string) string {
	if form == "" {
		return ""
	}
	return form + "/" + id
}

// many does one thing to each document and gathers the results. do tells whether
// it acted, or only rehearsed.
func (a *App) many(ctx context.Context, s Session, documents []string, do func(i int) (Done, bool, error)) (ManyReport, error) {
	out := ManyReport{Results: []ManyResult{}}
	seen := map[string]bool{}
	for i, id := range documents {
		r := ManyResult{ID: id, Status: ManyReady}
		if row, _, err := a.readDecision(ctx, s, id); err == nil {
			r.ID, r.Ref, r.Award, r.Items = row.ID, row.Ref, row.Award, row.Items
		}
		if seen[r.ID] {
			continue // the same document twice is one document
		}
		seen[r.ID] = true
		done, acted, err := do(i)
		switch {
		case err != nil:
			e := ErrorOf(err)
			r.Status, r.Code, r.Vi, r.En = ManyRefused, e.Code, e.Text("vi"), e.Text("en")
			out.Refused++
		case acted && done.Recorded:
			r.Status = ManyDone
			out.Done++
			if row, _, err := a.readDecision(ctx, s, r.ID); err == nil {
				r.Number = row.NumberText
			}
		case acted:
			r.Status = ManyPending
			out.Pending++
		}
		out.Results = append(out.Results, r)
	}
	return out, ctx.Err()
}
