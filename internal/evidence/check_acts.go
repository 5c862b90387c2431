package evidence

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"vinhdanh/internal/envelope"
)

// checkSignatures opens each act of the history with the keyring and holds it
// against the message it came under.
func (v *verifier) checkSignatures() (string, error) {
	revoked := map[string]bool{}
	for _, a := range v.record.acts {
		where := fmt.Sprintf("event %d", a.event)
		o, err := v.ring.Open(a.message)
		if err != nil {
			return "", fault(faultSignature, where, err.Error())
		}
		a.opened = o
		if a.via == viaUpdate && o.Act.Nonce != a.id {
			return "", fault(faultUpdate, a.event, "its nonce is not the Update's id")
		}
		if a.via != viaStart && o.Act.Action != a.name {
			return "", fault(faultUpdate, a.event, "its action is not the Update's name")
		}
		if o.Act.Case != v.record.caseID {
			return "", fault(faultUpdate, a.event, "it is for another case")
		}
		if err := v.bySchedule(a, o); err != nil {
			return "", err
		}
		if o.Key.Revoked != nil {
			revoked[o.Key.ID] = true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(revoked)) {
		k, _ := v.ring.Key(id)
		v.note("key %s was revoked at %s; acts signed before that day stand", id, k.Revoked.Format("2006-01-02"))
	}
	return fmt.Sprintf("%d signed acts hold", len(v.record.acts)), nil
}

// bySchedule refuses an act that the workflow took with a key which was not yet
// in the ring, or no longer valid.
func (v *verifier) bySchedule(a *happened, o envelope.Opened) error {
	if o.Key.Revoked != nil && a.at.After(*o.Key.Revoked) {
		return fault(faultSignature, fmt.Sprintf("event %d", a.event), "its key had been revoked before")
	}
	return nil
}

// checkActs drives the pure state machine by the acts in the order of their
// numbers, with the history's times, and compares each transition with the
// history's outcome byte by byte.
func (v *verifier) checkActs() (string, error) {
	acts, err := v.numbered()
	if err != nil {
		return "", err
	}
	start := acts[0]
	m, body, err := newMachine(v.record.kind, v.record.input, start.opened, start.at)
	if err != nil {
		return "", actFault(1, err)
	}
	found, at, err := v.record.validations()
	if err != nil {
		return "", err
	}
	v.acts, v.bodies = acts, [][]byte{body}
	next := 0
	for i, a := range acts[1:] {
		for next < len(found) && at[next] < a.event {
			if !m.validated(found[next]) {
				return "", fault(faultEvent, at[next], "the case did not wait for a validation of this revision")
			}
			next++
		}
		body, err := m.apply(a.opened, a.at)
		if err != nil {
			return "", actFault(i+2, err)
		}
		if !bytes.Equal(body, a.outcome) {
			return "", fault(faultOutcome, i+2, a.event)
		}
		v.bodies = append(v.bodies, body)
	}
	v.report.Transitions = len(acts)
	return fmt.Sprintf("%d transitions follow from the acts, the route and the history's times", len(acts)), nil
}

func actFault(number int, err error) error {
	return fault(faultAct, number, err.Error())
}

// numbered orders the acts that took effect by the number the history gave them:
// 1, 2, 3 … without a gap.
func (v *verifier) numbered() ([]*happened, error) {
	byNumber := map[int]*happened{1: v.record.acts[0]}
	for _, a := range v.record.acts[1:] {
		if a.failed {
			continue
		}
		var s envelope.Step
		if json.Unmarshal(a.outcome, &s) != nil || s.Number < 2 || byNumber[s.Number] != nil {
			return nil, fault(faultNumbering, s.Number)
		}
		byNumber[s.Number] = a
	}
	out := make([]*happened, 0, len(byNumber))
	for n := 1; n <= len(byNumber); n++ {
		a := byNumber[n]
		if a == nil {
			return nil, fault(faultNumbering, n)
		}
		if n > 1 && a.event < out[n-2].event {
			return nil, fault(faultNumbering, n)
		}
		out = append(out, a)
	}
	return out, nil
}

// checkTrail recomputes the chain and compares each row with its transition.
func (v *verifier) checkTrail() (string, error) {
	rows := v.bundle.Trail
	prev := v.record.caseID
	for i, row := range rows {
		if row.Number != i+1 || row.PrevHash != prev || row.Hash != ChainHash(prev, row.Body) {
			return "", fault(faultChain, i+1)
		}
		prev = row.Hash
	}
	for i, row := range rows {
		if i < len(v.bodies) && !bytes.Equal(row.Body, v.bodies[i]) {
			return "", fault(faultTrail, i+1)
		}
	}
	if len(rows) != len(v.bodies) {
		return "", fault(faultCount, len(rows), len(v.bodies))
	}
	return fmt.Sprintf("%d chained rows, each the transition of its number", len(rows)), nil
}

func (v *verifier) note(format string, args ...any) {
	v.report.Notes = append(v.report.Notes, fmt.Sprintf(format, args...))
}
