package evidence

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// applier is a pure machine whose history is written beside it.
type applier[T any] interface {
	Apply(o envelope.Opened, at time.Time) (T, error)
}

func play[T any](w *world, m applier[T], a act) T {
	msg := w.sign(a)
	o := w.opened(msg)
	w.h.task()
	t, err := m.Apply(o, w.h.now)
	require.NoError(w.t, err, a.action)
	w.h.update(a.action, o.Act.Nonce, senderApp+"/serve-1", msg, t)
	w.recorded(raw(w.t, t))
	return t
}

// session plays a council session with a secret-free agenda to its close.
func session(t testing.TB) *world {
	w := newWorld(t, "council/s1")
	roster := []council.Seat{{Person: "chair", Chair: true}, {Person: "m1"}, {Person: "m2"}}
	convene := w.sign(act{action: council.ActionConvene, actor: "sec", role: "secretary", unit: province, data: council.ConveneData{Content: "c"}})
	in := council.Input{
		Case: w.id, Session: "s1", Unit: province, Roster: roster, Rules: []council.Rule{meeting}, Content: "c",
		Agenda: []council.AgendaItem{{ID: "i1", Case: testCase}, {ID: "i2", Case: testCase}}, Convene: convene,
	}
	w.h.start(workflows.TypeCouncil, in)
	s, err := council.New(in, w.opened(convene), w.h.now)
	require.NoError(t, err)
	w.recorded(raw(t, s.Transitions(0)[0]))
	play(w, s, act{action: council.ActionOpen, actor: "chair", role: "chair", unit: province, data: council.OpenData{Present: []string{"chair", "m1"}}})
	play(w, s, act{action: council.ActionCast, actor: "chair", role: "chair", unit: province, data: council.CastData{Member: "chair", Choices: "yy"}})
	play(w, s, act{action: council.ActionCast, actor: "m1", role: "member", unit: province, data: council.CastData{Member: "m1", Choices: "yn"}})
	play(w, s, act{action: council.ActionCast, actor: "sec", role: "secretary", unit: province,
		data: council.CastData{Member: "m2", Choices: "ya", Written: true, Paper: w.document("phiếu lấy ý kiến")}})
	play(w, s, act{action: council.ActionClose, actor: "chair", role: "chair", unit: province, data: struct{}{}})
	ask := workflows.SealInput{Case: w.id, ID: "s1", Round: 1}
	sealed := workflows.Sealed{Batch: "council/s1#1", Count: 1}
	w.h.activity(workflows.ActivitySealCouncil, workflows.SealCouncilInput{SealInput: ask, Results: s.Results()}, sealed)
	w.h.activity(workflows.ActivityDeliver, sealed, workflows.Delivery{Delivered: 1})
	w.h.complete(workflows.CouncilResult{
		Phase: council.PhaseClosed, Transitions: s.Number(), Ballots: 3, Passed: 1, Delivery: workflows.Delivery{Delivered: 1},
	})
	return w
}

// correction plays a correcting decision to the ledger.
func correction(t testing.TB) *world {
	w := newWorld(t, "issuance/d1")
	lines := []proposal.CorrectionLine{{Recognition: "r1", Item: "i1", Field: proposal.FieldName}}
	submit := w.sign(act{action: proposal.ActionSubmit, actor: "sh", role: "standing_head", unit: standing, data: proposal.SendData{Content: "c"}})
	in := proposal.IssuanceInput{
		Case: w.id, Decision: "d1", Standing: standing, Authority: province, Content: "c",
		Corrects: &proposal.Correction{Decision: "d0", Lines: lines}, Submit: submit,
	}
	w.h.start(workflows.TypeIssuance, in)
	i, err := proposal.NewIssuance(in, w.opened(submit), w.h.now)
	require.NoError(t, err)
	w.recorded(raw(t, i.Transitions(0)[0]))
	play(w, i, act{action: proposal.ActionSign, actor: "chair", role: "signer", unit: province, data: proposal.SignData{Content: "c", Mode: "chair"}})
	play(w, i, act{action: proposal.ActionNumber, actor: "reg", role: "registrar", unit: province, data: proposal.NumberData{Number: "57/QĐ-UBND", Date: "2023-12-01"}})
	doc := w.document("%PDF-1.7 quyết định đính chính")
	w.content.Papers = []Paper{{Kind: "decision", FileName: "quyet-dinh.pdf", SHA256: doc}}
	w.h.activity(workflows.ActivityFinishDecision, workflows.FinishInput{
		Case: w.id, Decision: "d1", Number: "57/QĐ-UBND", Date: "2023-12-01", Content: "c",
	}, workflows.Finished{Document: doc})
	w.h.activity(workflows.ActivityWriteCorrection, workflows.CorrectedInput{Decision: "d1", Number: "57/QĐ-UBND", Date: "2023-12-01", Lines: lines}, nil)
	w.h.complete(workflows.IssuanceResult{Phase: proposal.IssuanceNumbered, Document: doc})
	return w
}

// issuance plays a decision to its number.
func issuance(t testing.TB) *world {
	w := newWorld(t, "issuance/d1")
	submit := w.sign(act{action: proposal.ActionSubmit, actor: "sh", role: "standing_head", unit: standing, data: proposal.SendData{Content: "c"}})
	in := proposal.IssuanceInput{
		Case: w.id, Decision: "d1", Standing: standing, Authority: province, Content: "c",
		Cases: []proposal.IssuanceCase{{Case: testCase, Items: []string{"i1"}}}, Submit: submit,
	}
	w.h.start(workflows.TypeIssuance, in)
	i, err := proposal.NewIssuance(in, w.opened(submit), w.h.now)
	require.NoError(t, err)
	w.recorded(raw(t, i.Transitions(0)[0]))
	play(w, i, act{action: proposal.ActionSign, actor: "chair", role: "signer", unit: province, data: proposal.SignData{Content: "c", Mode: "chair"}})
	play(w, i, act{action: proposal.ActionNumber, actor: "reg", role: "registrar", unit: province, data: proposal.NumberData{Number: "328/QĐ-UBND", Date: "2023-12-01"}})
	doc := w.document("%PDF-1.7 quyết định")
	w.content.Papers = []Paper{{Kind: "decision", FileName: "quyet-dinh.pdf", SHA256: doc}}
	w.h.activity(workflows.ActivityFinishDecision, workflows.FinishInput{
		Case: w.id, Decision: "d1", Number: "328/QĐ-UBND", Date: "2023-12-01", Content: "c",
	}, workflows.Finished{Document: doc})
	issued := i.Issued()
	issued.Document = doc
	ask := workflows.SealInput{Case: w.id, ID: "d1", Round: 1}
	sealed := workflows.Sealed{Batch: "issuance/d1#1", Count: 1}
	w.h.activity(workflows.ActivitySealIssued, workflows.SealIssuedInput{SealInput: ask, Issued: issued}, sealed)
	w.h.activity(workflows.ActivityDeliver, sealed, workflows.Delivery{Delivered: 1})
	w.h.activity(workflows.ActivityWriteLedger, issued, nil)
	w.h.complete(workflows.IssuanceResult{Phase: proposal.IssuanceNumbered, Document: doc, Delivery: workflows.Delivery{Delivered: 1}})
	return w
}

func TestVerifySessionAndIssuance(t *testing.T) {
	t.Parallel()
	for name, w := range map[string]*world{"session": session(t), "issuance": issuance(t), "correction": correction(t)} {
		r := verified(t, w.bundle(), Options{ExpectFingerprint: w.fingerprint()})
		require.True(t, r.OK, "%s: %s", name, r.En)
		require.Equal(t, len(w.trail), r.Transitions)
	}
}

func TestAttacksOnSession(t *testing.T) {
	t.Parallel()
	w := session(t)
	seal := w.h.events[len(w.h.events)-13]
	require.NotNil(t, seal.GetActivityTaskScheduledEventAttributes())
	seal.GetActivityTaskScheduledEventAttributes().Input = w.h.payloads(workflows.SealCouncilInput{
		SealInput: workflows.SealInput{Case: w.id, ID: "s1", Round: 1},
		Results:   []council.ResultRow{{Item: "i2", Case: testCase, Passed: true}},
	})
	found(t, verified(t, w.bundle(), Options{}), "replay", faultActivity)

	w = session(t)
	delete(w.docs, sum([]byte("phiếu lấy ý kiến")))
	found(t, verified(t, w.bundle(), Options{}), "documents", faultDocument)
}
