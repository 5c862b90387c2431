package keys_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/keys"
)

var now = time.Date(2023, 11, 20, 8, 0, 0, 0, time.FixedZone("ICT", 7*3600))

func created(t *testing.T) (keys.Folder, string) {
	t.Helper()
	f := keys.Folder(filepath.Join(t.TempDir(), "deep", "keys"))
	require.NoError(t, f.Create(now))
	fp, err := f.Fingerprint()
	require.NoError(t, err)
	return f, fp
}

func TestCreate(t *testing.T) {
	t.Parallel()
	f, fp := created(t)
	ring, err := f.Ring(fp)
	require.NoError(t, err)
	require.NotEmpty(t, ring.Installation)
	require.Equal(t, 1, ring.Version)
	require.Len(t, ring.Keys, 3)
	for i, p := range []envelope.Purpose{envelope.PurposeApp, envelope.PurposeSession, envelope.PurposeIssuance} {
		s, err := f.Signer(p)
		require.NoError(t, err)
		require.Equal(t, p, s.Purpose)
		require.Equal(t, s.KeyID, ring.Keys[i].ID, "the file and the ring hold different keys")
		require.Equal(t, p, ring.Keys[i].Purpose)
		require.True(t, ring.Keys[i].Added.Equal(now))
	}
	root, err := f.Signer("root")
	require.NoError(t, err)
	require.Equal(t, fp, root.KeyID)
	_, found := ring.Key(root.KeyID)
	require.False(t, found, "the root stands in its own ring, as if it could sign acts")
	master, err := f.Master()
	require.NoError(t, err)
	require.Len(t, master, 32)
}

// TestSignedWithTheFiles: what a signer of the folder signs opens under its ring.
func TestSignedWithTheFiles(t *testing.T) {
	t.Parallel()
	f, fp := created(t)
	ring, err := f.Ring(fp)
	require.NoError(t, err)
	app, err := f.Signer(envelope.PurposeApp)
	require.NoError(t, err)
	jws, err := app.Sign(envelope.Act{Installation: ring.Installation, Nonce: "n1", Action: "decide"})
	require.NoError(t, err)
	o, err := ring.Open(envelope.Message{JWS: jws})
	require.NoError(t, err)
	require.Equal(t, envelope.PurposeApp, o.Key.Purpose)
}

func TestOwnerOnly(t *testing.T) {
	t.Parallel()
	f, _ := created(t)
	dir, err := os.Stat(string(f))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o700), dir.Mode().Perm())
	files, err := os.ReadDir(string(f))
	require.NoError(t, err)
	require.Len(t, files, 8)
	for _, e := range files {
		info, err := e.Info()
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm(), e.Name())
	}
}

// TestCreateAgain leaves a complete folder as it is, and completes one that a
// crash left without its ring; no key is ever made over another.
func TestCreateAgain(t *testing.T) {
	t.Parallel()
	f, fp := created(t)
	before := contents(t, f)
	require.NoError(t, f.Create(now.Add(time.Hour)))
	require.Equal(t, before, contents(t, f))

	for _, lost := range []string{"keyring.jws", "root.pub", "app.key"} {
		require.NoError(t, os.Remove(filepath.Join(string(f), lost)))
	}
	require.NoError(t, f.Create(now))
	after := contents(t, f)
	for _, kept := range []string{"root.key", "root.pub", "session.key", "issuance.key", "master.key"} {
		require.Equal(t, before[kept], after[kept], kept)
	}
	require.NotEqual(t, before["app.key"], after["app.key"])
	_, err := f.Ring(fp)
	require.NoError(t, err)
}

// TestCreateWithoutTheRoot: a lost ring of an installation whose root is offline
// is restored, not replaced by one that another root signed.
func TestCreateWithoutTheRoot(t *testing.T) {
	t.Parallel()
	f, _ := created(t)
	for _, gone := range []string{"keyring.jws", "root.key"} {
		require.NoError(t, os.Remove(filepath.Join(string(f), gone)))
	}
	before := contents(t, f)
	require.ErrorContains(t, f.Create(now), "restore keyring.jws")
	require.Equal(t, before, contents(t, f))
}

func contents(t *testing.T, f keys.Folder) map[string]string {
	t.Helper()
	out := map[string]string{}
	files, err := os.ReadDir(string(f))
	require.NoError(t, err)
	for _, e := range files {
		b, err := os.ReadFile(filepath.Join(string(f), e.Name()))
		require.NoError(t, err)
		out[e.Name()] = string(b)
	}
	return out
}

// TestFingerprint: only the configured root makes a ring trusted, whatever lies
// in the folder.
func TestFingerprint(t *testing.T) {
	t.Parallel()
	f, fp := created(t)
	other, otherFP := created(t)
	_, err := f.Ring(otherFP)
	require.ErrorContains(t, err, fp)
	require.ErrorContains(t, err, otherFP)
	_, err = f.Ring("")
	require.Error(t, err, "no fingerprint was configured")

	foreign, err := os.ReadFile(filepath.Join(string(other), "keyring.jws"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(string(f), "keyring.jws"), foreign, 0o600))
	_, err = f.Ring(fp)
	require.ErrorContains(t, err, "not signed by the configured root")
}

func TestAdd(t *testing.T) {
	t.Parallel()
	f, fp := created(t)
	old, err := f.Ring(fp)
	require.NoError(t, err)
	s, err := f.Add("integration/school-portal", now.Add(time.Hour))
	require.NoError(t, err)
	ring, err := f.Ring(fp)
	require.NoError(t, err)
	require.True(t, ring.Extends(old))
	require.False(t, old.Extends(ring))
	require.Equal(t, 2, ring.Version)
	require.Len(t, ring.Keys, 4)
	k, ok := ring.Key(s.KeyID)
	require.True(t, ok)
	require.Equal(t, envelope.Purpose("integration/school-portal"), k.Purpose)
	for name, content := range contents(t, f) {
		require.NotContains(t, content, s.Seed(), "the outside system's private key stayed in %s", name)
	}
	signed, pub, err := f.SignedRing()
	require.NoError(t, err)
	parsed, err := envelope.ParseRing(signed, pub, fp)
	require.NoError(t, err)
	require.Equal(t, ring, parsed)
}

// TestAddNeedsTheRoot: once the root has left the machine nobody there can add a key.
func TestAddNeedsTheRoot(t *testing.T) {
	t.Parallel()
	f, fp := created(t)
	require.NoError(t, os.Remove(filepath.Join(string(f), "root.key")))
	_, err := f.Add("integration/x", now)
	require.ErrorContains(t, err, "offline root")
	ring, err := f.Ring(fp)
	require.NoError(t, err)
	require.Len(t, ring.Keys, 3)
}

func TestMissingFiles(t *testing.T) {
	t.Parallel()
	f := keys.Folder(t.TempDir())
	for name, read := range map[string]func() error{
		"app.key":     func() error { _, err := f.Signer(envelope.PurposeApp); return err },
		"master.key":  func() error { _, err := f.Master(); return err },
		"root.pub":    func() error { _, err := f.Fingerprint(); return err },
		"keyring.jws": func() error { _, err := f.Ring("x"); return err },
	} {
		err := read()
		require.ErrorIs(t, err, os.ErrNotExist)
		require.ErrorContains(t, err, name)
		require.ErrorContains(t, err, "vinhdanh keys create", "it does not say what to do")
	}
}

func TestBrokenFiles(t *testing.T) {
	t.Parallel()
	f, _ := created(t)
	for _, name := range []string{"app.key", "master.key", "root.pub"} {
		for _, broken := range []string{"", "!!", strings.Repeat("A", 20)} {
			require.NoError(t, os.WriteFile(filepath.Join(string(f), name), []byte(broken), 0o600))
			var err error
			switch name {
			case "app.key":
				_, err = f.Signer(envelope.PurposeApp)
			case "master.key":
				_, err = f.Master()
			default:
				_, err = f.Fingerprint()
			}
			require.Error(t, err, "%s with %q", name, broken)
			if broken != "" {
				require.NotContains(t, err.Error(), broken, "an error quotes a key file")
			}
		}
	}
}
