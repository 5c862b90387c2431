package edge_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/edge"
)

func TestASVS_15_3_4_TheAddressBehindOurProxies(t *testing.T) {
	t.Parallel()
	ours := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, c := range []struct {
		peer, forwarded, want string
		proxies               []netip.Prefix
	}{
		{"203.0.113.9:1", "", "203.0.113.9", nil},
		{"203.0.113.9:1", "198.51.100.1", "203.0.113.9", nil},
		{"203.0.113.9:1", "198.51.100.1", "203.0.113.9", ours},
		{"10.0.0.1:1", "198.51.100.1", "198.51.100.1", ours},
		{"10.0.0.1:1", "1.2.3.4, 198.51.100.1, 10.0.0.2", "198.51.100.1", ours},
		{"10.0.0.1:1", "anything", "10.0.0.1", ours},
		{"[::ffff:10.0.0.1]:1", "2001:db8::1", "2001:db8::1", ours},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.peer
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		require.Equal(t, c.want, edge.Address(r, c.proxies), "%+v", c)
	}
}
