package app

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/postgres/manytest"
)

// Figures over very many cases are counted once in a while, for each sight and filter
// by itself; those over few are counted at every look.
func TestFiguresOverManyCasesAreKeptForAWhile(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	manytest.Fill(t, w.owner, manytest.Options{Items: 16_400})
	auditor := w.as("hg-auditor")
	closed := func(q FiguresQuery) (int, bool) {
		f, err := w.Figures(ctx, auditor, q)
		require.NoError(t, err)
		for _, s := range f.Stages {
			if s.Stage == "closed" {
				return s.Cases, f.CountedAt != nil
			}
		}
		return 0, f.CountedAt != nil
	}
	first, kept := closed(FiguresQuery{})
	require.True(t, kept)
	require.Positive(t, first)
	one, _ := closed(FiguresQuery{Unit: "many-c7"})
	assert.Less(t, one, first, "another filter has figures of its own")
	w.asOwner(`update proposals set closed = false, stage = 'council' where id = (select id from proposals where closed limit 1)`)
	again, _ := closed(FiguresQuery{})
	assert.Equal(t, first, again, "kept")
	w.asOwner(`update figures set counted_at = now() - interval '6 minutes'`)
	anew, _ := closed(FiguresQuery{})
	assert.Equal(t, first-1, anew, "counted anew")

	f, err := w.Figures(ctx, w.as("pgd-clerk"), FiguresQuery{})
	require.NoError(t, err)
	assert.Nil(t, f.CountedAt, "few are counted at every look")
	assert.Empty(t, f.Stages, "and nobody is told what the auditor is told")
}
