package app

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
)

// A case keeps the multiples that held when it was sent, and gets the base salary of the
// day it is decided.
func TestTheMoneyOfACaseIsByItsOwnLaw(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	p := w.passed("Nguyễn Văn Ví Dụ")[0]
	total := func() int64 {
		t.Helper()
		o, err := w.DecisionOptions(ctx, w.as(w.standingLogin()), DecisionOptionsInput{Proposals: []string{p.ID}})
		require.NoError(t, err)
		require.Empty(t, o.Missing)
		return o.Total
	}
	before := total()
	require.Positive(t, before)
	doubled := []string{"award: BKT-PT, kinds: [individual], regimes: [R1], hundredths: 100", "award: BKT-PT, kinds: [individual], regimes: [R1], hundredths: 200"}
	w.lawChanged(doubled...)
	require.Equal(t, before, total(), "the multiple that the case keeps")
	w.lawChanged(append(doubled, "from: 2023-07-01, dong: 1800000", "from: 2023-07-01, dong: 3600000")...)
	require.Equal(t, 2*before, total(), "the salary in force")
}

// lawChanged puts other data in force: the shipped ones with texts of money.yaml replaced,
// given as pairs.
func (w *world) lawChanged(edits ...string) {
	w.t.Helper()
	files := law.Default().Files()
	for i := 0; i < len(edits); i += 2 {
		require.Contains(w.t, files["money.yaml"], edits[i])
		files["money.yaml"] = strings.ReplaceAll(files["money.yaml"], edits[i], edits[i+1])
	}
	l, err := law.Unchecked(files)
	require.NoError(w.t, err)
	rules, err := eval.New(l)
	require.NoError(w.t, err)
	w.Laws = dossier.NewInForce(w.Store, w.Pinned, l, rules, w.Today)
	require.Equal(w.t, l.Hash(), w.law().Hash())
}
