package embedded

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"

	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/gate"
)

// refusalsTable has the columns the migrations give it.
const refusalsTable = `CREATE TABLE gate_refusals (at timestamptz, sender text, api text, namespace text, workflow_id text,
	name text, update_id text, code text, reason text); GRANT INSERT ON gate_refusals TO vinhdanh_gate`

// TestPostgresPersistence runs the server the way compose does: its data in PostgreSQL, refusals in the domain's
// database by a role that can only insert. A second start finds schema, namespaces and cases in place.
func TestPostgresPersistence(t *testing.T) {
	t.Parallel()
	server := pgtest.Server(t)
	urls := pgtest.Database(t)
	user, password := server.Superuser()
	store := &PostgresStore{Address: server.Address(), User: user, Password: password}
	ctx := within(t, 60*time.Second)
	write, closeWriter, err := RefusalWriter(urls.Gate)
	require.NoError(t, err)
	defer closeWriter()

	const id = "commendation/1"
	t.Run("first start", func(t *testing.T) {
		h := start(t, func(o *TemporalOptions) { o.Postgres, o.Recorder = store, write })
		h.work(t, gate.NamespaceCases)
		app := h.dial(t, gate.App, gate.NamespaceCases)
		_, err := app.ExecuteWorkflow(ctx, startOptions(id), "commendation", 0)
		require.NoError(t, err)
		n, err := update(ctx, app, id, "decide", vote{Yes: true})
		require.NoError(t, err)
		require.Equal(t, 1, n)
		require.Equal(t, DefaultCasesRetention, h.retention(t, gate.NamespaceCases))
		require.Error(t, app.TerminateWorkflow(ctx, id, "", "no reason"), "the table does not exist yet: the line is retried, and given up at Close")
	})

	owner, err := pgx.Connect(ctx, urls.Owner)
	require.NoError(t, err)
	defer func() { _ = owner.Close(context.Background()) }()
	_, err = owner.Exec(ctx, refusalsTable)
	require.NoError(t, err)
	h := start(t, func(o *TemporalOptions) { o.Postgres, o.Recorder = store, write })
	h.work(t, gate.NamespaceCases)
	app := h.dial(t, gate.App, gate.NamespaceCases)
	n, err := update(ctx, app, id, "decide", vote{Yes: true})
	require.NoError(t, err)
	require.Equal(t, 2, n)
	d, err := app.DescribeWorkflowExecution(ctx, id, "")
	require.NoError(t, err)
	require.Equal(t, enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING, d.GetWorkflowExecutionInfo().GetStatus())
	require.Error(t, app.TerminateWorkflow(ctx, id, "", "no reason"))
	require.Eventually(t, func() bool {
		var rows int
		err := owner.QueryRow(ctx, `SELECT count(*) FROM gate_refusals
			WHERE sender = 'app' AND api = 'TerminateWorkflowExecution' AND workflow_id = $1 AND code = 'denied'`, id).Scan(&rows)
		return err == nil && rows == 1
	}, 10*time.Second, 20*time.Millisecond)
}
