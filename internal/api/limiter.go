package api

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// forgetAfter is how long a silent caller is remembered: longer than any bucket
// takes to fill.
const forgetAfter = 10 * time.Minute

// limiter keeps a token bucket per caller.
type limiter struct {
	rate Rate

	mu      sync.Mutex
	callers map[string]*caller
	swept   time.Time
}

type caller struct {
	bucket *rate.Limiter
	seen   time.Time
}

func newLimiter(r Rate) *limiter {
	return &limiter{rate: r, callers: map[string]*caller{}, swept: time.Now()}
}

// allow takes a token; false means that there is none.
func (l *limiter) allow(who string) bool { return l.of(who).Allow() }

// may tells whether a token is left without taking it.
func (l *limiter) may(who string) bool { return l.of(who).Tokens() >= 1 }

func (l *limiter) of(who string) *rate.Limiter {
	now := time.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.swept) > forgetAfter {
		l.swept = now
		for k, c := range l.callers {
			if now.Sub(c.seen) > forgetAfter {
				delete(l.callers, k)
			}
		}
	}
	c := l.callers[who]
	if c == nil {
		c = &caller{bucket: rate.NewLimiter(rate.Limit(l.rate.PerSecond), l.rate.Burst)}
		l.callers[who] = c
	}
	c.seen = now
	return c.bucket
}
