// Package apitest is a whole web tier for tests: the API over the application on
// a real PostgreSQL with the sample province of 2023, and the pure state machines
// in Temporal's place.
package apitest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/act"
	"vinhdanh/internal/api"
	"vinhdanh/internal/app"
	"vinhdanh/internal/blob"
	"vinhdanh/internal/config"
	"vinhdanh/internal/dossier"
	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/identity"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/payload"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/service"
)

// making keeps two databases from being made at once: roles are the cluster's,
// and both would change the same rows.
var making sync.Mutex

// rules are compiled once for all tests.
var rules = sync.OnceValues(func() (*eval.Evaluator, error) { return eval.New(law.Default()) })

// SamplePassword is the password of the sample people in tests.
const SamplePassword = "mật khẩu của bản thử"

// cheap is a hash for tests that sign in often.
var cheap = identity.Params{Memory: 64, Iterations: 1, Parallelism: 1}

// World is a running web tier.
type World struct {
	App      *app.App
	Temporal *Machines
	Tokens   service.Tokens // bearer tokens by login of the sample people
	Handler  http.Handler
	Owner    string // address of the database as its owner
	// Operations is what administrators see of Temporal, Root the offline root's key.
	Operations *Operations
	Root       *envelope.Signer
	worker     worker
	Public     string // how people reach it
}

// New makes a world with the business date in November 2023.
func New(t testing.TB, o api.Options) *World {
	t.Helper()
	return NewAt(t, o, "http://localhost")
}

// NewAt is New with the address by which people reach it.
func NewAt(t testing.TB, o api.Options, public string) *World {
	t.Helper()
	ctx := context.Background()
	making.Lock()
	urls := pgtest.Database(t)
	err := postgres.Migrate(ctx, urls.Owner)
	making.Unlock()
	require.NoError(t, err)
	w := &World{Owner: urls.Owner, Public: public}
	w.Tokens, err = service.LoadSample(ctx, urls.App, nil)
	require.NoError(t, err)
	require.NoError(t, service.SetSamplePassword(ctx, urls.App, SamplePassword, cheap))
	store, err := postgres.Open(ctx, urls.App)
	require.NoError(t, err)
	t.Cleanup(store.Close)
	blobs, err := blob.OpenFolder(t.TempDir())
	require.NoError(t, err)
	evaluator, err := rules()
	require.NoError(t, err)
	signer, err := envelope.GenerateSigner(envelope.PurposeApp)
	require.NoError(t, err)
	ring := &envelope.Ring{Installation: "test", Version: 1, Keys: []envelope.Key{signer.Public()}}
	w.workers(t, store, blobs, ring)
	w.Temporal = NewMachines(ring)
	caseKeys, err := payload.NewWrapped(store, make([]byte, 32))
	require.NoError(t, err)
	w.Operations = &Operations{}
	w.Root, err = envelope.GenerateSigner("root")
	require.NoError(t, err)
	settings, err := config.Settings(func(string) string { return "" })
	require.NoError(t, err)
	w.App = app.New(app.App{
		Ops: w.Operations, Settings: settings, Root: w.Root.KeyID, RootPublic: w.Root.Public().Public,
		Ring: ring, Store: store, Keys: caseKeys, Blobs: blobs, Temporal: w.Temporal, Law: law.Default(), Rules: evaluator,
		Pinned: dossier.NewPinned(store, law.Default(), evaluator),
		Today:  func() law.Date { return law.MustDate("2023-11-15") },
		Desk: &act.Desk{
			Store: store, Temporal: w.Temporal, Signer: signer, Install: "test", Queue: "cases", Wait: 2 * time.Second,
		},
		Identity: identity.Settings{Params: cheap, SampleWaived: true, MaxSessions: 100},
		Place:    app.Place{PublicURL: w.Public},
	})
	w.Handler = api.New(w.App, o)
	return w
}

// Serve listens on a free port of 127.0.0.1 until the test ends.
func (w *World) Serve(t testing.TB) string {
	t.Helper()
	s := httptest.NewServer(w.Handler)
	t.Cleanup(s.Close)
	return s.URL
}
