package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

const (
	dirMode   = 0o700
	tempDir   = "tmp"
	tempGlob  = "put-*"
	tempStale = 24 * time.Hour // no upload lasts this long; older ones are crash leftovers
)

// Folder is a Store in a directory: <root>/sha256/ab/cdef… for content and
// <root>/tmp for uploads under way. Directories are 0700, files 0600.
type Folder struct {
	root string
	max  int64 // bytes; 0: no limit
}

var _ Store = (*Folder)(nil)

// Option sets something of a Folder.
type Option func(*Folder)

// WithMaxSize refuses content of more than n bytes with CodeTooLarge.
func WithMaxSize(n int64) Option { return func(f *Folder) { f.max = n } }

// OpenFolder makes the directory if needed and clears what uploads of a day
// ago left behind when a process died.
func OpenFolder(root string, opts ...Option) (*Folder, error) {
	abs, err := filepath.Abs(root)
	if err != nil {
		return nil, fail(CodeStorage, "", err)
	}
	f := &Folder{root: abs}
	for _, o := range opts {
		o(f)
	}
	for _, d := range []string{tempDir, keyPrefix} {
		if err := os.MkdirAll(filepath.Join(abs, d), dirMode); err != nil {
			return nil, fail(CodeStorage, "", err)
		}
	}
	return f, f.clearStale(time.Now())
}

// clearStale removes temporary files not written to since tempStale before now.
func (f *Folder) clearStale(now time.Time) error {
	names, err := filepath.Glob(filepath.Join(f.root, tempDir, tempGlob))
	if err != nil {
		return fail(CodeStorage, "", err)
	}
	for _, n := range names {
		st, err := os.Stat(n)
		if err == nil && now.Sub(st.ModTime()) > tempStale {
			err = os.Remove(n)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fail(CodeStorage, "", err)
		}
	}
	return nil
}

// Put implements Store: a temporary file, synced, then renamed into place, and
// the directories synced, so that a crash leaves either nothing or all of it.
func (f *Folder) Put(ctx context.Context, key string, r io.Reader) (info Info, err error) {
	if key != "" {
		if _, err := HashOf(key); err != nil {
			return Info{}, err
		}
	}
	t, err := os.CreateTemp(filepath.Join(f.root, tempDir), tempGlob) // 0600
	if err != nil {
		return Info{}, fail(CodeStorage, key, err)
	}
	defer func() {
		if err != nil {
			_ = t.Close()
			_ = os.Remove(t.Name())
		}
	}()
	if info, err = f.receive(ctx, t, key, r); err != nil {
		return Info{}, err
	}
	if key != "" && key != info.Key {
		return Info{}, fail(CodeMismatch, key, nil)
	}
	if err = f.settle(t, info.Key); err != nil {
		return Info{}, fail(CodeStorage, info.Key, err)
	}
	return info, nil
}

// receive copies r into t while hashing, within the size limit.
func (f *Folder) receive(ctx context.Context, t *os.File, key string, r io.Reader) (Info, error) {
	r = &ctxReader{ctx, r}
	if f.max > 0 {
		r = io.LimitReader(r, f.max+1)
	}
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(t, h), r)
	if err != nil {
		return Info{}, fail(CodeStorage, key, err)
	}
	if f.max > 0 && n > f.max {
		return Info{}, fail(CodeTooLarge, key, nil)
	}
	sum := hex.EncodeToString(h.Sum(nil))
	k, err := KeyOf(sum)
	return Info{Key: k, SHA256: sum, Size: n}, err
}

// settle makes the temporary file permanent under key. Renaming over an equal
// file is harmless, and repairs one that had rotted.
func (f *Folder) settle(t *os.File, key string) error {
	if err := t.Sync(); err != nil {
		return err
	}
	if err := t.Close(); err != nil {
		return err
	}
	path := f.path(key)
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, dirMode); err != nil {
		return err
	}
	if err := os.Rename(t.Name(), path); err != nil {
		return err
	}
	for _, d := range []string{dir, filepath.Dir(dir), f.root} {
		if err := syncDir(d); err != nil {
			return err
		}
	}
	return nil
}

// Get implements Store.
func (f *Folder) Get(ctx context.Context, key string) (io.ReadCloser, error) {
	want, err := HashOf(key)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(f.path(key))
	if err != nil {
		return nil, readError(key, err)
	}
	h := sha256.New()
	if _, err = io.Copy(h, &ctxReader{ctx, file}); err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err == nil && hex.EncodeToString(h.Sum(nil)) != want {
		_ = file.Close()
		return nil, fail(CodeCorrupt, key, nil)
	}
	if err != nil {
		_ = file.Close()
		return nil, fail(CodeStorage, key, err)
	}
	return file, nil
}

// Exists implements Store.
func (f *Folder) Exists(_ context.Context, key string) (bool, error) {
	if _, err := HashOf(key); err != nil {
		return false, err
	}
	_, err := os.Stat(f.path(key))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fail(CodeStorage, key, err)
	}
	return true, nil
}

// Delete implements Store; the removal itself is synced.
func (f *Folder) Delete(_ context.Context, key string) error {
	if _, err := HashOf(key); err != nil {
		return err
	}
	path := f.path(key)
	err := os.Remove(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = syncDir(filepath.Dir(path))
	}
	if err != nil {
		return fail(CodeStorage, key, err)
	}
	return nil
}

// path is only called with a key that HashOf accepted.
func (f *Folder) path(key string) string { return filepath.Join(f.root, filepath.FromSlash(key)) }

func readError(key string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fail(CodeNotFound, key, err)
	}
	return fail(CodeStorage, key, err)
}

// syncDir makes a rename or removal in dir survive a power cut.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	return errors.Join(err, d.Close())
}

// ctxReader stops a long copy when the request is given up.
type ctxReader struct {
	ctx context.Context
	r   io.Reader
}

func (c *ctxReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
