// Package freeport finds ports for servers that take a number, not a listener.
//
// Between finding a port and the server's listening anybody may take it. The kernel hands out ports of its ephemeral
// range to every outgoing connection, so a port from there ("listen on 0, close, tell the number") is lost now and
// then on a busy machine. These come from below that range, at random, and no two calls of a process get the same.
package freeport

import (
	"fmt"
	"math/rand/v2"
	"net"
	"strconv"
	"sync"
)

// The ports looked at: above what services are known by, below the ephemeral ranges of Linux (32768) and of RFC 6335 (49152).
const (
	lowest = 18000
	beyond = 32000
)

// given are the ports that this process was told of, free or not.
var given = struct {
	sync.Mutex
	ports map[int]bool
}{ports: map[int]bool{}}

// Take returns n different TCP ports of 127.0.0.1 that nobody listens on and that no earlier call returned.
// It fails where fewer are left.
func Take(n int) ([]int, error) {
	given.Lock()
	defer given.Unlock()
	var found []int
	for _, offset := range rand.Perm(beyond - lowest) {
		if len(found) == n {
			return found, nil
		}
		if port := lowest + offset; !given.ports[port] && free(port) {
			given.ports[port] = true
			found = append(found, port)
		}
	}
	return nil, fmt.Errorf("freeport: fewer than %d ports of 127.0.0.1 are free between %d and %d", n, lowest, beyond)
}

// One is Take for a single port.
func One() (int, error) {
	ports, err := Take(1)
	if err != nil {
		return 0, err
	}
	return ports[0], nil
}

func free(port int) bool {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	return err == nil && l.Close() == nil
}
