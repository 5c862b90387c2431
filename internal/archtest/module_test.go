package archtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// module is this module's import path.
const module = "vinhdanh"

// pkg is what `go list` says of one package.
type pkg struct {
	ImportPath, Dir                    string
	Imports, TestImports, XTestImports []string
	Deps                               []string // all that Imports reach
	Error                              *struct{ Err string }
}

// root is the module's directory.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", ".."))
	require.NoError(t, err)
	return dir
}

// listed is one run of `go list` for all tests.
var listed = sync.OnceValues(func() ([]pkg, error) {
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Dir,Imports,TestImports,XTestImports,Deps,Error", "./...")
	cmd.Dir = filepath.Join("..", "..")
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	var all []pkg
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
})

// house is all packages of the module, keyed by their path within it
// ("internal/app"; "" is the root).
func house(t *testing.T) map[string]pkg {
	t.Helper()
	all, err := listed()
	require.NoError(t, err)
	out := make(map[string]pkg, len(all))
	for _, p := range all {
		require.Nil(t, p.Error, "%s", p.ImportPath)
		out[within(p.ImportPath)] = p
	}
	require.Contains(t, out, "workflows", "go list found another module than this one")
	return out
}

// within cuts the module's name off an import path; foreign paths stay whole.
func within(path string) string {
	if path == module {
		return ""
	}
	return strings.TrimPrefix(path, module+"/")
}

// ours tells whether an import path is of this module.
func ours(path string) bool { return path == module || strings.HasPrefix(path, module+"/") }

// under tells whether path is dir or below it.
func under(path, dir string) bool { return path == dir || strings.HasPrefix(path, dir+"/") }

// underAny tells whether path is one of dirs or below one.
func underAny(path string, dirs ...string) bool {
	for _, d := range dirs {
		if under(path, d) {
			return true
		}
	}
	return false
}

// leaveOut names the directories that hold what tools write, or samples as they came.
func leaveOut(dir string) bool {
	base := filepath.Base(dir)
	hidden := strings.HasPrefix(base, ".") && base != "." && base != ".ci" && base != ".github"
	return hidden || base == "testdata" || dir == "demo-output" || dir == "bin" || dir == "data"
}

// eachFile calls f with every file of the tree that people wrote: path within
// the module, and the path to open.
func eachFile(t *testing.T, f func(name, path string)) {
	t.Helper()
	top := root(t)
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(top, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			if leaveOut(name) {
				return filepath.SkipDir
			}
			return nil
		}
		if d.Type().IsRegular() {
			f(filepath.ToSlash(name), path)
		}
		return nil
	})
	require.NoError(t, err)
}
