package composetest

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/modfile"
)

// TestASVS_15_1_2_TheBillOfMaterialsIsWhatWasBuilt makes the list of `make sbom` of a program: each library with version
// and sum, none replaced, and of the versions that go.mod names.
func TestASVS_15_1_2_TheBillOfMaterialsIsWhatWasBuilt(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "vinhdanh")
	run := func(arg ...string) []byte {
		cmd := exec.Command("go", arg...)
		cmd.Dir = filepath.Join("..", "..")
		out, err := cmd.Output()
		require.NoError(t, err)
		return out
	}
	run("build", "-o", program, "./cmd/vinhdanh")
	var bill debug.BuildInfo
	require.NoError(t, json.Unmarshal(run("version", "-m", "-json", program), &bill))
	require.NotEmpty(t, bill.Deps)

	raw, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	require.NoError(t, err)
	mod, err := modfile.Parse("go.mod", raw, nil)
	require.NoError(t, err)
	pinned := map[string]string{}
	for _, r := range mod.Require {
		pinned[r.Mod.Path] = r.Mod.Version
	}
	for _, d := range bill.Deps {
		assert.NotEmpty(t, d.Sum, d.Path)
		assert.Nil(t, d.Replace, d.Path)
		assert.Equal(t, pinned[d.Path], d.Version, d.Path)
	}
}
