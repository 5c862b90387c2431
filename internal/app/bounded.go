package app

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// What a person may ask of the functions that cost much more than a page (checking
// a record, building an export): a few at once, then one every few seconds; and
// all people together a few at a time (ASVS 15.1.3).
const (
	costlyAtOnce = 2
	costlyBurst  = 6
	costlyEvery  = 3 * time.Second
	costlyWait   = 10 * time.Second
)

// bounded keeps costly functions within bounds.
type bounded struct {
	slots chan struct{}

	mu     sync.Mutex
	people map[string]*rate.Limiter
}

func newBounded() *bounded {
	return &bounded{slots: make(chan struct{}, costlyAtOnce), people: map[string]*rate.Limiter{}}
}

// enter takes a slot; the caller gives it back with done. An error means that the
// person asked too often, or that all slots stayed taken.
func (b *bounded) enter(ctx context.Context, user string) (done func(), err error) {
	if !b.of(user).Allow() {
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

func (b *bounded) of(user string) *rate.Limiter {
	b.mu.Lock()
	defer b.mu.Unlock()
	l := b.people[user]
	if l == nil {
		if len(b.people) > 10_000 { // nobody is remembered for ever
			b.people = map[string]*rate.Limiter{}
		}
		l = rate.NewLimiter(rate.Every(costlyEvery), costlyBurst)
		b.people[user] = l
	}
	return l
}
