package evidencetest

import (
	"context"
	"encoding/json"
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
	"vinhdanh/internal/dossier"
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
	rules    *dossier.Pinned // set: the rules are asked, not stood in for
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
	w.RegisterActivityWithOptions(h.validation, as(workflows.ActivityValidate))
	signals := &activities.Signals{Store: h.store, Desk: h.deliver, Rings: workflows.FixedRing(h.ring)}
	w.RegisterActivityWithOptions(signals.Record, as(workflows.ActivityRecordSignals))
	require.NoError(h.t, w.Start())
	h.t.Cleanup(w.Stop)
}

// validation is the real one where a test pins real law data.
func (h *house) validation(ctx context.Context, in workflows.ValidateInput) (proposal.Validation, error) {
	if h.rules != nil {
		return (&activities.Validator{Store: h.store, Pinned: h.rules}).Validate(ctx, in)
	}
	return h.validate(ctx, in)
}

// validate stands in for the rules, which other tests cover.
func (h *house) validate(ctx context.Context, in workflows.ValidateInput) (proposal.Validation, error) {
	const empty = "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945" // SHA-256 of []
	v := proposal.Validation{Revision: in.Revision, LawHash: in.LawHash, FactsHash: empty, ResultHash: empty}
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
