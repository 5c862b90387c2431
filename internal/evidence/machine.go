package evidence

import (
	"encoding/json"
	"time"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// machine is one kind of case, driven by opened acts; transitions come out as
// the JSON that the workflow answers with.
type machine interface {
	apply(o envelope.Opened, at time.Time) ([]byte, error)
	// validated takes what the validation activity found, if the machine waits for it.
	validated(v proposal.Validation) bool
}

// newMachine opens a case of the kind from its input and first act, and returns
// the first transition with it.
func newMachine(kind string, input []byte, o envelope.Opened, at time.Time) (machine, []byte, error) {
	switch kind {
	case workflows.TypeCommendation:
		var in proposal.Input
		if err := json.Unmarshal(input, &in); err != nil {
			return nil, nil, err
		}
		c, err := proposal.New(in, o, at)
		if err != nil {
			return nil, nil, err
		}
		return caseMachine{driven[proposal.Transition]{c}, c}, first(c.Transitions(0)), nil
	case workflows.TypeCouncil:
		var in council.Input
		if err := json.Unmarshal(input, &in); err != nil {
			return nil, nil, err
		}
		s, err := council.New(in, o, at)
		if err != nil {
			return nil, nil, err
		}
		return driven[council.Transition]{s}, first(s.Transitions(0)), nil
	case workflows.TypeIssuance:
		var in proposal.IssuanceInput
		if err := json.Unmarshal(input, &in); err != nil {
			return nil, nil, err
		}
		i, err := proposal.NewIssuance(in, o, at)
		if err != nil {
			return nil, nil, err
		}
		return driven[proposal.IssuanceTransition]{i}, first(i.Transitions(0)), nil
	case workflows.TypeRevocation:
		var in proposal.RevocationInput
		if err := json.Unmarshal(input, &in); err != nil {
			return nil, nil, err
		}
		r, err := proposal.NewRevocation(in, o, at)
		if err != nil {
			return nil, nil, err
		}
		return driven[proposal.RevocationTransition]{r}, first(r.Transitions(0)), nil
	}
	return nil, nil, fault(faultHistory, "no kind of case is called "+printable(kind))
}

// first is the JSON of the first transition.
func first[T any](all []T) []byte {
	if len(all) == 0 {
		return nil
	}
	body, err := json.Marshal(all[0])
	if err != nil {
		return nil
	}
	return body
}

// driven adapts a pure state machine.
type driven[T any] struct {
	m interface {
		Apply(o envelope.Opened, at time.Time) (T, error)
	}
}

func (d driven[T]) apply(o envelope.Opened, at time.Time) ([]byte, error) {
	t, err := d.m.Apply(o, at)
	if err != nil {
		return nil, err
	}
	return json.Marshal(t)
}

func (driven[T]) validated(proposal.Validation) bool { return false }

// caseMachine also waits for validations.
type caseMachine struct {
	driven[proposal.Transition]
	c *proposal.Case
}

func (m caseMachine) validated(v proposal.Validation) bool {
	if !m.c.Validating() || v.Revision != m.c.Revision() {
		return false
	}
	m.c.Validated(v)
	return true
}
