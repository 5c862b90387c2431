package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
)

// lawFolder is a directory that holds the built-in data.
func lawFolder(t *testing.T) (dir string, edit func(file, from, to string)) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range law.Default().Files() {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir, func(file, from, to string) {
		t.Helper()
		raw, err := os.ReadFile(filepath.Join(dir, file))
		require.NoError(t, err)
		require.Contains(t, string(raw), from)
		require.NoError(t, os.WriteFile(filepath.Join(dir, file), []byte(strings.Replace(string(raw), from, to, 1)), 0o600))
	}
}

// A directory of law data that is changed on a running instance holds for what is
// received from then on; open cases keep theirs and say which; data that do not fit
// change nothing and are said so.
func TestAChangedLawDirectoryHoldsFromThenOn(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	dir, edit := lawFolder(t)
	other := *w.App // another process on the same directory
	w.Folder, other.Folder = &LawFolder{Dir: dir}, &LawFolder{Dir: dir}
	look := func(a *App) { require.NoError(t, a.LookAtLawFolder(ctx)) }
	status := func() LawStatus {
		v, err := w.LawStatus(ctx, w.as("hg-auditor"))
		require.NoError(t, err)
		return v
	}
	look(w.App)
	look(&other)
	before := w.sent(t)["CSTDT"]

	edit("money.yaml", "from: 2023-07-01, dong: 1800000", "from: 2023-07-01, dong: 1900000")
	look(w.App)
	assert.Equal(t, law.Default().Hash(), w.law().Hash(), "it may still be being copied")
	look(w.App)
	now := w.law().Hash()
	assert.NotEqual(t, law.Default().Hash(), now)
	look(&other)
	look(&other)
	look(w.App)
	v := status()
	require.Len(t, v.Versions, 1, "once, whoever saw it first")
	assert.Equal(t, []string{now, FolderActor, "2023-11-20"}, []string{v.Versions[0].Hash, v.Versions[0].Actor, v.Versions[0].ValidFrom.Format("2006-01-02")})
	after := w.sent(t)["CSTDT"]
	old, err := w.Proposal(ctx, w.as("hg-auditor"), before.ID, false)
	require.NoError(t, err)
	assert.Equal(t, []string{law.Default().Hash(), now}, []string{old.LawHash, after.LawHash})
	hashes := map[string]bool{}
	for _, u := range status().Uses {
		hashes[u.Hash] = true
	}
	assert.Equal(t, map[string]bool{law.Default().Hash(): true, now: true}, hashes)

	edit("papers.yaml", "papers:\n", "papers:\n  - {cod: X}\n")
	look(w.App)
	look(w.App)
	v = status()
	assert.Equal(t, now, v.InForce.Hash)
	require.NotEmpty(t, v.Folder.Problems)
	assert.Contains(t, v.Folder.Problems[0].VI, "papers.yaml")
	var h Health
	w.lawHealth(&h)
	assert.Equal(t, HealthWarning, h.Parts[0].State)

	edit("papers.yaml", "papers:\n  - {cod: X}\n", "papers:\n")
	look(w.App)
	look(w.App)
	v = status()
	assert.Empty(t, v.Folder.Problems)
	assert.Equal(t, now, v.InForce.Hash)
	edit("money.yaml", "dong: 1900000", "dong: 1800000")
	look(w.App)
	look(w.App)
	assert.Equal(t, law.Default().Hash(), status().InForce.Hash, "back again, on record")
	edit("money.yaml", "dong: 1800000", "dong: 1900000")
	w.Folder = &LawFolder{Dir: dir} // changed while nobody followed it
	look(w.App)
	look(w.App)
	assert.Equal(t, now, status().InForce.Hash)
	edit("money.yaml", "dong: 1900000", "dong: 1800000")
	look(w.App)
	look(w.App)
	require.NoError(t, os.RemoveAll(dir))
	look(w.App)
	look(w.App)
	v = status()
	assert.Equal(t, law.Default().Hash(), v.InForce.Hash)
	assert.NotEmpty(t, v.Folder.Problems)
}

// A directory that lost a rule for every award is taken up, and it is on record and shown
// what went with it.
func TestALawDirectoryThatLostARule(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	dir, edit := lawFolder(t)
	w.Folder = &LawFolder{Dir: dir}
	require.NoError(t, w.LookAtLawFolder(ctx))
	edit("criteria-global.yaml", "criteria: [NOT_ON_HOLD, NOT_REWARDED_TWICE,", "criteria: [NOT_ON_HOLD,")
	for range 2 {
		require.NoError(t, w.LookAtLawFolder(ctx))
	}
	v, err := w.LawStatus(ctx, w.as("hg-auditor"))
	require.NoError(t, err)
	require.Len(t, v.Folder.Vanished, 1)
	assert.Contains(t, v.Folder.Vanished[0].VI, "Thành tích này chưa được khen thưởng")
	require.Len(t, v.Versions, 1)
	assert.Contains(t, v.Versions[0].Note, v.Folder.Vanished[0].VI)
	var h Health
	w.lawHealth(&h)
	assert.Equal(t, HealthWarning, h.Parts[0].State)
}
