package evidence

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

// repack changes files of a bundle and makes it consistent again in itself.
func repack(t *testing.T, data []byte, change func(files map[string][]byte, m *Manifest)) []byte {
	t.Helper()
	b, err := Open(data)
	require.NoError(t, err)
	m := b.Manifest
	change(b.files, &m)
	delete(b.files, nameManifest)
	var files []file
	for name, body := range b.files {
		files = append(files, file{name, body})
	}
	order(files)
	m.Files = nil
	for _, f := range files {
		m.Files = append(m.Files, File{f.name, sum(f.data), int64(len(f.data))})
	}
	head, err := encode(m)
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, writeZip(&out, append(files, file{nameManifest, head})))
	return out.Bytes()
}

func TestAttacksOnTheFile(t *testing.T) {
	t.Parallel()
	w := commendation(t)
	data := w.bundle()
	mallory := w.signer("root")
	tests := []struct {
		name, check, code string
		opts              Options
		do                func(map[string][]byte, *Manifest)
	}{
		{"wrong fingerprint", "keyring", faultRoot, Options{ExpectFingerprint: mallory.KeyID}, func(map[string][]byte, *Manifest) {}},
		{"other bundle than archived", "bytes", faultWhole, Options{ExpectSHA256: sum([]byte("x"))}, func(map[string][]byte, *Manifest) {}},
		{"another root", "keyring", faultRoot, Options{ExpectFingerprint: w.fingerprint()}, func(f map[string][]byte, m *Manifest) {
			signed, err := envelope.SignRing(w.ring, mallory)
			require.NoError(t, err)
			f[nameRing], f[nameRoot], m.Root = []byte(signed), []byte(mallory.Public().Public), mallory.KeyID
		}},
		{"ring not of the root", "keyring", faultRing, Options{}, func(f map[string][]byte, _ *Manifest) {
			signed, err := envelope.SignRing(w.ring, mallory)
			require.NoError(t, err)
			f[nameRing] = []byte(signed)
		}},
		{"installation", "keyring", faultManifest, Options{}, func(_ map[string][]byte, m *Manifest) { m.Installation = "inst-2" }},
		{"case", "bytes", faultManifest, Options{}, func(_ map[string][]byte, m *Manifest) { m.Case = "council/p1" }},
		{"run", "history", faultManifest, Options{}, func(_ map[string][]byte, m *Manifest) { m.Run = "x" }},
		{"format", "bytes", faultUnsupported, Options{}, func(_ map[string][]byte, m *Manifest) { m.Format = 2 }},
		{"a file too many", "bytes", faultFile, Options{}, func(f map[string][]byte, _ *Manifest) { f["readme.txt"] = nil }},
		{"no trail", "bytes", faultMissing, Options{}, func(f map[string][]byte, _ *Manifest) { delete(f, nameTrail) }},
		{"a field twice", "bytes", faultJSON, Options{}, func(f map[string][]byte, _ *Manifest) {
			f[nameTrail] = bytes.Replace(f[nameTrail], []byte(`"number": 1,`), []byte(`"number": 2, "number": 1,`), 1)
		}},
		{"no history", "history", faultJSON, Options{}, func(f map[string][]byte, _ *Manifest) { f[nameHistory] = []byte("[]") }},
		{"no case key", "history", faultKey, Options{}, func(f map[string][]byte, _ *Manifest) { f[nameCaseKey] = nil }},
		{"document under another's hash", "documents", faultHash, Options{}, func(f map[string][]byte, _ *Manifest) {
			f[dirDocuments+sum([]byte("biên bản huyện"))] = []byte("khác")
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			found(t, verified(t, repack(t, data, tt.do), tt.opts), tt.check, tt.code)
		})
	}
}

// A bundle that an attacker made whole with keys of his own holds in itself; that
// is why the report names the root and asks for its fingerprint.
func TestSelfDeclared(t *testing.T) {
	t.Parallel()
	r := verified(t, commendation(t).bundle(), Options{})
	require.True(t, r.OK)
	require.True(t, r.SelfDeclared)
	require.Contains(t, r.En, "only what the bundle itself declares")
	require.Contains(t, r.Vi, "hãy đối chiếu với dấu vân đã công bố")
}

// Every single byte of a bundle is covered, headers of the zip included.
func TestEveryFlippedByteIsFound(t *testing.T) {
	t.Parallel()
	data := commendation(t).bundle()
	for i := range data {
		data[i] ^= 1 << (i % 8)
		_, err := Open(data)
		require.Error(t, err, "byte %d", i)
		data[i] ^= 1 << (i % 8)
	}
	for _, cut := range []int{0, 1, len(data) / 2, len(data) - 1} {
		_, err := Open(data[:cut])
		require.Error(t, err)
	}
	_, err := Open(append(slices.Clone(data), 0))
	require.Error(t, err)
	_, err = Open(append([]byte{0}, data...))
	require.Error(t, err)
}

func TestASVS_11_2_2_RevokedKey(t *testing.T) {
	t.Parallel()
	w := commendation(t)
	after, before := w.h.now.Add(time.Hour), began
	w.ring.Keys[0].Revoked = &after
	r := verified(t, w.bundle(), Options{})
	require.True(t, r.OK, r.En)
	require.Len(t, r.Notes, 1)
	w.ring.Keys[0].Revoked = &before
	found(t, verified(t, w.bundle(), Options{}), "signatures", faultSignature)
}

func TestVerifyEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := Verify(ctx, commendation(t).bundle(), Options{})
	require.ErrorIs(t, err, context.Canceled)
}
