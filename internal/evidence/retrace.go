package evidence

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// Recorded is one row of a case's trail with the signed message that made it.
type Recorded struct {
	TrailRow
	At      time.Time       // workflow time, as the row's body states it
	Message json.RawMessage // envelope.Message as stored before it was sent; nil when there is none
	Start   json.RawMessage // the workflow's input; of the first row only
}

// State is a case after one of its transitions. Exactly one of Case, Session,
// Issuance and Revocation is set; each moves on with the next step, so it is to be read at once.
type State struct {
	Number     int
	Opened     envelope.Opened
	Case       *proposal.Case
	Session    *council.Session
	Issuance   *proposal.Issuance
	Revocation *proposal.Revocation
}

// Retrace drives the pure state machine of a case by the acts that were stored,
// one after the other, at the times of its trail, and shows each state. It
// believes no projection: what it shows follows from signed acts, and each
// transition is compared with its row byte for byte. The error is a *Fault that
// names the first row that does not follow; the states before it were shown.
func Retrace(ring *envelope.Ring, caseID string, rows []Recorded, show func(State)) error {
	if len(rows) == 0 {
		return fault(faultCount, 0, 0)
	}
	var m machine
	kind := KindOf(caseID)
	for i, r := range rows {
		o, err := openRecorded(ring, caseID, i+1, r)
		if err != nil {
			return err
		}
		var body []byte
		if i == 0 {
			if err := carries(r.Start, r.Message); err != nil {
				return err
			}
			m, body, err = newMachine(kind, r.Start, o, r.At)
		} else {
			body, err = m.apply(o, r.At)
		}
		if err != nil {
			return actFault(i+1, err)
		}
		if !bytes.Equal(body, r.Body) {
			return fault(faultTrail, i+1)
		}
		rulesChecked(m)
		show(stateOf(m, i+1, o))
	}
	return nil
}

func openRecorded(ring *envelope.Ring, caseID string, number int, r Recorded) (envelope.Opened, error) {
	if len(r.Message) == 0 {
		return envelope.Opened{}, fault(faultNoAttempt, number)
	}
	name := fmt.Sprintf("%d", number)
	var msg envelope.Message
	if err := json.Unmarshal(r.Message, &msg); err != nil {
		return envelope.Opened{}, fault(faultAttempt, name, "its message does not decode")
	}
	o, err := ring.Open(msg)
	if err != nil {
		return o, fault(faultSignature, name, err.Error())
	}
	if o.Act.Case != caseID {
		return o, fault(faultAttempt, name, "it is for another case")
	}
	return o, nil
}

// carries refuses an input around another message than the one that was signed.
func carries(start, message json.RawMessage) error {
	var in struct{ Send, Convene, Submit *envelope.Message }
	var msg envelope.Message
	if json.Unmarshal(start, &in) != nil || json.Unmarshal(message, &msg) != nil {
		return fault(faultAttempt, "1", "the input that the case started with does not decode")
	}
	for _, m := range []*envelope.Message{in.Send, in.Convene, in.Submit} {
		if m != nil && m.JWS != msg.JWS {
			return fault(faultAttempt, "1", "the case started with another message")
		}
	}
	return nil
}

// rulesChecked lets a case go on that waits for the validation of a revision: what
// the rules said stands beside the transitions and changes none of them.
func rulesChecked(m machine) {
	if c, ok := m.(caseMachine); ok && c.c.Validating() {
		c.c.Validated(proposal.Validation{Revision: c.c.Revision()})
	}
}

func stateOf(m machine, number int, o envelope.Opened) State {
	s := State{Number: number, Opened: o}
	switch x := m.(type) {
	case caseMachine:
		s.Case = x.c
	case driven[council.Transition]:
		s.Session, _ = x.m.(*council.Session)
	case driven[proposal.IssuanceTransition]:
		s.Issuance, _ = x.m.(*proposal.Issuance)
	case driven[proposal.RevocationTransition]:
		s.Revocation, _ = x.m.(*proposal.Revocation)
	}
	return s
}

// Known tells whether an id names a kind of case that there is.
func Known(caseID string) bool {
	kind, id, _ := strings.Cut(caseID, "/")
	return id != "" && (kind == workflows.TypeCommendation || kind == workflows.TypeCouncil || kind == workflows.TypeIssuance || kind == workflows.TypeRevocation)
}
