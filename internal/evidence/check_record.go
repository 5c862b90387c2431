package evidence

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"vinhdanh/internal/envelope"
)

// unsigned are refusal codes of messages that need not open: that is why they
// were refused.
var unsigned = []string{
	envelope.CodeMalformed, envelope.CodeUnknownKey, envelope.CodeSignature, envelope.CodeInstallation,
}

// checkEnvelopes compares what was stored before sending with what the history
// has: each accepted envelope is an act of its number, each act has its envelope,
// and a refused one took no effect.
func (v *verifier) checkEnvelopes() (string, error) {
	acts := map[string]int{} // by nonce: number
	for i, a := range v.acts {
		acts[a.opened.Act.Nonce] = i + 1
	}
	found := map[int]bool{}
	refused := 0
	seen := map[string]bool{}
	for _, a := range v.bundle.Attempts {
		name := printable(a.Nonce)
		if seen[a.Nonce] {
			return "", fault(faultAttempt, name, "it stands twice")
		}
		seen[a.Nonce] = true
		if a.Status == statusRefused {
			refused++
		}
		if err := v.checkEnvelope(a, acts[a.Nonce]); err != nil {
			return "", err
		}
		if n := acts[a.Nonce]; n > 0 {
			found[n] = true
		}
	}
	for i, a := range v.acts {
		if !found[i+1] && a.via != viaSignal {
			return "", fault(faultNoAttempt, i+1)
		}
	}
	return fmt.Sprintf("%d envelopes stored before sending, %d of them refused", len(v.bundle.Attempts), refused), nil
}

// checkEnvelope checks one stored message; number is the act's of the same nonce
// in the history, 0 for none.
func (v *verifier) checkEnvelope(a Attempt, number int) error {
	name := printable(a.Nonce)
	var m envelope.Message
	if err := json.Unmarshal(a.Message, &m); err != nil {
		return fault(faultAttempt, name, "its message does not decode")
	}
	o, err := v.open(m, number)
	if err != nil {
		if a.Status == statusRefused && number == 0 && slices.Contains(unsigned, a.Code) {
			return nil
		}
		return fault(faultAttempt, name, err.Error())
	}
	switch {
	case o.Act.Nonce != a.Nonce || o.Act.Action != a.Action || o.Act.Case != v.record.caseID:
		return fault(faultAttempt, name, "its row names another act than it signs")
	case a.Status == statusAccepted && number != a.Number:
		return fault(faultAttempt, name, fmt.Sprintf("it is recorded as number %d, the history has it as %d", a.Number, number))
	case a.Status == statusRefused && number != 0:
		return fault(faultAttempt, name, "it is recorded as refused, but the history has it")
	case number != 0 && v.acts[number-1].opened.Digest != o.Digest:
		return fault(faultAttempt, name, "the history has another signed act under its nonce")
	}
	return nil
}

// open opens a stored message; one that is the act's of that number, word for
// word, has been opened already.
func (v *verifier) open(m envelope.Message, number int) (envelope.Opened, error) {
	if number > 0 && reflect.DeepEqual(m, v.acts[number-1].message) {
		return v.acts[number-1].opened, nil
	}
	return v.ring.Open(m)
}

// senders of Temporal's gate and what they may send.
const (
	senderApp    = "app"
	senderWorker = "worker"
)

// checkSenders compares the identity that the gate stamped on each message with
// the purpose of the key that signed it. A server without the gate stamps none.
func (v *verifier) checkSenders() (string, error) {
	stamped, bare := 0, 0
	for _, a := range v.record.acts {
		if a.via == viaSignal {
			continue
		}
		sender, _, _ := strings.Cut(a.sender, "/")
		if sender != senderApp && sender != senderWorker {
			bare++
			continue
		}
		stamped++
		want := senderApp
		switch a.opened.Key.Purpose {
		case envelope.PurposeSession, envelope.PurposeIssuance:
			want = senderWorker
		}
		if sender != want {
			return "", fault(faultSender, a.event, sender, a.opened.Key.Purpose)
		}
	}
	if stamped > 0 && bare > 0 {
		return "", fault(faultSender, v.firstBare(), "somebody without a credential", "this case")
	}
	if stamped == 0 {
		v.note("no sender is attested: the Temporal server of this case had no gate")
		return "no sender is attested", nil
	}
	return fmt.Sprintf("%d messages came from the program that may send them", stamped), nil
}

func (v *verifier) firstBare() int64 {
	for _, a := range v.record.acts {
		if s, _, _ := strings.Cut(a.sender, "/"); a.via != viaSignal && s != senderApp && s != senderWorker {
			return a.event
		}
	}
	return 0
}
