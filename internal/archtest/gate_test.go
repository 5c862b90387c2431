package archtest

import (
	"go/ast"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/gate"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// actions reads the Action constants of a package from its source, so that a new
// one cannot be forgotten here.
func actions(t *testing.T, dir string) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	eachGoFile(t, func(name string, _ *token.FileSet, file *ast.File) {
		if filepath.Dir(name) != dir || strings.HasSuffix(name, "_test.go") {
			return
		}
		for _, decl := range file.Decls {
			d, ok := decl.(*ast.GenDecl)
			if !ok || d.Tok != token.CONST {
				continue
			}
			for _, spec := range d.Specs {
				s := spec.(*ast.ValueSpec)
				if !strings.HasPrefix(s.Names[0].Name, "Action") {
					continue
				}
				value, err := strconv.Unquote(s.Values[0].(*ast.BasicLit).Value)
				require.NoError(t, err)
				out[value] = true
			}
		}
	})
	return out
}

// TestGateNames: the gate admits by name, and links none of the packages whose
// names it lists; a message that it does not know would never get through.
func TestGateNames(t *testing.T) {
	t.Parallel()
	messages := actions(t, "internal/proposal")
	require.Greater(t, len(messages), 15)
	for a := range actions(t, "internal/council") {
		messages[a] = true
	}
	for _, begins := range []string{string(proposal.ActionSend), council.ActionConvene, proposal.ActionRevoke} {
		require.Contains(t, messages, begins)
		delete(messages, begins) // these start a workflow and travel in its input
	}
	require.Equal(t, messages, gate.AppUpdates)
	require.Equal(t, map[string]bool{
		string(proposal.ActionCouncilResult): true, string(proposal.ActionIssued): true,
	}, gate.WorkerUpdates)
	require.Equal(t, map[string]bool{workflows.SignalDecide: true}, gate.AppSignals)
	require.Equal(t, string(proposal.ActionDecide), workflows.SignalDecide)
}

func TestGatePlaces(t *testing.T) {
	t.Parallel()
	require.Equal(t, workflows.NamespaceCases, gate.NamespaceCases)
	require.Equal(t, workflows.NamespaceOps, gate.NamespaceOps)
	require.Equal(t, map[string]string{
		workflows.TypeCommendation: workflows.CommendationID(""),
		workflows.TypeCouncil:      workflows.CouncilID(""),
		workflows.TypeIssuance:     workflows.IssuanceID(""),
		workflows.TypeRevocation:   workflows.RevocationID(""),
	}, gate.StartableTypes)
}
