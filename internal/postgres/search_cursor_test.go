package postgres

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A page may end at a name that its reader may not see. Its cursor says so without
// the name, and the next page goes on from there.
func TestACursorNamesNobodyWhomItsReaderMayNotSee(t *testing.T) {
	t.Parallel()
	s, _ := province(t)
	ctx := context.Background()
	q, err := s.spell(ctx, "nguyen")
	require.NoError(t, err)
	v, err := s.sightOf(ctx, people["reviewer"])
	require.NoError(t, err)
	v.cases = fewCases + 1 // so that everybody's names are looked at
	read := func(most int) (ids []string, blind int) {
		p, err := s.nameScan(ctx, q, phaseFolded)
		require.NoError(t, err)
		p.most = most
		for range 2000 {
			rows, next, err := s.namePage(ctx, v, CaseFilter{}, p, 5)
			require.NoError(t, err)
			for _, r := range rows {
				ids = append(ids, r.ID)
			}
			if next == nil {
				return ids, blind
			}
			if next.Pos > 0 {
				blind++
				assert.Empty(t, next.Text, "the name at which the page ended may be anybody's")
			}
			p.from, err = s.scanMark(ctx, p, *next)
			require.NoError(t, err)
		}
		require.Fail(t, "the pages do not end")
		return nil, 0
	}
	whole, _ := read(100_000)
	parts, blind := read(6)
	require.NotEmpty(t, whole)
	assert.Positive(t, blind, "some pages ended at a name that was not shown")
	assert.Equal(t, whole, parts)
	assert.Len(t, parts, len(slices.Compact(slices.Sorted(slices.Values(parts)))), "each comes once")
	_, err = s.scanMark(ctx, nameScan{column: "fold"}, mark{ID: "x", Pos: 1})
	assert.ErrorIs(t, err, ErrCursor)
}
