// Package officetest changes Word files as an editor would, for tests of what comes back
// from one.
package officetest

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/require"
)

// Edit changes the body of a .docx; a change that finds nothing to change fails the test.
func Edit(t testing.TB, content []byte, change func(xml string) string) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	require.NoError(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		part, err := f.Open()
		require.NoError(t, err)
		b, err := io.ReadAll(part)
		require.NoError(t, err)
		if f.Name == "word/document.xml" {
			before := string(b)
			b = []byte(change(before))
			require.NotEqual(t, before, string(b), "the change found nothing to change")
		}
		to, err := w.Create(f.Name)
		require.NoError(t, err)
		_, err = to.Write(b)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}
