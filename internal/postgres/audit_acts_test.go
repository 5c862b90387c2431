package postgres

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Whoever acted, and whenever: the cases that a plain reading of the trail gives, whether
// the acts are few or many.
func TestCasesByActorAndDay(t *testing.T) {
	t.Parallel()
	s, conn := province(t)
	ctx := context.Background()
	text := func(sql string, args ...any) (out string) {
		t.Helper()
		require.NoError(t, conn.QueryRow(ctx, sql, args...).Scan(&out))
		return out
	}
	day := func(sql string) *time.Time {
		t.Helper()
		var at time.Time
		require.NoError(t, conn.QueryRow(ctx, sql).Scan(&at))
		return &at
	}
	clerk := text(`select actor from trail where action = 'start' group by actor order by count(*), actor limit 1`)
	reviewer := text(`select actor from trail where action = 'decide' group by actor order by count(*) desc, actor limit 1`)
	early, late := day(`select percentile_disc(0.2) within group (order by at) from trail`), day(`select percentile_disc(0.3) within group (order by at) from trail`)
	for name, f := range map[string]AuditFilter{
		"clerk":               {Actors: []string{clerk}},
		"reviewer":            {Actors: []string{reviewer}},
		"both":                {Actors: []string{clerk, reviewer}},
		"days":                {From: early, To: late},
		"from a day on":       {From: late},
		"until a day":         {To: early},
		"reviewer, in days":   {Actors: []string{reviewer}, From: early, To: late},
		"nobody of that name": {Actors: []string{}},
	} {
		want := []string{}
		rows, err := conn.Query(ctx, `select distinct t.case_id from trail t where ($1::text[] is null or t.actor = any($1))
			and t.at >= coalesce($2::timestamptz, '-infinity') and t.at < coalesce($3::timestamptz, 'infinity')`, f.Actors, f.From, f.To)
		require.NoError(t, err)
		for rows.Next() {
			var id string
			require.NoError(t, rows.Scan(&id))
			want = append(want, id)
		}
		require.NoError(t, rows.Err())
		require.Equal(t, f.Actors != nil && len(f.Actors) == 0, len(want) == 0, name)
		f.Limit = 10_000
		for _, few := range []int{few, 3} {
			hits, err := s.auditSearch(ctx, f, few)
			require.NoError(t, err, name)
			got := []string{}
			for i, h := range hits {
				require.False(t, i > 0 && h.Case == hits[i-1].Case)
				got = append(got, h.Case)
			}
			assert.ElementsMatch(t, want, got, "%s, %d", name, few)
		}
	}
}
