package evidence

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	updatepb "go.temporal.io/api/update/v1"
	"google.golang.org/protobuf/types/known/timestamppb"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// events returns the events of a type.
func (w *world) events(kind enumspb.EventType) []*historypb.HistoryEvent {
	var out []*historypb.HistoryEvent
	for _, e := range w.h.events {
		if e.GetEventType() == kind {
			out = append(out, e)
		}
	}
	require.NotEmpty(w.t, out)
	return out
}

func (w *world) accepted(i int) *historypb.WorkflowExecutionUpdateAcceptedEventAttributes {
	return w.events(enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED)[i].GetWorkflowExecutionUpdateAcceptedEventAttributes()
}

func (w *world) completed(i int) *historypb.WorkflowExecutionUpdateCompletedEventAttributes {
	return w.events(enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED)[i].GetWorkflowExecutionUpdateCompletedEventAttributes()
}

// outcome rewrites the result of Update i, in the history and, where trail is
// set, also in the trail with its chain recomputed.
func (w *world) outcome(i int, trail bool, change func(*proposal.Transition)) {
	var tr proposal.Transition
	require.NoError(w.t, json.Unmarshal(w.trail[i+1].Body, &tr))
	change(&tr)
	w.completed(i).Outcome = &updatepb.Outcome{Value: &updatepb.Outcome_Success{Success: w.h.payloads(tr)}}
	if trail {
		w.trail[i+1].Body = raw(w.t, tr)
		w.rechain()
	}
}

func (w *world) rechain() {
	prev := w.id
	for i := range w.trail {
		r := &w.trail[i]
		r.Number, r.PrevHash, r.Hash = i+1, prev, ChainHash(prev, r.Body)
		prev = r.Hash
	}
}

// forge replaces the act inside a compact JWS and keeps its signature.
func forge(t testing.TB, jws string, change func(*envelope.Act)) string {
	parts := strings.Split(jws, ".")
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	require.NoError(t, err)
	var a envelope.Act
	require.NoError(t, json.Unmarshal(payload, &a))
	change(&a)
	parts[1] = base64.RawURLEncoding.EncodeToString(raw(t, a))
	return strings.Join(parts, ".")
}

// message rewrites the message of Update i in the history, and in the attempts.
func (w *world) message(i int, change func(*envelope.Message)) {
	req := w.accepted(i).GetAcceptedRequest()
	var m envelope.Message
	require.NoError(w.t, w.h.dc.FromPayloads(req.GetInput().GetArgs(), &m))
	change(&m)
	req.Input.Args = w.h.payloads(m)
	for j := range w.tries {
		if w.tries[j].Nonce == req.GetMeta().GetUpdateId() {
			w.tries[j].Message = raw(w.t, m)
		}
	}
}

// attack is one way to change what happened, and what must be said of it.
type attack struct {
	name  string
	check string // the first check that fails
	code  string
	do    func(*world)
}

func attacksOnHistory() []attack {
	return []attack{
		{"an Update's result", "acts", faultOutcome, func(w *world) {
			w.outcome(2, false, func(tr *proposal.Transition) { tr.Items[0].Outcome = proposal.OutcomeNotProposed })
		}},
		{"an Update's result and its trail row", "acts", faultOutcome, func(w *world) {
			w.outcome(3, true, func(tr *proposal.Transition) { tr.Actor = "somebody" })
		}},
		{"the clock of a decision", "acts", faultOutcome, func(w *world) {
			e := w.events(enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED)[2]
			e.EventTime = timestamppb.New(e.EventTime.AsTime().Add(-time.Second))
		}},
		{"time runs back", "history", faultTime, func(w *world) {
			w.h.events[12].EventTime = timestamppb.New(began.Add(-time.Hour))
		}},
		{"an event without a time", "history", faultTime, func(w *world) { w.h.events[12].EventTime = nil }},
		{"decided long after the act expired", "acts", faultAct, func(w *world) {
			for _, e := range w.h.events[12:] {
				e.EventTime = timestamppb.New(e.EventTime.AsTime().Add(time.Hour))
			}
		}},
		{"the workflow's result", "replay", faultResult, func(w *world) {
			w.events(enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED)[0].
				GetWorkflowExecutionCompletedEventAttributes().Result = w.h.payloads(workflows.CommendationResult{Transitions: 7})
		}},
		{"an actor under an old signature", "signatures", faultSignature, func(w *world) {
			w.message(0, func(m *envelope.Message) {
				m.JWS = forge(w.t, m.JWS, func(a *envelope.Act) { a.Actor = "somebody" })
			})
		}},
		{"another's signature on the act", "signatures", faultSignature, func(w *world) {
			mallory := w.signer(envelope.PurposeApp)
			w.message(0, func(m *envelope.Message) {
				o := w.opened(*m)
				var err error
				m.JWS, err = mallory.Sign(o.Act)
				require.NoError(w.t, err)
			})
		}},
		{"an act of another purpose", "acts", faultAct, func(w *world) {
			w.message(6, func(m *envelope.Message) {
				o := w.opened(*m)
				var err error
				m.JWS, err = w.signers[envelope.PurposeApp].Sign(o.Act)
				require.NoError(w.t, err)
			})
		}},
		{"two acts exchanged", "signatures", faultUpdate, func(w *world) {
			a, b := w.accepted(3).GetAcceptedRequest(), w.accepted(4).GetAcceptedRequest()
			a.Input.Args, b.Input.Args = b.Input.Args, a.Input.Args
		}},
		{"two decisions in another order", "history", faultEvent, func(w *world) {
			i := slices.IndexFunc(w.h.events, func(e *historypb.HistoryEvent) bool {
				return e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED
			})
			w.h.events[i], w.h.events[i+1] = w.h.events[i+1], w.h.events[i]
		}},
		{"a decision left out", "acts", faultNumbering, func(w *world) {
			w.drop(enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED, 3)
		}},
		{"the end cut off", "history", faultHistory, func(w *world) { w.h.events = w.h.events[:len(w.h.events)-1] }},
		{"a reset", "history", faultReset, func(w *world) {
			e := w.events(enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)[2]
			e.EventType = enumspb.EVENT_TYPE_WORKFLOW_TASK_FAILED
			e.Attributes = &historypb.HistoryEvent_WorkflowTaskFailedEventAttributes{
				WorkflowTaskFailedEventAttributes: &historypb.WorkflowTaskFailedEventAttributes{
					Cause: enumspb.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW,
				},
			}
		}},
		{"a termination", "history", faultEvent, func(w *world) {
			e := w.h.events[len(w.h.events)-1]
			e.EventType = enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED
			e.Attributes = &historypb.HistoryEvent_WorkflowExecutionTerminatedEventAttributes{}
		}},
		{"another case's history", "history", faultHistory, func(w *world) {
			w.h.events[0].GetWorkflowExecutionStartedEventAttributes().WorkflowId = "commendation/p2"
		}},
		{"what an activity was asked", "replay", faultActivity, func(w *world) {
			w.events(enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)[1].GetActivityTaskScheduledEventAttributes().
				Input = w.h.payloads(workflows.ValidateInput{Proposal: "p1", Revision: 2})
		}},
		{"a foreign activity", "acts", faultAct, func(w *world) {
			w.events(enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)[0].GetActivityTaskScheduledEventAttributes().
				ActivityType.Name = workflows.ActivityDeliver
		}},
		{"an activity that the workflow never asked for", "replay", faultReplay, func(w *world) {
			w.events(enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)[0].GetActivityTaskScheduledEventAttributes().ActivityId = "99"
		}},
		{"a validation of another revision", "acts", faultEvent, func(w *world) {
			w.events(enumspb.EVENT_TYPE_ACTIVITY_TASK_COMPLETED)[0].GetActivityTaskCompletedEventAttributes().
				Result = w.h.payloads(proposal.Validation{Revision: 9})
		}},
		{"a validation", "validations", faultValidation, func(w *world) {
			w.events(enumspb.EVENT_TYPE_ACTIVITY_TASK_COMPLETED)[0].GetActivityTaskCompletedEventAttributes().
				Result = w.h.payloads(proposal.Validation{Revision: 1, ResultHash: "x"})
		}},
		{"who sent it", "senders", faultSender, func(w *world) {
			w.accepted(2).GetAcceptedRequest().Meta.Identity = senderWorker + "/worker-1"
		}},
		{"no sender", "senders", faultSender, func(w *world) { w.accepted(2).GetAcceptedRequest().Meta.Identity = "curl" }},
		{"another key for the payloads", "history", faultKey, func(w *world) { w.h.key = bytes.Repeat([]byte{8}, 32) }},
	}
}

// drop takes Update i out of the history and renumbers the events.
func (w *world) drop(kind enumspb.EventType, i int) {
	gone := w.events(kind)[i]
	at := slices.Index(w.h.events, gone)
	w.h.events = slices.Delete(w.h.events, at, at+2)
	for j, e := range w.h.events {
		e.EventId = int64(j + 1)
		if c := e.GetWorkflowExecutionUpdateCompletedEventAttributes(); c != nil && c.AcceptedEventId > int64(at) {
			c.AcceptedEventId -= 2
		}
	}
}

func attacksOnRecord() []attack {
	return []attack{
		{"a trail row dropped and the chain recomputed", "trail", faultTrail, func(w *world) {
			w.trail = slices.Delete(w.trail, 2, 3)
			w.rechain()
		}},
		{"the last trail row dropped", "trail", faultCount, func(w *world) { w.trail = w.trail[:7] }},
		{"a trail row added", "trail", faultCount, func(w *world) {
			w.trail = append(w.trail, w.trail[7])
			w.rechain()
		}},
		{"a trail row changed", "trail", faultChain, func(w *world) {
			w.trail[4].Body = bytes.Replace(w.trail[4].Body, []byte("app1"), []byte("app2"), 1)
		}},
		{"a trail row changed and the chain recomputed", "trail", faultTrail, func(w *world) {
			w.trail[4].Body = bytes.Replace(w.trail[4].Body, []byte("app1"), []byte("app2"), 1)
			w.rechain()
		}},
		{"two envelopes exchanged", "envelopes", faultAttempt, func(w *world) {
			w.tries[1].Message, w.tries[2].Message = w.tries[2].Message, w.tries[1].Message
		}},
		{"an envelope dropped", "envelopes", faultNoAttempt, func(w *world) { w.tries = slices.Delete(w.tries, 2, 3) }},
		{"a refusal passed off as accepted", "envelopes", faultAttempt, func(w *world) {
			i := slices.IndexFunc(w.tries, func(a Attempt) bool { return a.Status == statusRefused })
			w.tries[i].Status, w.tries[i].Number = statusAccepted, 5
		}},
		{"an accepted act passed off as refused", "envelopes", faultAttempt, func(w *world) {
			w.tries[2].Status, w.tries[2].Number = statusRefused, 0
		}},
		{"a name", "content", faultContent, func(w *world) { w.content.Items[0].Content.Name = "Danh Lâm" }},
		{"an item's content dropped", "content", faultContent, func(w *world) { w.content.Items = w.content.Items[1:] }},
		{"a reason", "reasons", faultReason, func(w *world) { w.content.Reasons[0].Body = "đủ" }},
		{"a reason dropped", "reasons", faultReason, func(w *world) { w.content.Reasons = nil }},
		{"the law", "law", faultLaw, func(w *world) {
			for h := range w.laws {
				w.laws[h] = map[string]string{"a.yaml": "regimes: [x]\n"}
			}
		}},
		{"a document dropped", "documents", faultDocument, func(w *world) { delete(w.docs, sum([]byte("%PDF-1.7 quyết định"))) }},
	}
}

func TestAttacks(t *testing.T) {
	t.Parallel()
	for _, a := range append(attacksOnHistory(), attacksOnRecord()...) {
		t.Run(a.name, func(t *testing.T) {
			t.Parallel()
			w := commendation(t)
			a.do(w)
			found(t, verified(t, w.bundle(), Options{ExpectFingerprint: w.fingerprint()}), a.check, a.code)
		})
	}
}

func found(t *testing.T, r Report, check, code string) {
	t.Helper()
	require.False(t, r.OK, r.En)
	c := r.First()
	require.NotNil(t, c)
	require.Equal(t, check+" "+code, c.Name+" "+c.Code, c.Detail)
	require.Contains(t, r.En, "NOT valid: "+c.Detail)
	require.Contains(t, r.Vi, "KHÔNG hợp lệ: "+c.Vi)
	require.NotContains(t, r.En+r.Vi, "%!")
}

// repack changes files of a bundle and makes it consistent again in itself.
func repack(t *testing.T, data []byte, change func(files map[string][]byte, m *Manifest)) []byte {
	t.Helper()
	b, err := Open(data)
	require.NoError(t, err)
	m := b.Manifest
	change(b.files, &m)
	delete(b.files, nameManifest)
	var files []file
	for name, body := range b.files {
		files = append(files, file{name, body})
	}
	order(files)
	m.Files = nil
	for _, f := range files {
		m.Files = append(m.Files, File{f.name, sum(f.data), int64(len(f.data))})
	}
	head, err := encode(m)
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, writeZip(&out, append(files, file{nameManifest, head})))
	return out.Bytes()
}

func TestAttacksOnTheFile(t *testing.T) {
	t.Parallel()
	w := commendation(t)
	data := w.bundle()
	mallory := w.signer("root")
	tests := []struct {
		name, check, code string
		opts              Options
		do                func(map[string][]byte, *Manifest)
	}{
		{"wrong fingerprint", "keyring", faultRoot, Options{ExpectFingerprint: mallory.KeyID}, func(map[string][]byte, *Manifest) {}},
		{"other bundle than archived", "bytes", faultWhole, Options{ExpectSHA256: sum([]byte("x"))}, func(map[string][]byte, *Manifest) {}},
		{"another root", "keyring", faultRoot, Options{ExpectFingerprint: w.fingerprint()}, func(f map[string][]byte, m *Manifest) {
			signed, err := envelope.SignRing(w.ring, mallory)
			require.NoError(t, err)
			f[nameRing], f[nameRoot], m.Root = []byte(signed), []byte(mallory.Public().Public), mallory.KeyID
		}},
		{"ring not of the root", "keyring", faultRing, Options{}, func(f map[string][]byte, _ *Manifest) {
			signed, err := envelope.SignRing(w.ring, mallory)
			require.NoError(t, err)
			f[nameRing] = []byte(signed)
		}},
		{"installation", "keyring", faultManifest, Options{}, func(_ map[string][]byte, m *Manifest) { m.Installation = "inst-2" }},
		{"case", "bytes", faultManifest, Options{}, func(_ map[string][]byte, m *Manifest) { m.Case = "council/p1" }},
		{"run", "history", faultManifest, Options{}, func(_ map[string][]byte, m *Manifest) { m.Run = "x" }},
		{"format", "bytes", faultUnsupported, Options{}, func(_ map[string][]byte, m *Manifest) { m.Format = 2 }},
		{"a file too many", "bytes", faultFile, Options{}, func(f map[string][]byte, _ *Manifest) { f["readme.txt"] = nil }},
		{"no trail", "bytes", faultMissing, Options{}, func(f map[string][]byte, _ *Manifest) { delete(f, nameTrail) }},
		{"a field twice", "bytes", faultJSON, Options{}, func(f map[string][]byte, _ *Manifest) {
			f[nameTrail] = bytes.Replace(f[nameTrail], []byte(`"number": 1,`), []byte(`"number": 2, "number": 1,`), 1)
		}},
		{"no history", "history", faultJSON, Options{}, func(f map[string][]byte, _ *Manifest) { f[nameHistory] = []byte("[]") }},
		{"no case key", "history", faultKey, Options{}, func(f map[string][]byte, _ *Manifest) { f[nameCaseKey] = nil }},
		{"document under another's hash", "documents", faultHash, Options{}, func(f map[string][]byte, _ *Manifest) {
			f[dirDocuments+sum([]byte("biên bản huyện"))] = []byte("khác")
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			found(t, verified(t, repack(t, data, tt.do), tt.opts), tt.check, tt.code)
		})
	}
}

// A bundle that an attacker made whole with keys of his own holds in itself; that
// is why the report names the root and asks for its fingerprint.
func TestSelfDeclared(t *testing.T) {
	t.Parallel()
	r := verified(t, commendation(t).bundle(), Options{})
	require.True(t, r.OK)
	require.True(t, r.SelfDeclared)
	require.Contains(t, r.En, "only what the bundle itself declares")
	require.Contains(t, r.Vi, "hãy đối chiếu với dấu vân đã công bố")
}

// Every single byte of a bundle is covered, headers of the zip included.
func TestEveryFlippedByteIsFound(t *testing.T) {
	t.Parallel()
	data := commendation(t).bundle()
	for i := range data {
		data[i] ^= 1 << (i % 8)
		_, err := Open(data)
		require.Error(t, err, "byte %d", i)
		data[i] ^= 1 << (i % 8)
	}
	for _, cut := range []int{0, 1, len(data) / 2, len(data) - 1} {
		_, err := Open(data[:cut])
		require.Error(t, err)
	}
	_, err := Open(append(slices.Clone(data), 0))
	require.Error(t, err)
	_, err = Open(append([]byte{0}, data...))
	require.Error(t, err)
}

func TestRevokedKey(t *testing.T) {
	t.Parallel()
	w := commendation(t)
	after, before := w.h.now.Add(time.Hour), began
	w.ring.Keys[0].Revoked = &after
	r := verified(t, w.bundle(), Options{})
	require.True(t, r.OK, r.En)
	require.Len(t, r.Notes, 1)
	w.ring.Keys[0].Revoked = &before
	found(t, verified(t, w.bundle(), Options{}), "signatures", faultSignature)
}

func TestVerifyEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := Verify(ctx, commendation(t).bundle(), Options{})
	require.ErrorIs(t, err, context.Canceled)
}

// recorded is a bundle of the corpus: the same bytes in every process of a fuzz.
func recorded(t testing.TB) []byte {
	files, err := filepath.Glob(filepath.Join("testdata", "corpus", "issued-*.zip"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	data, err := os.ReadFile(files[0])
	require.NoError(t, err)
	return data
}

// fuzzTime is far more than any verification of a fuzzed bundle takes.
const fuzzTime = 20 * time.Second

func FuzzVerify(f *testing.F) {
	data := recorded(f)
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, b []byte) {
		ctx, cancel := context.WithTimeout(context.Background(), fuzzTime)
		defer cancel()
		r, err := Verify(ctx, b, Options{})
		require.NoError(t, err)
		if r.OK && !bytes.Equal(b, data) {
			t.Fatal(fmt.Sprint("another bundle passes: ", len(b)))
		}
	})
}

// The parts that a fuzzer never reaches through the hashes.
func FuzzHistory(f *testing.F) {
	bundle, err := Open(recorded(f))
	require.NoError(f, err)
	ring, _, err := bundle.ring("")
	require.NoError(f, err)
	f.Add(bundle.HistoryJSON())
	f.Add([]byte(`{"events":[{"eventId":"1","eventType":"EVENT_TYPE_WORKFLOW_EXECUTION_STARTED"}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		ctx, cancel := context.WithTimeout(context.Background(), fuzzTime)
		defer cancel()
		files := maps.Clone(bundle.files)
		files[nameHistory] = b
		v := &verifier{ctx: ctx, ring: ring, bundle: &Bundle{Manifest: bundle.Manifest, Attempts: bundle.Attempts, files: files}}
		for _, s := range steps[2:] {
			select {
			case o := <-s.begin(v):
				if o.err != nil && s.base {
					return
				}
			case <-ctx.Done():
				t.Fatal(s.name + " does not end")
			}
		}
	})
}
