package evidence

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// Limits of a bundle. Files are stored, not compressed: what is small stays
// small when it is opened, and no compressor's version changes the bytes.
const (
	MaxBytes = 1 << 30 // of a whole bundle
	maxFiles = 20_000
	maxJSON  = 256 << 20 // of one JSON file
)

// file is one entry of a bundle.
type file struct {
	name string
	data []byte
}

// writeZip writes the files in the given order in the canonical form: stored, no
// times, no flags, no extra fields.
func writeZip(w io.Writer, files []file) error {
	z := zip.NewWriter(w)
	for _, f := range files {
		head := &zip.FileHeader{
			Name: f.name, Method: zip.Store, CRC32: crc32.ChecksumIEEE(f.data),
			CompressedSize64: uint64(len(f.data)), UncompressedSize64: uint64(len(f.data)),
		}
		out, err := z.CreateRaw(head)
		if err != nil {
			return fmt.Errorf("evidence: zip %s: %w", f.name, err)
		}
		if _, err := out.Write(f.data); err != nil {
			return fmt.Errorf("evidence: zip %s: %w", f.name, err)
		}
	}
	return z.Close()
}

// readZip opens a bundle's files without copying them, and compares every byte
// of the archive with what writeZip makes of them.
func readZip(data []byte) ([]file, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fault(faultZip)
	}
	if len(z.File) > maxFiles {
		return nil, fault(faultZip)
	}
	files := make([]file, 0, len(z.File))
	seen := make(map[string]bool, len(z.File))
	for _, f := range z.File {
		body, err := stored(data, f)
		if err != nil {
			return nil, fault(faultFile, printable(f.Name))
		}
		if f.Name == "" || seen[f.Name] {
			return nil, fault(faultFile, printable(f.Name))
		}
		seen[f.Name] = true
		files = append(files, file{f.Name, body})
	}
	same := &comparer{want: data}
	if err := writeZip(same, files); err != nil || same.at != len(data) {
		if same.name(files) == "" {
			return nil, fault(faultZip)
		}
		return nil, fault(faultByte, same.at, same.name(files))
	}
	return files, nil
}

// stored returns the bytes of an entry where they lie.
func stored(data []byte, f *zip.File) ([]byte, error) {
	at, err := f.DataOffset()
	size := f.UncompressedSize64
	if err != nil || f.Method != zip.Store || f.CompressedSize64 != size {
		return nil, errors.New("not stored")
	}
	if at < 0 || at > int64(len(data)) || size > uint64(int64(len(data))-at) {
		return nil, errors.New("outside the archive")
	}
	return data[at : at+int64(size) : at+int64(size)], nil
}

// comparer is a writer that fails at the first byte that differs.
type comparer struct {
	want []byte
	at   int
}

var errDiffers = errors.New("differs")

func (c *comparer) Write(p []byte) (int, error) {
	rest := c.want[c.at:]
	n := min(len(p), len(rest))
	if !bytes.Equal(p[:n], rest[:n]) {
		for i := range n {
			if p[i] != rest[i] {
				c.at += i
				return i, errDiffers
			}
		}
	}
	c.at += n
	if n < len(p) {
		return n, errDiffers
	}
	return n, nil
}

// name tells in which file, or before which file's end, the difference lies.
func (c *comparer) name(files []file) string {
	end := 0
	for _, f := range files {
		end += localHeader + len(f.name) + len(f.data)
		if c.at < end {
			return printable(f.name)
		}
	}
	if len(files) == 0 || c.at >= len(c.want) {
		return ""
	}
	return "zip directory"
}

// localHeader is the length of a local file header without its name (APPNOTE 4.3.7).
const localHeader = 30

// printable bounds a name that a stranger chose.
func printable(name string) string {
	if len(name) > 80 {
		name = name[:80]
	}
	return fmt.Sprintf("%q", name)
}

// looksLikeZip tells a bundle from another file early.
func looksLikeZip(data []byte) bool {
	return len(data) >= 4 && binary.LittleEndian.Uint32(data) == 0x04034b50
}
