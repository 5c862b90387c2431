package ballotbox

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func pair(t testing.TB) (Keys, Shares) {
	t.Helper()
	var k Keys
	var s Shares
	var err error
	s.Chair, k.Chair, err = Generate()
	require.NoError(t, err)
	s.Secretary, k.Secretary, err = Generate()
	require.NoError(t, err)
	return k, s
}

// TestBothSharesOpen: both together, in their places, for this voter of this session.
func TestBothSharesOpen(t *testing.T) {
	t.Parallel()
	k, s := pair(t)
	sealed, err := Seal(k, "council/1", "m1", "yna-")
	require.NoError(t, err)
	require.Len(t, sealed, Size(4))
	require.NotContains(t, string(sealed), "yna-")
	plain, err := Open(s, "council/1", "m1", sealed)
	require.NoError(t, err)
	require.Equal(t, "yna-", plain)
	again, err := Seal(k, "council/1", "m1", "yna-")
	require.NoError(t, err)
	require.NotEqual(t, Digest(sealed), Digest(again), "the same vote never looks the same")

	stranger, _, err := Generate()
	require.NoError(t, err)
	for name, wrong := range map[string]Shares{
		"the chair's twice":     {Chair: s.Chair, Secretary: s.Chair},
		"the secretary's twice": {Chair: s.Secretary, Secretary: s.Secretary},
		"exchanged":             {Chair: s.Secretary, Secretary: s.Chair},
		"a stranger's":          {Chair: s.Chair, Secretary: stranger},
		"another stranger's":    {Chair: stranger, Secretary: s.Secretary},
	} {
		_, err := Open(wrong, "council/1", "m1", sealed)
		require.ErrorIs(t, err, ErrSealed, name)
	}
	_, err = Open(Shares{Secretary: s.Secretary}, "council/1", "m1", sealed)
	require.ErrorIs(t, err, ErrShare, "one share alone")
	_, err = Open(s, "council/1", "m2", sealed)
	require.ErrorIs(t, err, ErrSealed, "a copy under another name")
	_, err = Open(s, "council/2", "m1", sealed)
	require.ErrorIs(t, err, ErrSealed, "a copy in another session")
	sealed[len(sealed)-1] ^= 1
	_, err = Open(s, "council/1", "m1", sealed)
	require.ErrorIs(t, err, ErrSealed, "a changed byte")
}

// TestWrittenShares: what people write down is read back as they write, and a slip
// is found.
func TestWrittenShares(t *testing.T) {
	t.Parallel()
	for range 200 {
		share, public, err := Generate()
		require.NoError(t, err)
		text := Written(share)
		require.Len(t, text, 8*7+7)
		got, err := Read(" " + strings.ToLower(strings.ReplaceAll(text, "-", " ")) + "\n")
		require.NoError(t, err)
		require.True(t, bytes.Equal(share, got))
		of, err := Public(got)
		require.NoError(t, err)
		require.Equal(t, public, of)
		require.True(t, IsPublic(of))
		slip := []byte(text)
		if slip[3]++; slip[3] == 'Z'+1 || slip[3] == '8' {
			slip[3] = 'A'
		}
		_, err = Read(string(slip))
		require.ErrorIs(t, err, ErrShare)
	}
	for _, bad := range []string{"", "ABC", "?", "Đ"} {
		_, err := Read(bad)
		require.ErrorIs(t, err, ErrShare, bad)
	}
	require.False(t, IsPublic(make([]byte, 65)))
	_, err := Public(make([]byte, 32))
	require.ErrorIs(t, err, ErrShare, "zero is no key")
}

// TestShuffleForgetsTheOrder: every place of each item is as likely for everybody, and
// one item's order says nothing of another's. Bounds are ten standard deviations wide.
func TestShuffleForgetsTheOrder(t *testing.T) {
	t.Parallel()
	const rounds, voters = 4000, 5
	var at [voters]int // where the first voter's choice came to stand
	together := 0
	for range rounds {
		one, two := []byte("ynnnn"), []byte("ynnnn")
		require.NoError(t, Shuffle(one))
		require.NoError(t, Shuffle(two))
		at[bytes.IndexByte(one, 'y')]++
		if bytes.IndexByte(one, 'y') == bytes.IndexByte(two, 'y') {
			together++
		}
	}
	for place, n := range append(at[:], together) {
		require.InDelta(t, rounds/voters, n, 255, "place %d", place)
	}
}
