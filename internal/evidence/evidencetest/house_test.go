package evidencetest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"vinhdanh/activities"
	"vinhdanh/internal/act"
	"vinhdanh/internal/blob"
	"vinhdanh/internal/embedded"
	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/evidence"
	"vinhdanh/internal/gate"
	"vinhdanh/internal/keys"
	"vinhdanh/internal/payload"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }

// Invented units of these tests.
const school, standing, province = "u-school", "u-standing", "u-province"

// house is a whole installation with one worker.
type house struct {
	t        *testing.T
	ctx      context.Context
	owner    *pgx.Conn
	store    *postgres.Store
	folder   keys.Folder
	ring     *envelope.Ring
	office   *envelope.Signer // an outside system's key
	app      client.Client
	operator client.Client
	worker   client.Client
	desk     *act.Desk
	deliver  *act.Desk
	archiver *activities.Archiver
	users    map[string]string // by what they are called here
	law      string
}

func newHouse(t *testing.T) *house {
	ctx, cancel := context.WithTimeout(zerolog.Nop().WithContext(context.Background()), 2*time.Minute)
	t.Cleanup(cancel)
	h := &house{t: t, ctx: ctx, folder: keys.Folder(t.TempDir()), users: map[string]string{}}
	h.database()
	require.NoError(t, h.folder.Create(time.Now()))
	var err error
	h.office, err = h.folder.Add("integration/e-office", time.Now())
	require.NoError(t, err)
	fingerprint, err := h.folder.Fingerprint()
	require.NoError(t, err)
	h.ring, err = h.folder.Ring(fingerprint)
	require.NoError(t, err)
	master, err := h.folder.Master()
	require.NoError(t, err)
	wrapped, err := payload.NewWrapped(h.store, master)
	require.NoError(t, err)
	h.temporal(wrapped)
	signer, err := h.folder.Signer(envelope.PurposeApp)
	require.NoError(t, err)
	h.desk = &act.Desk{Store: h.store, Temporal: h.app, Signer: signer, Install: h.ring.Installation, Queue: workflows.QueueCases}
	h.deliver = &act.Desk{Store: h.store, Temporal: h.worker, Install: h.ring.Installation, Queue: workflows.QueueCases}
	blobs, err := blob.OpenFolder(t.TempDir())
	require.NoError(t, err)
	h.archiver = &activities.Archiver{
		Store: h.store, Blobs: blobs, Temporal: h.worker, Keys: wrapped, Ring: h.folder.SignedRing,
	}
	h.work(wrapped)
	return h
}

func (h *house) database() {
	urls := pgtest.Database(h.t)
	require.NoError(h.t, postgres.Migrate(h.ctx, urls.Owner))
	var err error
	h.store, err = postgres.Open(h.ctx, urls.App)
	require.NoError(h.t, err)
	h.t.Cleanup(h.store.Close)
	h.owner, err = pgx.Connect(h.ctx, urls.Owner)
	require.NoError(h.t, err)
	h.t.Cleanup(func() { _ = h.owner.Close(context.Background()) })
	for _, u := range []string{school, standing, province} {
		h.exec(`insert into units (id, name, kind, level) values ($1, $1, 'office', 'province')`, u)
	}
	for _, name := range []string{"head", "appraiser", "sh", "chair", "registrar"} {
		h.users[name] = uuid.NewString()
		h.exec(`insert into users (id, login, full_name, sample) values ($1, $2, $3, true)`, h.users[name], name, name)
	}
}

func (h *house) exec(sql string, args ...any) {
	h.t.Helper()
	_, err := h.owner.Exec(h.ctx, sql, args...)
	require.NoError(h.t, err)
}

func (h *house) temporal(k payload.Keys) {
	o := embedded.NewTemporalOptions(gate.NewTokens())
	o.LogLevel = zerolog.ErrorLevel
	server, err := embedded.StartTemporal(h.ctx, o)
	require.NoError(h.t, err)
	h.t.Cleanup(func() { require.NoError(h.t, server.Close()) })
	dial := func(s gate.Sender) client.Client {
		dc := payload.Converter(k)
		c, err := client.DialContext(h.ctx, client.Options{
			HostPort: server.Address(), Namespace: workflows.NamespaceCases, Logger: quiet{}, Identity: "test",
			HeadersProvider: gate.HeadersProvider(o.Tokens[s]), DataConverter: dc, FailureConverter: payload.FailureConverter(dc),
		})
		require.NoError(h.t, err)
		h.t.Cleanup(c.Close)
		return c
	}
	h.app, h.worker, h.operator = dial(gate.App), dial(gate.Worker), dial(gate.Operator)
}

func (h *house) work(payload.Keys) {
	w := worker.New(h.worker, workflows.QueueCases, worker.Options{})
	evidence.Register(w, workflows.FixedRing(h.ring))
	as := func(name string) activity.RegisterOptions { return activity.RegisterOptions{Name: name} }
	w.RegisterActivityWithOptions(h.validate, as(workflows.ActivityValidate))
	signals := &activities.Signals{Store: h.store, Desk: h.deliver, Rings: workflows.FixedRing(h.ring)}
	w.RegisterActivityWithOptions(signals.Record, as(workflows.ActivityRecordSignals))
	require.NoError(h.t, w.Start())
	h.t.Cleanup(w.Stop)
}

// validate stands in for the rules, which other tests cover.
func (h *house) validate(ctx context.Context, in workflows.ValidateInput) (proposal.Validation, error) {
	v := proposal.Validation{Revision: in.Revision, LawHash: in.LawHash, FactsHash: "f", ResultHash: "r"}
	_, err := h.store.PutValidation(ctx, postgres.Validation{
		Proposal: in.Proposal, Revision: in.Revision, LawHash: in.LawHash, FactsHash: v.FactsHash, ResultHash: v.ResultHash,
		Facts: json.RawMessage(`[]`), Result: json.RawMessage(`[]`),
	})
	return v, err
}

// quiet is an SDK logger that says nothing.
type quiet struct{}

func (quiet) Debug(string, ...any) {}
func (quiet) Info(string, ...any)  {}
func (quiet) Warn(string, ...any)  {}
func (quiet) Error(string, ...any) {}

// theCase is a proposal on the simplified route with two items.
type theCase struct {
	h     *house
	id    string // of the case
	items []proposal.InputItem
	num   int
}

func (h *house) draft() (*theCase, proposal.Input) {
	pid, sub := uuid.NewString(), uuid.NewString()
	c := &theCase{h: h, id: workflows.CommendationID(pid)}
	h.exec(`insert into submissions (id, ref, unit, created_by) values ($1, $2, $3, $4)`, sub, "ref-"+sub, school, h.users["head"])
	h.exec(`insert into proposals (id, submission, ref, unit, award, case_id) values ($1, $2, $3, $4, 'BKT', $5)`, pid, sub, "ref-"+pid, school, c.id)
	for i, name := range []string{"Danh Lắm", "H'Hen"} {
		c.item(pid, i, name)
	}
	files := map[string]string{"a.yaml": "regimes: []\n"}
	h.law = evidence.LawHash(files)
	require.NoError(h.t, h.store.KeepLaw(h.ctx, h.law, files))
	in := proposal.Input{
		Case: c.id, Proposal: pid, Revision: 1, Content: proposal.ContentOf("BKT", c.items), Award: "BKT", Regime: "R1",
		LawHash: h.law, Route: simplified(), Items: c.items,
	}
	require.NoError(h.t, h.store.Pin(h.ctx, pid, "R1", h.law, in.Route, "2023-11-20"))
	return c, in
}

func (c *theCase) item(pid string, i int, name string) {
	item, salt := uuid.NewString(), []byte(fmt.Sprint("salt", i))
	content := proposal.ItemContent{Kind: "individual", Name: name, Award: "BKT", Facts: json.RawMessage(`{"years":2,"rating":"good"}`)}
	commitment, err := proposal.Commit(salt, content)
	require.NoError(c.h.t, err)
	c.h.exec(`insert into subjects (ref, kind, name, name_key) values ($1, 'individual', $2, $3)`, "s-"+item, name, name)
	c.h.exec(`insert into items (id, proposal, position, subject, name_key) values ($1, $2, $3, $4, $5)`, item, pid, i+1, "s-"+item, name)
	c.h.exec(`insert into item_contents (item, revision, content, salt, commitment) values ($1, 1, $2, $3, $4)`, item, content, salt, commitment)
	c.items = append(c.items, proposal.InputItem{ID: item, Subject: "s-" + item, Unit: school, Commitment: commitment})
}

func simplified() proposal.Route {
	return proposal.Route{Code: "simplified", Stages: []proposal.Stage{
		{Kind: proposal.StageNomination, Unit: school, Roles: []proposal.Role{proposal.RoleUnitHead}},
		{Kind: proposal.StageReception, Unit: standing, Roles: []proposal.Role{proposal.RoleAppraiser}, MayReturn: true},
		{Kind: proposal.StageAppraisal, Unit: standing, Roles: []proposal.Role{proposal.RoleAppraiser}},
		{Kind: proposal.StageIssuance, Unit: province, Roles: []proposal.Role{proposal.RoleSigner}},
	}}
}

// do sends one act and expects it to be accepted and recorded.
func (c *theCase) do(r act.Request) act.Result {
	c.h.t.Helper()
	r.Workflow, r.Case, r.Revision, r.Number = workflows.TypeCommendation, c.id, 1, c.num+1
	r.Actor.SignedIn = "token"
	res, err := c.h.desk.Do(c.h.ctx, r)
	require.NoError(c.h.t, err)
	require.Equal(c.h.t, act.Accepted, res.Status, "%s: %s %s", r.Action, res.Code, res.Detail)
	require.True(c.h.t, res.Recorded)
	c.num++
	return res
}

func (h *house) by(name string, role proposal.Role, unit string) act.Actor {
	return act.Actor{User: h.users[name], Role: string(role), Unit: unit}
}

// paper stores a file and returns its hash.
func (h *house) paper(text string) string {
	info, err := h.archiver.Blobs.Put(h.ctx, "", bytes.NewReader([]byte(text)))
	require.NoError(h.t, err)
	return info.SHA256
}

// sent opens a case.
func (h *house) sent() *theCase {
	c, in := h.draft()
	c.do(act.Request{
		Action: "send", Stage: "nomination", Data: proposal.SendData{Content: in.Content}, Actor: h.by("head", proposal.RoleUnitHead, school),
		Start: func(m envelope.Message) any { in.Send = m; return in },
	})
	return c
}

// walk brings a case to the stage of the decision.
func (h *house) walk() *theCase {
	c := h.sent()
	c.do(act.Request{Action: "accept", Stage: "reception", Actor: h.by("appraiser", proposal.RoleAppraiser, standing),
		Data: proposal.AcceptData{Regime: "R1", LawHash: h.law}})
	c.do(act.Request{Action: "appraise", Stage: "appraisal", Actor: h.by("appraiser", proposal.RoleAppraiser, standing),
		Data: proposal.AppraiseData{Report: h.paper("báo cáo"), Opinions: proposal.Opinions{
			Default: proposal.OpinionPropose, Exceptions: []proposal.ItemOpinion{
				{Item: c.items[1].ID, Opinion: proposal.OpinionNotPropose, Reason: c.reason("chưa đủ")},
			},
		}}})
	return c
}

func (c *theCase) reason(text string) string {
	commitment, err := proposal.Commit([]byte("salt"), text)
	require.NoError(c.h.t, err)
	require.NoError(c.h.t, c.h.store.PutReason(c.h.ctx, commitment, []byte("salt"), c.id, text, "", "", c.h.users["appraiser"]))
	return commitment
}

// issue delivers the decision as one leaf of an act on many cases.
func (c *theCase) issue() {
	signer, err := c.h.folder.Signer(envelope.PurposeIssuance)
	require.NoError(c.h.t, err)
	d := proposal.IssuedData{
		Decision: "d1", Number: "328/QĐ-UBND", Date: "2023-12-01", Content: "c", Document: c.h.paper("%PDF quyết định"),
		Submitter: []string{c.h.users["sh"]}, Signer: []string{c.h.users["chair"]}, Registrar: []string{c.h.users["registrar"]},
		Items: []string{c.items[0].ID},
	}
	raw, err := json.Marshal(d)
	require.NoError(c.h.t, err)
	leaves := []envelope.Leaf{
		{Case: "commendation/other", Revision: 1, Stage: "issuance", Number: 2, Outcome: raw},
		{Case: c.id, Revision: 1, Stage: "issuance", Number: c.num + 1, Outcome: raw},
	}
	tree, err := envelope.NewTree(leaves)
	require.NoError(c.h.t, err)
	jws, err := signer.Sign(envelope.Act{
		Installation: c.h.ring.Installation, Nonce: "batch-" + c.id, Actor: c.h.users["registrar"], Role: "registrar", Unit: province,
		SignedIn: "service", Action: "issued", Batch: tree.Batch(), IssuedAt: time.Now().Unix(), Expires: time.Now().Add(time.Hour).Unix(),
	})
	require.NoError(c.h.t, err)
	msg, err := tree.Message(jws, 1)
	require.NoError(c.h.t, err)
	res, err := c.h.deliver.Deliver(c.h.ctx, c.id, "issued", envelope.BatchNonce("batch-"+c.id, c.id), c.h.users["registrar"], msg)
	require.NoError(c.h.t, err)
	require.Equal(c.h.t, act.Accepted, res.Status, "%s %s", res.Code, res.Detail)
	c.num++
}

// reset takes a case back to its first workflow task, as an operator could.
func (h *house) reset(caseID string) {
	iter := h.operator.GetWorkflowHistory(h.ctx, caseID, "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for iter.HasNext() {
		e, err := iter.Next()
		require.NoError(h.t, err)
		if e.GetEventType() != enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			continue
		}
		_, err = h.operator.ResetWorkflowExecution(h.ctx, &workflowservice.ResetWorkflowExecutionRequest{
			Namespace: workflows.NamespaceCases, WorkflowExecution: &commonpb.WorkflowExecution{WorkflowId: caseID},
			Reason: "test", RequestId: uuid.NewString(), WorkflowTaskFinishEventId: e.GetEventId(),
			ResetReapplyExcludeTypes: []enumspb.ResetReapplyExcludeType{enumspb.RESET_REAPPLY_EXCLUDE_TYPE_UPDATE},
		})
		require.NoError(h.t, err)
		return
	}
	h.t.Fatal("no workflow task")
}

// How long to wait for what Temporal does a moment later.
const (
	eventually = 30 * time.Second
	tick       = 100 * time.Millisecond
)
