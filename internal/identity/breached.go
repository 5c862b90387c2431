package identity

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // the published lists are in SHA-1; nothing of ours is kept so
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"strings"
)

// Breached is a file of SHA-1 hashes of breached passwords, one a line in upper
// case and in order, each with ":count" behind it, as the Pwned Passwords list
// ("ordered by hash") is published. It is searched in place (ASVS 6.2.12).
type Breached struct {
	file *os.File
	size int64
}

// lineRoom holds one line and the rest of the one before it.
const lineRoom = 256

// OpenBreached opens a list and reads its first line.
func OpenBreached(path string) (*Breached, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("identity: list of breached passwords: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("identity: list of breached passwords: %w", err)
	}
	b := &Breached{file: f, size: info.Size()}
	if _, err := b.lineAt(0); err != nil {
		_ = f.Close() // it was only read
		return nil, fmt.Errorf("identity: %s is no list of SHA-1 hashes: %w", path, err)
	}
	return b, nil
}

// Has tells whether a password is in the list.
func (b *Breached) Has(password string) (bool, error) {
	sum := sha1.Sum([]byte(password)) //nolint:gosec // see above
	want := strings.ToUpper(hex.EncodeToString(sum[:]))
	low, high := int64(0), b.size // the line of want, if there is one, begins in [low, high)
	for low < high {
		mid := (low + high) / 2
		start, err := b.startAfter(mid)
		if err != nil {
			return false, err
		}
		if start >= high {
			high = mid
			continue
		}
		got, err := b.lineAt(start)
		if err != nil {
			return false, err
		}
		switch {
		case got == want:
			return true, nil
		case got < want:
			low = start + 1
		default:
			high = mid
		}
	}
	return false, nil
}

// startAfter is where the first line begins at or after an offset.
func (b *Breached) startAfter(at int64) (int64, error) {
	if at == 0 {
		return 0, nil
	}
	buf := make([]byte, lineRoom)
	n, err := b.file.ReadAt(buf, at-1)
	if err != nil && err != io.EOF {
		return 0, fmt.Errorf("identity: list of breached passwords: %w", err)
	}
	i := bytes.IndexByte(buf[:n], '\n')
	if i < 0 {
		return b.size, nil
	}
	return at + int64(i), nil
}

// lineAt reads the hash of the line that begins at an offset.
func (b *Breached) lineAt(at int64) (string, error) {
	buf := make([]byte, sha1.Size*2)
	if _, err := b.file.ReadAt(buf, at); err != nil {
		return "", fmt.Errorf("identity: list of breached passwords, at byte %d: %w", at, err)
	}
	if _, err := hex.Decode(make([]byte, sha1.Size), buf); err != nil {
		return "", fmt.Errorf("identity: list of breached passwords, at byte %d: %w", at, err)
	}
	return strings.ToUpper(string(buf)), nil
}
