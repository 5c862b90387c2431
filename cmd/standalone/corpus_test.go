package main

import (
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/keys"
)

// recordCorpus names the variable that has the tests of this package write the
// histories they make to ../../workflows/testdata, where workflows replays them
// ever after. Record once per released version: VINHDANH_RECORD=v1 go test -run Cost.
const recordCorpus = "VINHDANH_RECORD"

// recordedCase is one history as exported, with the key and ring to read it. The
// people in it are invented.
type recordedCase struct {
	Case        string          `json:"case"`
	Key         string          `json:"key"` // base64
	Ring        string          `json:"ring"`
	Root        string          `json:"root"`
	Fingerprint string          `json:"fingerprint"`
	History     json.RawMessage `json:"history"` // protobuf JSON, payloads encrypted
}

var recording sync.Mutex

// keepForCorpus writes closed cases when asked to; the first one of a test gives
// its name to all.
func keepForCorpus(w *town, cases ...string) {
	version := os.Getenv(recordCorpus)
	if version == "" {
		return
	}
	recording.Lock()
	defer recording.Unlock()
	folder := keys.Folder(w.path("keys"))
	ring, root, err := folder.SignedRing()
	require.NoError(w.t, err)
	fingerprint, err := folder.Fingerprint()
	require.NoError(w.t, err)
	for _, id := range cases {
		history, err := w.app.History(w.ctx, w.who("hg-auditor"), id)
		require.NoError(w.t, err)
		key, err := w.app.Keys.Key(id, false)
		require.NoError(w.t, err)
		kind, _, _ := strings.Cut(id, "/")
		name := strings.Join([]string{version, kind, strings.ToLower(strings.TrimPrefix(w.t.Name(), "Test"))}, "-") + ".json.gz"
		w.write(filepath.Join("..", "..", "workflows", "testdata", name), recordedCase{
			Case: id, Key: base64.StdEncoding.EncodeToString(key), Ring: ring, Root: root, Fingerprint: fingerprint, History: history,
		})
	}
}

func (w *town) write(path string, c recordedCase) {
	require.NoError(w.t, os.MkdirAll(filepath.Dir(path), 0o755))
	f, err := os.Create(path)
	require.NoError(w.t, err)
	defer f.Close()
	z := gzip.NewWriter(f)
	require.NoError(w.t, json.NewEncoder(z).Encode(c))
	require.NoError(w.t, z.Close())
}
