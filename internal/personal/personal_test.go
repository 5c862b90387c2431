package personal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// Invented: no such card exists.
const planted = "001195012345"

func TestNumbersAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for _, s := range []string{planted, " 001 195 012 345 ", "'001195012345", "001-195-012345"} {
		n, err := Parse(s)
		require.NoError(t, err)
		require.Equal(t, planted, n.Open())
		require.Equal(t, CCCD, n.Kind())
	}
	n, err := Parse("361.234.567")
	require.NoError(t, err)
	require.Equal(t, CMND, n.Kind())
	for _, s := range []string{"12345678", "00119501234", "0011950123456", "00119501234x", "000000000000", "８70930123456"} {
		_, err := Parse(s)
		require.ErrorIs(t, err, ErrNumber)
		require.NotContains(t, err.Error(), s)
	}
	n, err = Parse("")
	require.NoError(t, err)
	require.True(t, n.IsZero())
}

// Whatever prints a number prints its last digits only.
func TestNumbersPrintMasked(t *testing.T) {
	t.Parallel()
	n, err := Parse(planted)
	require.NoError(t, err)
	raw, err := json.Marshal(map[string]any{"n": n})
	require.NoError(t, err)
	for _, out := range []string{string(raw), fmt.Sprint(n), fmt.Sprintf("%v %+v %#v %s %q", n, n, n, n, n), fmt.Sprintf("%v", []Number{n}), fmt.Sprintf("%+v", struct{ N Number }{n})} {
		require.NotContains(t, out, planted)
		require.NotContains(t, out, planted[:9])
		require.Contains(t, out, "345")
	}
}

func TestDigitsHintAndRefuseNothing(t *testing.T) {
	t.Parallel()
	n, err := Parse(planted) // Hà Nội, a woman of the twentieth century, 1995
	require.NoError(t, err)
	require.Empty(t, n.Hints("female", 1995))
	require.Equal(t, []Hint{HintSex, HintYear}, n.Hints("male", 1996))
	odd, err := Parse("999195012345")
	require.NoError(t, err)
	require.Equal(t, []Hint{HintProvince}, odd.Hints("", 0))
}

func TestVaultOpensOnlyWhatWasClosedForTheRecord(t *testing.T) {
	t.Parallel()
	old, young := Key{"k1", bytes.Repeat([]byte{1}, KeySize)}, Key{"k2", bytes.Repeat([]byte{2}, KeySize)}
	first, err := NewVault([]Key{old})
	require.NoError(t, err)
	n, err := Parse(planted)
	require.NoError(t, err)
	s, err := first.Seal("r1", n)
	require.NoError(t, err)
	require.NotContains(t, string(s.Data), planted)
	both, err := NewVault([]Key{old, young})
	require.NoError(t, err)
	got, err := both.Open("r1", s)
	require.NoError(t, err, "after a rotation what is there still opens")
	require.Equal(t, planted, got.Open())
	require.Contains(t, both.Hashes(n), s.Hash)
	_, err = both.Open("r2", s)
	require.ErrorIs(t, err, ErrClosed, "moved to another record")
	alone, err := NewVault([]Key{young})
	require.NoError(t, err)
	_, err = alone.Open("r1", s)
	require.ErrorIs(t, err, ErrNoKey)
	again, err := both.Seal("r1", n)
	require.NoError(t, err)
	require.Equal(t, "k2", again.KeyID)
	require.NotEqual(t, s.Hash, again.Hash)
	_, err = NewVault(nil)
	require.Error(t, err)
	_, err = NewVault([]Key{{"k", []byte("short")}})
	require.Error(t, err)
}
