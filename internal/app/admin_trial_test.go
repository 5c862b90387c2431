package app

import (
	"bytes"
	"compress/gzip"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/restore"
)

// tried starts a trial and waits for what it found.
func (w *world) tried() RestoreTrial {
	w.t.Helper()
	admin := w.as("hg-admin")
	before, err := w.RestoreTrials(context.Background(), admin)
	require.NoError(w.t, err)
	_, err = w.StartRestoreTrial(context.Background(), admin, uuid.NewString())
	require.NoError(w.t, err)
	var v RestoreTrials
	require.Eventually(w.t, func() bool {
		v, err = w.RestoreTrials(context.Background(), admin)
		return err == nil && len(v.Trials) > len(before.Trials) && v.Since == nil
	}, 2*time.Minute, 50*time.Millisecond)
	return v.Trials[0]
}

// dumped is the world's database as pg_dump writes it.
func (w *world) dumpedBy(args ...string) []byte {
	w.t.Helper()
	var out, said bytes.Buffer
	cmd := exec.Command(filepath.Join(pgtest.Server(w.t).Bin(), "pg_dump"), append(args, "--dbname", w.owner)...)
	cmd.Stdout, cmd.Stderr = &out, &said
	require.NoError(w.t, cmd.Run(), said.String())
	return out.Bytes()
}

func codes(t RestoreTrial) []string {
	out := []string{}
	for _, f := range t.Findings {
		out = append(out, f.Code)
	}
	return out
}

// TestARestoreIsTried: a good back-up passes with its counts, one that is cut, changed or
// not there does not, and no database is left behind.
func TestARestoreIsTried(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	d := w.awarded(41)
	admin := w.as("hg-admin")
	v, err := w.RestoreTrials(ctx, admin)
	require.NoError(t, err)
	require.False(t, v.Able)
	require.Contains(t, v.Why.VI, "VINHDANH_BACKUPS")
	require.NotEmpty(t, v.Run)
	_, err = w.StartRestoreTrial(ctx, admin, "n1")
	require.Equal(t, CodeNotReady, codeOf(err))

	dir := t.TempDir()
	w.Backups = restore.Config{Dir: dir, Server: pgtest.Server(t).URL("postgres"), Bin: pgtest.Server(t).Bin(), Database: "vinhdanh"}
	for login, want := range map[string]string{"hg-auditor": "", "pgd-clerk": CodeForbidden, "hg-chair": CodeForbidden} {
		_, err := w.RestoreTrials(ctx, w.as(login))
		require.Equal(t, want, codeOf(err), login)
		_, err = w.StartRestoreTrial(ctx, w.as(login), "n2")
		require.Equal(t, CodeForbidden, codeOf(err), login)
	}
	require.Equal(t, []string{restore.NoBackup}, codes(w.tried()))

	made := time.Now()
	put := func(name string, content []byte) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), content, 0o600))
		made = made.Add(time.Second)
		require.NoError(t, os.Chtimes(filepath.Join(dir, name), made, made))
	}
	put("a.dump", w.dumpedBy("--format=custom"))
	good := w.tried()
	require.True(t, good.OK, "%+v", good)
	require.Equal(t, []int{1, 2, 2}, []int{good.Counts.Cases, good.Counts.Items, good.Counts.Recognitions})
	require.NotZero(t, good.Counts.Transitions)

	plain := w.dumpedBy()
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, err = z.Write(plain)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	put("b.sql.gz", zipped.Bytes())
	again := w.tried()
	require.True(t, again.OK, "%+v", again)
	require.Equal(t, good.Counts, again.Counts)
	put("c.sql.gz", zipped.Bytes()[:zipped.Len()/2])
	require.False(t, w.tried().OK, "half a file")
	put("d.sql", plain[:len(plain)*3/4])
	require.False(t, w.tried().OK, "three quarters of one")
	trail, err := w.Store.Trail(ctx, d.CaseID)
	require.NoError(t, err)
	put("e.sql", bytes.ReplaceAll(plain, []byte(trail[0].Hash), bytes.Repeat([]byte("0"), len(trail[0].Hash))))
	changed := w.tried()
	require.False(t, changed.OK)
	require.Subset(t, codes(changed), []string{restore.ChainBroken, restore.NotInUse})
	put("f.dump", []byte("PGDMP nothing of the kind"))
	require.Equal(t, []string{restore.LoadFailed}, codes(w.tried()))

	conn, err := pgx.Connect(ctx, pgtest.Server(t).URL("postgres"))
	require.NoError(t, err)
	defer conn.Close(ctx)
	left := -1
	require.NoError(t, conn.QueryRow(ctx, `select count(*) from pg_database where datname like 'vinhdanh\_trial\_%'`).Scan(&left))
	require.Zero(t, left)
}
