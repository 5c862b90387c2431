package app

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// What a person may ask of the functions that cost much more than a page: a few at
// once, then one every few seconds; and all people together a few at a time (ASVS
// 15.1.3). A check replays a case; a file is a list written out.
const (
	costlyAtOnce = 2
	costlyWait   = 10 * time.Second

	checkBurst = 6
	checkEvery = 3 * time.Second
	fileBurst  = 20
	fileEvery  = time.Second
	findBurst  = 40
	findEvery  = 500 * time.Millisecond
)

// bounded keeps costly functions within bounds.
type bounded struct {
	slots chan struct{}
	check people
	file  people
	find  people // searches everywhere: six queries each
}

// people is a rate per person.
type people struct {
	every time.Duration
	burst int

	mu    sync.Mutex
	known map[string]*rate.Limiter
}

func newBounded() *bounded {
	return &bounded{
		slots: make(chan struct{}, costlyAtOnce),
		check: people{every: checkEvery, burst: checkBurst, known: map[string]*rate.Limiter{}},
		file:  people{every: fileEvery, burst: fileBurst, known: map[string]*rate.Limiter{}},
		find:  people{every: findEvery, burst: findBurst, known: map[string]*rate.Limiter{}},
	}
}

// checking takes a slot for a check, enter for a file; the caller gives it back
// with done. An error means that the person asked too often, or that all slots
// stayed taken.
func (b *bounded) checking(ctx context.Context, user string) (done func(), err error) {
	return b.take(ctx, &b.check, user)
}

func (b *bounded) enter(ctx context.Context, user string) (done func(), err error) {
	return b.take(ctx, &b.file, user)
}

// finding tells whether a person may search once more; burst is how often at once,
// 0 the usual.
func (b *bounded) finding(user string, burst int) error {
	l := b.find.of(user)
	if burst > 0 && l.Burst() != burst {
		l.SetBurst(burst)
		l.SetLimit(rate.Limit(burst))
	}
	if !l.Allow() {
		return fail(CodeTooMany, "searches follow each other too fast")
	}
	return nil
}

func (b *bounded) take(ctx context.Context, p *people, user string) (done func(), err error) {
	if !p.of(user).Allow() {
		return nil, fail(CodeTooMany, "a costly function was asked for too often")
	}
	wait, cancel := context.WithTimeout(ctx, costlyWait)
	defer cancel()
	select {
	case b.slots <- struct{}{}:
		return func() { <-b.slots }, nil
	case <-wait.Done():
		return nil, fail(CodeTooMany, "others use this function at the moment")
	}
}

func (p *people) of(user string) *rate.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	l := p.known[user]
	if l == nil {
		if len(p.known) > 10_000 { // nobody is remembered for ever
			p.known = map[string]*rate.Limiter{}
		}
		l = rate.NewLimiter(rate.Every(p.every), p.burst)
		p.known[user] = l
	}
	return l
}
