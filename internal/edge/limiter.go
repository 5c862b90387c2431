package edge

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// ForgetAfter is how long a silent caller is remembered: longer than any bucket
// takes to fill.
const ForgetAfter = 10 * time.Minute

// Rate is a token bucket: so many a second, so many at once.
type Rate struct {
	PerSecond float64
	Burst     int
}

// Limiter keeps a token bucket per caller.
type Limiter struct {
	rate Rate

	mu      sync.Mutex
	callers map[string]*caller
	swept   time.Time
}

type caller struct {
	bucket *rate.Limiter
	seen   time.Time
}

// NewLimiter makes a limiter in which everybody's bucket is full.
func NewLimiter(r Rate) *Limiter {
	return &Limiter{rate: r, callers: map[string]*caller{}, swept: time.Now()}
}

// Allow takes a token; false means that there is none.
func (l *Limiter) Allow(who string) bool { return l.of(who).Allow() }

// May tells whether a token is left without taking it.
func (l *Limiter) May(who string) bool { return l.of(who).Tokens() >= 1 }

func (l *Limiter) of(who string) *rate.Limiter {
	now := time.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.swept) > ForgetAfter {
		l.swept = now
		for k, c := range l.callers {
			if now.Sub(c.seen) > ForgetAfter {
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
