package restore

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Backup is a file of the folder.
type Backup struct {
	Name string    `json:"name"`
	Size int64     `json:"size"`
	Made time.Time `json:"made"` // when the file was written last
	path string
}

// Newest is the dump that was written last, nil where there is none. Other files are
// passed over.
func Newest(dir string) (*Backup, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, errors.New("restore: the folder of back-ups cannot be read")
	}
	var out *Backup
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || !dump(e.Name()) {
			continue
		}
		if out == nil || info.ModTime().After(out.Made) {
			out = &Backup{Name: e.Name(), Size: info.Size(), Made: info.ModTime().UTC(), path: filepath.Join(dir, e.Name())}
		}
	}
	return out, nil
}

func dump(name string) bool {
	for _, end := range []string{".dump", ".sql", ".sql.gz"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}
