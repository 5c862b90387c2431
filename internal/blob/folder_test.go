package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"
)

func open(t *testing.T, opts ...Option) *Folder {
	t.Helper()
	f, err := OpenFolder(filepath.Join(t.TempDir(), "blobs"), opts...)
	require.NoError(t, err)
	return f
}

func sum(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

// temps lists uploads that were left behind.
func temps(t *testing.T, f *Folder) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(f.root, tempDir, "*"))
	require.NoError(t, err)
	return names
}

func TestPutGetDelete(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := open(t)
	for _, content := range []string{"", "Quyết định 1", strings.Repeat("x", 1<<20)} {
		info, err := f.Put(ctx, "", strings.NewReader(content))
		require.NoError(t, err)
		require.Equal(t, sum(content), info.SHA256)
		require.Equal(t, int64(len(content)), info.Size)
		require.Equal(t, "sha256/"+info.SHA256[:2]+"/"+info.SHA256[2:], info.Key)

		again, err := f.Put(ctx, info.Key, strings.NewReader(content))
		require.NoError(t, err)
		require.Equal(t, info, again)

		r, err := f.Get(ctx, info.Key)
		require.NoError(t, err)
		got, err := io.ReadAll(r)
		require.NoError(t, err)
		require.NoError(t, r.Close())
		require.Equal(t, content, string(got))

		require.NoError(t, f.Delete(ctx, info.Key))
		require.NoError(t, f.Delete(ctx, info.Key), "erasure can be repeated")
		ok, err := f.Exists(ctx, info.Key)
		require.NoError(t, err)
		require.False(t, ok)
		_, err = f.Get(ctx, info.Key)
		require.Equal(t, CodeNotFound, CodeOf(err))
		require.ErrorIs(t, err, fs.ErrNotExist)
	}
	require.Empty(t, temps(t, f))
}

func TestModes(t *testing.T) {
	t.Parallel()
	f := open(t)
	_, err := f.Put(context.Background(), "", strings.NewReader("riêng tư"))
	require.NoError(t, err)
	require.NoError(t, filepath.WalkDir(f.root, func(p string, d fs.DirEntry, err error) error {
		require.NoError(t, err)
		st, err := d.Info()
		require.NoError(t, err)
		want := fs.FileMode(0o600)
		if d.IsDir() {
			want = 0o700
		}
		require.Equal(t, want, st.Mode().Perm(), p)
		return nil
	}))
}

func TestKeys(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := open(t)
	h := sum("a")
	bad := []string{
		"../../etc/passwd", "/etc/passwd", "sha256/../../x", "sha256/" + h, "md5/" + h[:2] + "/" + h[2:],
		"sha256/" + strings.ToUpper(h[:2]) + "/" + strings.ToUpper(h[2:]), "sha256/" + h[:2] + "/" + h[2:] + "0",
		"sha256/" + h[:2] + "/" + h[2:63] + "/", "sha256/" + h[:2] + "\\" + h[2:], "sha256/../" + h[3:], "tmp/put-1",
		"sha256/" + h[:2] + "/" + h[2:62] + "\x00a", " ",
	}
	for _, k := range bad {
		_, err := HashOf(k)
		require.Equal(t, CodeKey, CodeOf(err), k)
		_, err = f.Put(ctx, k, strings.NewReader("a"))
		require.Equal(t, CodeKey, CodeOf(err), k)
		_, err = f.Get(ctx, k)
		require.Equal(t, CodeKey, CodeOf(err), k)
		_, err = f.Exists(ctx, k)
		require.Equal(t, CodeKey, CodeOf(err), k)
		require.Equal(t, CodeKey, CodeOf(f.Delete(ctx, k)), k)
	}
	k, err := KeyOf(strings.ToUpper(h))
	require.NoError(t, err)
	back, err := HashOf(k)
	require.NoError(t, err)
	require.Equal(t, h, back)
	for _, s := range []string{"", "zz", h[:63], h + "00"} {
		_, err := KeyOf(s)
		require.Equal(t, CodeKey, CodeOf(err), s)
	}
}

func TestRefusedContentLeavesNothing(t *testing.T) {
	t.Parallel()
	f := open(t, WithMaxSize(8))
	other, err := KeyOf(sum("khác"))
	require.NoError(t, err)
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	broken := errors.New("line cut")
	cases := []struct {
		name string
		ctx  context.Context
		key  string
		r    io.Reader
		code Code
		is   error
	}{
		{"too large", context.Background(), "", strings.NewReader("123456789"), CodeTooLarge, nil},
		{"not the key's content", context.Background(), other, strings.NewReader("a"), CodeMismatch, nil},
		{"upload breaks off", context.Background(), "", io.MultiReader(strings.NewReader("ab"), iotest.ErrReader(broken)), CodeStorage, broken},
		{"given up", cancelled, "", strings.NewReader("a"), CodeStorage, context.Canceled},
	}
	for _, c := range cases {
		_, err := f.Put(c.ctx, c.key, c.r)
		require.Equal(t, c.code, CodeOf(err), c.name)
		if c.is != nil {
			require.ErrorIs(t, err, c.is, c.name)
		}
		require.Empty(t, temps(t, f), c.name)
	}
	entries, err := os.ReadDir(filepath.Join(f.root, "sha256"))
	require.NoError(t, err)
	require.Empty(t, entries)
	_, err = f.Put(context.Background(), "", strings.NewReader("12345678"))
	require.NoError(t, err, "exactly the limit is allowed")
}

func TestCorruptContentIsNotServedAndCanBeRepaired(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := open(t)
	info, err := f.Put(ctx, "", strings.NewReader("Bằng khen"))
	require.NoError(t, err)
	for _, damage := range []string{"Bằng khem", "Bằng khe", ""} {
		require.NoError(t, os.WriteFile(f.path(info.Key), []byte(damage), 0o600))
		r, err := f.Get(ctx, info.Key)
		require.Nil(t, r)
		require.Equal(t, CodeCorrupt, CodeOf(err))
	}
	_, err = f.Put(ctx, info.Key, strings.NewReader("Bằng khen"))
	require.NoError(t, err)
	r, err := f.Get(ctx, info.Key)
	require.NoError(t, err)
	require.NoError(t, r.Close())
}

func TestCrashLeftovers(t *testing.T) {
	t.Parallel()
	f := open(t)
	old := filepath.Join(f.root, tempDir, "put-1")
	fresh := filepath.Join(f.root, tempDir, "put-2")
	for _, p := range []string{old, fresh} {
		require.NoError(t, os.WriteFile(p, []byte("half"), 0o600))
	}
	past := time.Now().Add(-2 * tempStale)
	require.NoError(t, os.Chtimes(old, past, past))
	g, err := OpenFolder(f.root)
	require.NoError(t, err)
	require.Equal(t, []string{fresh}, temps(t, g), "another process may still be writing the fresh one")
	k, err := KeyOf(sum("half"))
	require.NoError(t, err)
	ok, err := g.Exists(context.Background(), k)
	require.NoError(t, err)
	require.False(t, ok)
}

func TestConcurrentPutsOfTheSameContent(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := open(t)
	content := bytes.Repeat([]byte("đồng thời"), 5000)
	var wg sync.WaitGroup
	errs := make(chan error, 64)
	for range 16 {
		wg.Go(func() {
			info, err := f.Put(ctx, "", bytes.NewReader(content))
			if err != nil {
				errs <- err
				return
			}
			r, err := f.Get(ctx, info.Key)
			if err != nil {
				errs <- err
				return
			}
			got, err := io.ReadAll(r)
			if err != nil || !bytes.Equal(got, content) {
				errs <- fmt.Errorf("read %d bytes: %w", len(got), err)
			}
			errs <- r.Close()
		})
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		require.NoError(t, err)
	}
	require.Empty(t, temps(t, f))
}

func TestDiskErrorsSurface(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := open(t)
	info, err := f.Put(ctx, "", strings.NewReader("a"))
	require.NoError(t, err)

	// A plain file where a directory must be fails for every user, root included.
	require.NoError(t, os.RemoveAll(filepath.Join(f.root, "sha256")))
	require.NoError(t, os.WriteFile(filepath.Join(f.root, "sha256"), nil, 0o600))
	_, err = f.Put(ctx, "", strings.NewReader("a"))
	require.Equal(t, CodeStorage, CodeOf(err))
	require.Empty(t, temps(t, f))
	_, err = f.Get(ctx, info.Key)
	require.Equal(t, CodeStorage, CodeOf(err), "a broken store is not an absent file")
	_, err = f.Exists(ctx, info.Key)
	require.Equal(t, CodeStorage, CodeOf(err))
	require.Equal(t, CodeStorage, CodeOf(f.Delete(ctx, info.Key)))

	require.NoError(t, os.RemoveAll(filepath.Join(f.root, tempDir)))
	_, err = f.Put(ctx, "", strings.NewReader("a"))
	require.Equal(t, CodeStorage, CodeOf(err))
	_, err = OpenFolder(filepath.Join(f.root, "sha256", "x"))
	require.Equal(t, CodeStorage, CodeOf(err))
}

func TestErrorTexts(t *testing.T) {
	t.Parallel()
	for _, c := range []Code{CodeKey, CodeNotFound, CodeCorrupt, CodeMismatch, CodeTooLarge, CodeStorage} {
		e := fail(c, "k", nil)
		require.NotEmpty(t, e.Text("vi"), c)
		require.NotEmpty(t, e.Text("en"), c)
		require.NotEqual(t, e.Text("vi"), e.Text("en"), c)
		require.Contains(t, e.Error(), string(c))
	}
	require.Equal(t, Code(""), CodeOf(errors.New("other")))
}
