package apitest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
)

// Under puts the application under the built-in law data as a test changes them, file
// by file. What is sent from now on pins them.
func (w *World) Under(t testing.TB, edit func(files map[string]string)) *law.Law {
	t.Helper()
	files := law.Default().Files()
	edit(files)
	l, err := law.FromFiles(files)
	require.NoError(t, err)
	r, err := eval.New(l)
	require.NoError(t, err)
	w.App.Law, w.App.Rules, w.App.Pinned = l, r, dossier.NewPinned(w.App.Store, l, r)
	w.App.Laws = dossier.NewInForce(w.App.Store, w.App.Pinned, l, r, func() law.Date { return w.App.Today() })
	return l
}

// ReturnsToReview is a change for Under: on the first route, the regular one of the
// province, whoever appraises may send a case back to the reviewing level too.
func ReturnsToReview(files map[string]string) {
	const from, to = "deadline: APPRAISAL, returns_to: [nomination]", "deadline: APPRAISAL, returns_to: [nomination, review]"
	files["routes.yaml"] = strings.Replace(files["routes.yaml"], from, to, 1)
}
