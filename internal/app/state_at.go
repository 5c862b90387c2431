package app

import (
	"context"
	"time"

	"vinhdanh/internal/law"
	"vinhdanh/internal/proposal"
)

// Instant names a moment in a case's life: after transition Number, or at a point
// in time. The zero value is the latest state.
type Instant struct {
	Number int       `json:"number,omitempty" validate:"min=0"`
	At     time.Time `json:"at,omitzero"`
}

// CaseState is a case as it stood after one of its transitions. It is made by
// playing the signed acts again through the pure state machine, not read from a
// projection.
type CaseState struct {
	Case     string       `json:"case"`
	Kind     string       `json:"kind"` // commendation, council or issuance
	Ref      string       `json:"ref"`
	Number   int          `json:"number"` // of the transition
	Of       int          `json:"of"`     // transitions there are by now
	At       time.Time    `json:"at"`
	Until    *time.Time   `json:"until,omitempty"` // when the next transition changed it
	Step     TimelineStep `json:"step"`            // what led to it
	Stage    string       `json:"stage"`           // stage of a case, phase of a session or decision
	Index    int          `json:"stage_index"`
	Waiting  *Awaited     `json:"waiting,omitempty"`
	Returned bool         `json:"returned"`
	OnHold   bool         `json:"on_hold"`
	Closed   bool         `json:"closed"`
	Open     int          `json:"open_items"`
	Revision int          `json:"revision,omitempty"`
	Content  string       `json:"content,omitempty"` // commitment to what the revision said
	Regime   string       `json:"regime,omitempty"`
	LawHash  string       `json:"law_hash,omitempty"`
	Items    []StateItem  `json:"items"`
	Seats    []StateSeat  `json:"seats"`
	Present  int          `json:"present,omitempty"` // of a session
	Voted    int          `json:"voted,omitempty"`
	Passed   int          `json:"passed,omitempty"`
	// Broken says, in words, why no later state can be shown: the record does not
	// follow from the acts there. Nil when all of it does.
	Broken *law.Text `json:"broken,omitempty"`
}

// Awaited is whom a case waits for.
type Awaited struct {
	Unit     string          `json:"unit"`
	UnitName string          `json:"unit_name"`
	Roles    []proposal.Role `json:"roles"`
}

// StateItem is one item as it stood.
type StateItem struct {
	ID         string `json:"id"`
	Position   int    `json:"position"`
	Line       string `json:"line"` // form of address and name, as printed
	Office     string `json:"office,omitempty"`
	Workplace  string `json:"workplace,omitempty"`
	Opinion    string `json:"opinion,omitempty"`
	Outcome    string `json:"outcome,omitempty"`
	Held       bool   `json:"held,omitempty"`
	Reconsider bool   `json:"reconsider,omitempty"`
	Commitment string `json:"commitment"`
}

// StateSeat is what a role of a unit could see and ask for at that moment.
type StateSeat struct {
	Role     proposal.Role     `json:"role"`
	Unit     string            `json:"unit"`
	UnitName string            `json:"unit_name"`
	Sees     bool              `json:"sees"`
	May      []proposal.Action `json:"may"`
}

// StateAt shows a case as it stood at a past instant: auditors only. Reading it
// changes nothing.
func (a *App) StateAt(ctx context.Context, s Session, id string, in Instant) (CaseState, error) {
	c, err := a.audited(ctx, s, "state-at", id)
	if err != nil {
		return CaseState{}, err
	}
	rec, err := a.acts(ctx, c.Case)
	if err != nil {
		return CaseState{}, err
	}
	n, err := in.in(rec)
	if err != nil {
		return CaseState{}, err
	}
	return a.stateOf(ctx, c, rec, n)
}

// in finds the transition of the instant.
func (in Instant) in(rec caseRecord) (int, error) {
	all := len(rec.rows)
	switch {
	case in.Number > all:
		return 0, readable(CodeInvalid, "Hồ sơ chưa có bước đó.", "the case has no such transition")
	case in.Number > 0:
		return in.Number, nil
	case in.At.IsZero():
		return all, nil
	}
	n := rec.at(in.At)
	if n == 0 {
		return 0, readable(CodeInvalid, "Vào thời điểm đó hồ sơ chưa được gửi; hãy chọn thời điểm muộn hơn.",
			"the case was not sent yet at that moment; choose a later one")
	}
	return n, nil
}
