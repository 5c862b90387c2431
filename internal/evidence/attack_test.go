package evidence

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
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
			w.events(enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)[0].GetActivityTaskScheduledEventAttributes().
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
		{"the facts that were judged", "validations", faultValidation, func(w *world) { w.checks[0].Facts = []byte(`[{"years":3}]`) }},
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
