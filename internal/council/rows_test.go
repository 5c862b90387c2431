package council

import (
	"encoding/json"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// TestPackedRows: rows that weigh too much are packed and read as they were, whatever
// stands in them; lighter ones are written as they always were.
func TestPackedRows(t *testing.T) {
	t.Parallel()
	sum := Sum{Yes: 1, No: 2, Abstain: 3, Invalid: 4, Written: 5, Silent: 6, Recused: 7, Left: 8, Base: 90, Needed: 45}
	var rows Rows
	for i := range MaxAgenda * 2 {
		row := ResultRow{Item: uuid.NewString(), Case: "commendation/\"" + uuid.NewString(), Passed: i&1 > 0, Sum: sum}
		row.Sum.Met, row.Sum.Tie, row.Sum.Untaken = i&2 > 0, i&4 > 0, i&8 > 0
		if i&16 > 0 {
			first := sum
			first.Met, first.Tie, first.Untaken = i&32 > 0, i&64 > 0, i&128 > 0
			first.Yes = i
			row.First = &first
		}
		if i&256 > 0 {
			row.Place = &Place{Cut: i & 3, Rank: i, Beyond: i&512 > 0, Defer: i&1024 > 0}
		}
		rows = append(rows, row)
	}
	raw, err := json.Marshal(rows)
	require.NoError(t, err)
	require.Equal(t, "[[", string(raw[:2]))
	var read Rows
	require.NoError(t, json.Unmarshal(raw, &read))
	require.Equal(t, rows, read)

	few := rows[:300]
	plain, err := json.Marshal([]ResultRow(few))
	require.NoError(t, err)
	raw, err = json.Marshal(few)
	require.NoError(t, err)
	require.Equal(t, string(plain), string(raw))
	var nothing Rows
	require.NoError(t, json.Unmarshal([]byte("null"), &nothing))
	require.Nil(t, nothing)
	for _, bad := range []string{`[["a","b",[]]]`, `[["a","b",[16,1]]]`, `[["a","b"]]`, `[[1,2,3]]`} {
		require.Error(t, json.Unmarshal([]byte(bad), &nothing), bad)
	}
}
