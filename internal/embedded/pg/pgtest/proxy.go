package pgtest

import (
	"net"
	"net/url"
	"sync"
	"testing"
)

// Proxy stands between a program and PostgreSQL and can take it away.
type Proxy struct {
	listener net.Listener
	target   string

	mu      sync.Mutex
	mode    mode
	changed chan struct{} // closed when the mode changes
	conns   map[net.Conn]bool
}

type mode int

const (
	passing    mode = iota
	cut             // no connection lives, none is made
	swallowing      // what is asked reaches the database, its answers do not come back
	stalled         // nothing moves either way
)

// NewProxy listens before the database at an address of pg.URLs, and returns
// the address by way of the proxy.
func NewProxy(tb testing.TB, databaseURL string) (*Proxy, string) {
	tb.Helper()
	u, err := url.Parse(databaseURL)
	if err != nil {
		tb.Fatalf("pgtest: %v", err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatalf("pgtest: %v", err)
	}
	p := &Proxy{listener: l, target: u.Host, changed: make(chan struct{}), conns: map[net.Conn]bool{}}
	u.Host = l.Addr().String()
	go p.accept()
	tb.Cleanup(func() {
		_ = l.Close()
		p.set(cut)
	})
	return p, u.String()
}

// Cut ends every connection and takes no new one.
func (p *Proxy) Cut() { p.set(cut) }

// Swallow keeps the database's answers back.
func (p *Proxy) Swallow() { p.set(swallowing) }

// Stall lets nothing through, as a database that hangs.
func (p *Proxy) Stall() { p.set(stalled) }

// Restore makes the database reachable again; connections from before are ended.
func (p *Proxy) Restore() {
	p.set(cut)
	p.set(passing)
}

func (p *Proxy) set(m mode) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mode = m
	close(p.changed)
	p.changed = make(chan struct{})
	if m == cut {
		for c := range p.conns {
			_ = c.Close()
		}
		clear(p.conns)
	}
}

// keep notes a connection; false means that the database is cut off.
func (p *Proxy) keep(conns ...net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.mode == cut {
		return false
	}
	for _, c := range conns {
		p.conns[c] = true
	}
	return true
}

func (p *Proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.target)
		if err != nil || !p.keep(client, server) {
			_ = client.Close()
			if server != nil {
				_ = server.Close()
			}
			continue
		}
		go p.carry(server, client, false)
		go p.carry(client, server, true)
	}
}

// carry copies until either side ends.
func (p *Proxy) carry(to, from net.Conn, answers bool) {
	defer func() { _, _ = to.Close(), from.Close() }()
	buf := make([]byte, 32<<10)
	for {
		n, err := from.Read(buf)
		if n > 0 && p.passes(answers) {
			if _, werr := to.Write(buf[:n]); werr != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// passes waits out a stall and tells whether a piece goes on.
func (p *Proxy) passes(answers bool) bool {
	for {
		p.mu.Lock()
		m, changed := p.mode, p.changed
		p.mu.Unlock()
		if m != stalled {
			return m == passing || (m == swallowing && !answers)
		}
		<-changed
	}
}
