package evidence

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// recorded is a bundle of the corpus: the same bytes in every process of a fuzz.
func recorded(t testing.TB) []byte {
	files, err := filepath.Glob(filepath.Join("testdata", "corpus", "issued-*.zip"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	data, err := os.ReadFile(files[0])
	require.NoError(t, err)
	return data
}

// fuzzTime is far more than any verification of a fuzzed bundle takes.
const fuzzTime = 20 * time.Second

func FuzzVerify(f *testing.F) {
	data := recorded(f)
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, b []byte) {
		ctx, cancel := context.WithTimeout(context.Background(), fuzzTime)
		defer cancel()
		r, err := Verify(ctx, b, Options{})
		require.NoError(t, err)
		if r.OK && !bytes.Equal(b, data) {
			t.Fatal(fmt.Sprint("another bundle passes: ", len(b)))
		}
	})
}

// The parts that a fuzzer never reaches through the hashes.
func FuzzHistory(f *testing.F) {
	bundle, err := Open(recorded(f))
	require.NoError(f, err)
	ring, _, err := bundle.ring("")
	require.NoError(f, err)
	f.Add(bundle.HistoryJSON())
	f.Add([]byte(`{"events":[{"eventId":"1","eventType":"EVENT_TYPE_WORKFLOW_EXECUTION_STARTED"}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		ctx, cancel := context.WithTimeout(context.Background(), fuzzTime)
		defer cancel()
		files := maps.Clone(bundle.files)
		files[nameHistory] = b
		v := &verifier{ctx: ctx, ring: ring, bundle: &Bundle{Manifest: bundle.Manifest, Attempts: bundle.Attempts, files: files}}
		for _, s := range steps[2:] {
			select {
			case o := <-s.begin(v):
				if o.err != nil && s.base {
					return
				}
			case <-ctx.Done():
				t.Fatal(s.name + " does not end")
			}
		}
	})
}
