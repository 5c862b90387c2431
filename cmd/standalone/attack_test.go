package main

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/gate"
	"vinhdanh/internal/keys"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// stranger shows no credential, or one that nobody gave out.
const stranger gate.Sender = "stranger"

// senders are those who try; the operator's credential covers everything and each
// of its uses is on record, which package embedded tests.
var senders = []gate.Sender{gate.Unknown, stranger, gate.Auditor, gate.Worker, gate.App}

// raw is an SDK client with a sender's credential, without any of our keys.
func (w *town) raw(sender gate.Sender) client.Client {
	w.t.Helper()
	credential := w.tokens[sender]
	if sender == stranger {
		credential = gate.NewCredential()
	}
	c, err := client.NewLazyClient(client.Options{
		HostPort: w.address, Namespace: workflows.NamespaceCases, HeadersProvider: gate.HeadersProvider(credential),
		ConnectionOptions: client.ConnectionOptions{TLSDisabled: true}, Logger: silent{},
	})
	require.NoError(w.t, err)
	w.t.Cleanup(c.Close)
	return c
}

// silent is an SDK logger that says nothing: refused calls are the point here.
type silent struct{}

func (silent) Debug(string, ...any) {}
func (silent) Info(string, ...any)  {}
func (silent) Warn(string, ...any)  {}
func (silent) Error(string, ...any) {}

// signer is one of the installation's own keys, as if it had leaked.
func (w *town) signer(p envelope.Purpose) *envelope.Signer {
	w.t.Helper()
	s, err := keys.Folder(w.path("keys")).Signer(p)
	require.NoError(w.t, err)
	return s
}

// genuine is the reviewer's decision on a case as it stands, not yet signed.
func (w *town) genuine(p postgres.Proposal) envelope.Act {
	w.t.Helper()
	ring, err := keys.Folder(w.path("keys")).Ring(w.signer("root").KeyID)
	require.NoError(w.t, err)
	data, err := json.Marshal(proposal.DecideData{
		Verdict: proposal.VerdictForward, Opinions: proposal.Opinions{Default: proposal.OpinionPropose}, Minutes: strings.Repeat("ab", 32),
	})
	require.NoError(w.t, err)
	return envelope.Act{
		Installation: ring.Installation, Nonce: uuid.NewString(), Actor: w.who("ph-reviewer").User, Role: "reviewer",
		Unit: "ubnd-phung-hiep", SignedIn: "token", Case: p.CaseID, Revision: p.Revision, Stage: p.Stage, Number: p.Number + 1,
		Action: "decide", Data: data, IssuedAt: time.Now().Unix(), Expires: time.Now().Add(5 * time.Minute).Unix(),
	}
}

// attack is a message to a case that must not take effect.
type attack struct {
	name   string
	code   string // of the refusal, where the app's credential brings it as far as the workflow
	signer envelope.Purpose
	change func(*envelope.Act)
	update string // name of the Update; empty: the act's
	id     string // of the Update; empty: the act's nonce
	args   []any  // instead of a message
}

// attacks know everything but the right key, or have it and aim wrongly. other is
// another live case at the same stage.
func attacks(other postgres.Proposal) []attack {
	act := func(name, code string, change func(*envelope.Act)) attack {
		return attack{name: name, code: code, signer: envelope.PurposeApp, change: change}
	}
	garbage := func(name, code string, args ...any) attack {
		return attack{name: name, code: code, update: "decide", id: "id-" + uuid.NewString(), args: args}
	}
	none := func(*envelope.Act) {}
	council := func(a *envelope.Act) { a.Action, a.Role = "council-result", "chair" }
	return []attack{
		garbage("no message", ""),
		garbage("no JWS", envelope.CodeMalformed, envelope.Message{}),
		garbage("garbage for a JWS", envelope.CodeMalformed, envelope.Message{JWS: "e30.e30.e30"}),
		garbage("arguments that do not decode", "", []int{1, 2}),
		garbage("too many arguments", "", 1, 2, 3),
		{name: "a key of the forger's own", code: envelope.CodeUnknownKey, signer: "forged", change: none},
		{name: "the session's key decides", code: envelope.CodePurpose, signer: envelope.PurposeSession, change: none},
		{name: "the issuance's key decides", code: envelope.CodePurpose, signer: envelope.PurposeIssuance, change: none},
		{name: "the root's key decides", code: envelope.CodeUnknownKey, signer: "root", change: none},
		act("the app's key gives a council result", envelope.CodeStage, council),
		act("the app's key issues", envelope.CodeStage, func(a *envelope.Act) { a.Action, a.Role = "issued", "registrar" }),
		act("another installation", envelope.CodeInstallation, func(a *envelope.Act) { a.Installation = uuid.NewString() }),
		act("another proposal", envelope.CodeCase, func(a *envelope.Act) { a.Case = other.CaseID }),
		act("no proposal", envelope.CodeCase, func(a *envelope.Act) { a.Case = "" }),
		act("another revision", envelope.CodeRevision, func(a *envelope.Act) { a.Revision++ }),
		act("another stage", envelope.CodeStage, func(a *envelope.Act) { a.Stage = "reception" }),
		act("a number gone by", envelope.CodeNumber, func(a *envelope.Act) { a.Number-- }),
		act("a number to come", envelope.CodeNumber, func(a *envelope.Act) { a.Number++ }),
		act("another role", envelope.CodeRole, func(a *envelope.Act) { a.Role = "clerk" }),
		act("another unit", envelope.CodeUnit, func(a *envelope.Act) { a.Unit = "ubnd-vi-thuy" }),
		act("expired", envelope.CodeExpired, func(a *envelope.Act) { a.Expires = time.Now().Unix() - 1 }),
		act("not yet valid", envelope.CodeExpired, func(a *envelope.Act) { a.IssuedAt += 3600; a.Expires += 7200 }),
		act("an action nobody knows", envelope.CodeMalformed, func(a *envelope.Act) { a.Action = "decree" }).under("decide"),
		act("another Update's act", envelope.CodeMalformed, none).under("withdraw"),
		act("an Update nobody knows", "", none).under("decide-for-me"),
		act("another Update id", envelope.CodeReplayed, none).withID("id-" + uuid.NewString()),
		act("data that does not decode", envelope.CodeData, func(a *envelope.Act) { a.Data = json.RawMessage(`{"verdict":"forward","x":1}`) }),
		act("a decision without minutes", envelope.CodeData, func(a *envelope.Act) {
			a.Data = json.RawMessage(`{"verdict":"forward","opinions":{"default":"propose"}}`)
		}),
	}
}

func (a attack) under(update string) attack { a.update = update; return a }
func (a attack) withID(id string) attack    { a.id = id; return a }

// ready signs an attack: what it sends, under which name and id.
func (w *town) ready(a attack, p postgres.Proposal) (update, id string, args []any) {
	w.t.Helper()
	if a.signer == "" {
		return a.update, a.id, a.args
	}
	act := w.genuine(p)
	a.change(&act)
	signer := &envelope.Signer{}
	if a.signer == "forged" {
		var err error
		signer, err = envelope.GenerateSigner(envelope.PurposeApp)
		require.NoError(w.t, err)
	} else {
		signer = w.signer(a.signer)
	}
	jws, err := signer.Sign(act)
	require.NoError(w.t, err)
	if update = a.update; update == "" {
		update = act.Action
	}
	if id = a.id; id == "" {
		id = act.Nonce
	}
	return update, id, []any{envelope.Message{JWS: jws}}
}

// standing is everything of a case that an attack must leave alone.
type standing struct {
	Proposal postgres.Proposal
	State    postgres.CaseState
	Trail    []postgres.TrailRow
	Updates  []string
	Run      string
	Status   enumspb.WorkflowExecutionStatus
}

func (w *town) standing(p postgres.Proposal) standing {
	w.t.Helper()
	s := standing{Proposal: w.now(p.ID)}
	var err error
	s.State, err = w.app.Store.CaseStateOf(w.ctx, p.CaseID)
	require.NoError(w.t, err)
	s.Trail, err = w.app.Store.Trail(w.ctx, p.CaseID)
	require.NoError(w.t, err)
	for _, e := range w.history(p.CaseID).Events {
		if a := e.GetWorkflowExecutionUpdateAcceptedEventAttributes(); a != nil {
			s.Updates = append(s.Updates, a.GetProtocolInstanceId())
		}
	}
	d, err := w.app.Temporal.DescribeWorkflowExecution(w.ctx, p.CaseID, "")
	require.NoError(w.t, err)
	s.Run, s.Status = d.GetWorkflowExecutionInfo().GetExecution().GetRunId(), d.GetWorkflowExecutionInfo().GetStatus()
	return s
}

// update sends a raw Update and returns what came of it.
func update(ctx context.Context, c client.Client, caseID, name, id string, args []any) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	h, err := c.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		UpdateID: id, WorkflowID: caseID, UpdateName: name, Args: args, WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err == nil {
		err = h.Get(ctx, nil)
	}
	return err
}

// TestASVS_16_3_3_ForgedUpdates: sender by attack, nothing changes, and the case then still
// takes a genuine decision.
func TestASVS_16_3_3_ForgedUpdates(t *testing.T) {
	t.Parallel()
	w := shared(t)
	p, other := w.atRest(w.sent("BKT-PT", 2)), w.sent("BKT-PT", 1)
	before := w.standing(p)
	for _, sender := range senders {
		c := w.raw(sender)
		for _, a := range attacks(other) {
			name, id, args := w.ready(a, p)
			err := update(w.ctx, c, p.CaseID, name, id, args)
			require.Error(t, err, "%s: %s", sender, a.name)
			if sender == gate.App && a.code != "" {
				require.Equal(t, a.code, refusalOf(err), "%s: %v", a.name, err)
			}
			w.onRecord(sender, p.CaseID, id)
		}
	}
	require.Equal(t, before, w.standing(p))
	got := w.forward(p)
	require.Equal(t, "reception", got.Stage)
	w.replayed(got)
}
