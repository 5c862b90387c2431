package freeport

import (
	"fmt"
	"net"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestNoPortIsGivenTwice asks from many goroutines at once: every port differs, can be listened on and lies outside
// the range that outgoing connections take theirs from.
func TestNoPortIsGivenTwice(t *testing.T) {
	t.Parallel()
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		seen = map[int]bool{}
	)
	for range 20 {
		wg.Go(func() {
			ports, err := Take(5)
			mu.Lock()
			defer mu.Unlock()
			require.NoError(t, err)
			for _, p := range ports {
				require.False(t, seen[p], "%d twice", p)
				seen[p] = true
			}
		})
	}
	wg.Wait()
	require.Len(t, seen, 100)
	for p := range seen {
		require.GreaterOrEqual(t, p, lowest)
		require.Less(t, p, beyond)
	}
}

// TestAPortInUseIsPassedOver takes a port away and finds that it is not offered.
func TestAPortInUseIsPassedOver(t *testing.T) {
	t.Parallel()
	port, err := One()
	require.NoError(t, err)
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	require.NoError(t, err)
	defer func() { _ = l.Close() }()
	require.False(t, free(port))
}
