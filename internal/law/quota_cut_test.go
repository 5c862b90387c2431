package law

import (
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
)

// TestAQuotaCutsWhereTheDataSaySo: the shipped quotas warn; a province's may cut, in an
// order and with an outcome of its choice, and only where the base is known.
func TestAQuotaCutsWhereTheDataSaySo(t *testing.T) {
	t.Parallel()
	rows := append(listOf("LDTT", "u", 20), listOf("CSTDCS", "u", 4)...)
	for i := range rows {
		rows[i].Item = "item-" + rows[i].Award + string(rune('a'+i%20))
	}
	warned := Default().Quotas("R1", rows, nil)[0]
	require.False(t, warned.Cuts)
	require.True(t, warned.Over)

	data := dataFS(t)
	edit(t, data, "quotas.yaml", "    percent: 15\n", "    percent: 15\n    does: cut\n    beyond: deferred\n")
	l, err := Load(data)
	require.NoError(t, err)
	cut := l.Quotas("R1", rows, nil)[0]
	require.True(t, cut.Cuts)
	require.Equal(t, council.OrderVotes, cut.Order)
	require.Equal(t, BeyondDeferred, cut.Beyond)
	require.Equal(t, []string{"item-CSTDCSa", "item-CSTDCSb", "item-CSTDCSc", "item-CSTDCSd"}, cut.Items)
	require.Contains(t, cut.Text.VI, "xếp theo số phiếu tán thành")
	require.False(t, l.Quotas("R1", rows[20:], nil)[0].Cuts, "nobody knows of how many")

	for _, bad := range []string{"does: burn", "does: cut\n    order: luck", "order: share", "does: cut\n    beyond: passed"} {
		data := dataFS(t)
		edit(t, data, "quotas.yaml", "    percent: 15\n", "    percent: 15\n    "+bad+"\n")
		_, err := Load(data)
		require.ErrorContains(t, err, "CSTDCS_OF_LDTT", bad)
	}
}
