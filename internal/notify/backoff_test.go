package notify

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestNextTry(t *testing.T) {
	t.Parallel()
	now := time.Date(2023, 11, 20, 8, 0, 0, 0, time.UTC)
	want := []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour, 12 * time.Hour, 12 * time.Hour}
	for i, w := range want {
		at, ok := NextTry(i+1, now)
		require.True(t, ok)
		require.Equal(t, now.Add(w), at, "after failure %d", i+1)
	}
	at, ok := NextTry(0, now)
	require.True(t, ok)
	require.Equal(t, now.Add(time.Minute), at)

	clock, tries := now, 0
	for {
		next, ok := NextTry(tries+1, clock)
		if !ok {
			break
		}
		require.True(t, next.After(clock))
		clock, tries = next, tries+1
	}
	require.Equal(t, 18, tries)
	require.Greater(t, clock.Sub(now), 6*24*time.Hour)
	require.LessOrEqual(t, clock.Sub(now), 7*24*time.Hour)
	_, ok = NextTry(1_000_000, now)
	require.False(t, ok)
}

func TestNextTryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2023, 11, 20, 8, 0, 0, 0, time.UTC)
	cases := []struct {
		name    string
		err     error
		attempt int
		wait    time.Duration
		ok      bool
	}{
		{"permanent", &SendError{}, 1, 0, false},
		{"temporary", &SendError{Temporary: true}, 1, time.Minute, true},
		{"server asks for longer", &SendError{Temporary: true, RetryAfter: time.Hour}, 1, time.Hour, true},
		{"schedule is longer", &SendError{Temporary: true, RetryAfter: time.Hour}, 6, 12 * time.Hour, true},
		{"unknown error", errors.New("x"), 2, 5 * time.Minute, true},
		{"too often", &SendError{Temporary: true, RetryAfter: time.Hour}, 19, 0, false},
	}
	for _, c := range cases {
		at, ok := NextTryAfter(c.err, c.attempt, now)
		require.Equal(t, c.ok, ok, c.name)
		if ok {
			require.Equal(t, now.Add(c.wait), at, c.name)
		}
	}
}
