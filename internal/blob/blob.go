// Package blob keeps files: attachments, decisions as PDF, archived bundles.
//
// The model is content addressing. A file's key is made of its SHA-256
// ("sha256/ab/cdef…"), so a key says what the content must be, the same
// content is stored once, and nothing stored can be replaced by something
// else without the reader noticing: every Get verifies the hash before it
// hands out the first byte. Names, owners and permissions are not here; they
// are rows in PostgreSQL that refer to keys.
//
// Because equal content shares one key, whoever deletes must first know that
// no other row refers to it. Delete exists for erasure only.
//
// Folder is the implementation on a local or mounted directory. Another
// implementation passes the same contract by giving the same errors (see
// Code) for the same situations.
package blob

import (
	"context"
	"encoding/hex"
	"io"
	"strings"
)

// Info describes stored content.
type Info struct {
	Key    string `json:"key"`    // content-addressed, see KeyOf
	SHA256 string `json:"sha256"` // 64 lower-case hex digits
	Size   int64  `json:"size"`   // bytes
}

// Store keeps content under its hash. All methods are safe for concurrent use
// by many goroutines and processes and return an *Error.
type Store interface {
	// Put reads r to its end and stores it durably: when it returns without
	// error the content survives a power cut. An empty key lets the store name
	// the content; a key that is not the content's own fails with CodeMismatch
	// and stores nothing. Putting content that is already there is no error.
	Put(ctx context.Context, key string, r io.Reader) (Info, error)
	// Get opens content whose hash has been verified; the caller closes it.
	// CodeNotFound when absent, CodeCorrupt when the bytes are not the key's.
	Get(ctx context.Context, key string) (io.ReadCloser, error)
	// Exists tells whether something is stored under key, without reading it.
	Exists(ctx context.Context, key string) (bool, error)
	// Delete removes content for good (erasure). Absent content is no error,
	// so that an interrupted erasure can be repeated.
	Delete(ctx context.Context, key string) error
}

const (
	keyPrefix = "sha256/"
	hexLen    = 64
)

// KeyOf gives the key of content with this SHA-256 (64 hex digits, any case):
// "sha256/", two digits, "/", the other 62.
func KeyOf(sha256Hex string) (string, error) {
	h := strings.ToLower(sha256Hex)
	if b, err := hex.DecodeString(h); err != nil || len(b)*2 != hexLen {
		return "", fail(CodeKey, "", nil)
	}
	return keyPrefix + h[:2] + "/" + h[2:], nil
}

// HashOf is the inverse of KeyOf. Anything that is not exactly a key KeyOf
// could have made is refused with CodeKey, so a key can never leave the store
// (no "..", no absolute path, no other separator, no upper case).
func HashOf(key string) (string, error) {
	rest, ok := strings.CutPrefix(key, keyPrefix)
	if !ok || len(rest) != hexLen+1 || rest[2] != '/' {
		return "", fail(CodeKey, key, nil)
	}
	h := rest[:2] + rest[3:]
	for _, c := range []byte(h) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return "", fail(CodeKey, key, nil)
		}
	}
	return h, nil
}
