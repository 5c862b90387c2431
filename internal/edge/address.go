package edge

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Address is where a request comes from: the peer, or what our own proxies say of
// it in X-Forwarded-For, read from the nearest one outwards. From anybody else the
// header means nothing.
func Address(r *http.Request, proxies []netip.Prefix) string {
	ours := func(a netip.Addr) bool {
		return slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(a) })
	}
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	at := peer.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && ours(at); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		at = hop.Unmap()
	}
	return at.String()
}
