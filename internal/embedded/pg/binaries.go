package pg

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
)

// BinEnv names a directory with initdb and postgres, before any other place is looked at.
const BinEnv = "PG_BIN"

// ErrMissing says that the machine has no PostgreSQL server binaries, and how to get them.
var ErrMissing = errors.New("postgres.missing: PostgreSQL is not installed: run `apt-get install postgresql` (or your system's package), " +
	"or set PG_BIN to the directory with initdb and postgres, or set DATABASE_URL to a server that runs elsewhere")

// searchGlobs are where distributions put the server binaries when they are not in PATH.
var searchGlobs = []string{
	"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin",
	"/usr/libexec/postgresql*", "/usr/local/pgsql/bin",
}

// findBinaries returns the directory with initdb and postgres: dir, PG_BIN, PATH, then the newest known place.
func findBinaries(dir string) (string, error) {
	for _, d := range []string{dir, os.Getenv(BinEnv)} {
		if d == "" {
			continue
		}
		if hasServer(d) {
			return d, nil
		}
		return "", ErrMissing
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		// initdb looks for postgres beside itself: follow a link to where both are.
		if real, err := filepath.EvalSymlinks(path); err == nil && hasServer(filepath.Dir(real)) {
			return filepath.Dir(real), nil
		}
	}
	var found []string
	for _, g := range searchGlobs {
		dirs, _ := filepath.Glob(g)
		for _, d := range dirs {
			if hasServer(d) {
				found = append(found, d)
			}
		}
	}
	if len(found) == 0 {
		return "", ErrMissing
	}
	sort.SliceStable(found, func(i, j int) bool { return versionIn(found[i]) > versionIn(found[j]) })
	return found[0], nil
}

func hasServer(dir string) bool {
	for _, name := range []string{"initdb", "postgres"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.IsDir() || info.Mode()&0o111 == 0 {
			return false
		}
	}
	return true
}

// versionIn reads the first number in a path: /usr/lib/postgresql/15/bin is 15.
func versionIn(path string) int {
	for i := 0; i < len(path); i++ {
		end := i
		for end < len(path) && path[end] >= '0' && path[end] <= '9' {
			end++
		}
		if end > i {
			n, _ := strconv.Atoi(path[i:end])
			return n
		}
	}
	return 0
}
