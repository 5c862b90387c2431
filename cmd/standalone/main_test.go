package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/keys"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/web/browsertest"
)

// The tests of this package run a whole instance: PostgreSQL, Temporal behind its
// gate, serve, worker and schedules. Most of them share one; those that kill
// something run their own in a child process, which is this test binary again.
func TestMain(m *testing.M) {
	if part := os.Getenv(childPart); part != "" {
		os.Exit(beChild(part))
	}
	code := browsertest.Run(m.Run)
	if common.stage != nil {
		if err := common.stage.leave(); err != nil && err != context.Canceled {
			fmt.Fprintln(os.Stderr, err)
			code = max(code, 1)
		}
		_ = os.RemoveAll(common.dir)
	}
	os.Exit(code)
}

// theSheet is the clerk's list that the demo starts from.
const theSheet = "../../internal/importing/testdata/danh-sach-trich-ngang.xlsx"

// common is the instance that most tests share, with business date in November 2023.
var common struct {
	once  sync.Once
	stage *stage
	dir   string
	err   error
	// office is the key of an outside system, in the ring before the first start.
	office *envelope.Signer
}

// town is the shared instance as one test uses it.
type town struct {
	*stage
	t   testing.TB
	ctx context.Context
}

func shared(t *testing.T) *town {
	t.Helper()
	common.once.Do(func() { common.err = openCommon() })
	require.NoError(t, common.err)
	ctx, cancel := context.WithTimeout(zerolog.Nop().WithContext(context.Background()), 15*time.Minute)
	t.Cleanup(cancel)
	own := *common.stage // steps and output are the test's own
	own.out, own.outDir, own.failed, own.step = io.Discard, t.TempDir(), nil, 0
	return &town{stage: &own, t: t, ctx: ctx}
}

func openCommon() error {
	dir, err := os.MkdirTemp("", "vinhdanh-test-")
	if err != nil {
		return err
	}
	if err := os.Chmod(dir, 0o755); err != nil { // PostgreSQL runs as another user when started by root
		return err
	}
	common.dir = dir
	folder := keys.Folder(filepath.Join(dir, "keys"))
	if err := folder.Create(time.Now()); err != nil {
		return err
	}
	if common.office, err = folder.Add("integration/doc-system", time.Now()); err != nil {
		return err
	}
	ctx := zerolog.Nop().WithContext(context.Background())
	common.stage, err = openStage(ctx, options{dataDir: dir, today: "2023-11-20"}, io.Discard, dir)
	return err
}

// who opens a session for a sample user.
func (w *town) who(login string) app.Session {
	w.t.Helper()
	s, err := w.as(w.ctx, login)
	require.NoError(w.t, err)
	return s
}

// now reads a case as it stands.
func (w *town) now(id string) postgres.Proposal {
	w.t.Helper()
	p, err := w.app.Store.ProposalIn(w.ctx, postgres.Scope{All: true}, id)
	require.NoError(w.t, err)
	return p
}

// must is for a scene of the play inside a test.
func (w *town) must(p postgres.Proposal, err error) postgres.Proposal {
	w.t.Helper()
	require.NoError(w.t, err)
	return p
}

// clean fails the test when a check of the play did not hold.
func (w *town) clean() {
	w.t.Helper()
	require.Empty(w.t, w.failed)
}

// waitFor waits for something that happens by itself.
func (w *town) waitFor(what string, ready func() (bool, error)) {
	w.t.Helper()
	require.NoError(w.t, w.eventually(w.ctx, what, ready))
}
