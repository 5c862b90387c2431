package authz

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"vinhdanh/internal/gate"
)

// Limits bound how many Updates reach Temporal, so that a flood on one case cannot starve genuine acts.
// A zero value takes DefaultLimits' one.
type Limits struct {
	PerWorkflow      float64 // Updates a second and workflow id
	PerWorkflowBurst int
	PerSender        float64 // Updates a second and sender
	PerSenderBurst   int
}

// DefaultLimits are far above what people and batches do, and below what SQLite can bear.
var DefaultLimits = Limits{PerWorkflow: 50, PerWorkflowBurst: 100, PerSender: 1000, PerSenderBurst: 2000}

// maxBuckets bounds the memory of the limiter; a bucket that nobody used for idleBucket is as good as a new one.
const (
	maxBuckets = 20_000
	idleBucket = time.Minute
)

type bucket struct {
	*rate.Limiter
	used time.Time
}

type limiter struct {
	limits    Limits
	mu        sync.Mutex
	senders   map[gate.Sender]*rate.Limiter
	workflows map[string]*bucket
	swept     time.Time
}

func newLimiter(l Limits) *limiter {
	if l.PerWorkflow <= 0 || l.PerWorkflowBurst <= 0 {
		l.PerWorkflow, l.PerWorkflowBurst = DefaultLimits.PerWorkflow, DefaultLimits.PerWorkflowBurst
	}
	if l.PerSender <= 0 || l.PerSenderBurst <= 0 {
		l.PerSender, l.PerSenderBurst = DefaultLimits.PerSender, DefaultLimits.PerSenderBurst
	}
	return &limiter{limits: l, senders: map[gate.Sender]*rate.Limiter{}, workflows: map[string]*bucket{}}
}

// allow takes one Update of a sender on a workflow. key is namespace and workflow id.
func (l *limiter) allow(sender gate.Sender, key string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	s, ok := l.senders[sender]
	if !ok {
		s = rate.NewLimiter(rate.Limit(l.limits.PerSender), l.limits.PerSenderBurst)
		l.senders[sender] = s
	}
	// The workflow's bucket comes first: a flood on one case must not use up the sender's share.
	b, ok := l.workflows[key]
	if !ok {
		l.sweep(now)
		b = &bucket{Limiter: rate.NewLimiter(rate.Limit(l.limits.PerWorkflow), l.limits.PerWorkflowBurst)}
		l.workflows[key] = b
	}
	b.used = now
	return b.AllowN(now, 1) && s.AllowN(now, 1)
}

// sweep drops idle buckets now and then, and everything when a flood of invented ids fills the table.
func (l *limiter) sweep(now time.Time) {
	if now.Sub(l.swept) >= idleBucket {
		l.swept = now
		for k, b := range l.workflows {
			if now.Sub(b.used) >= idleBucket {
				delete(l.workflows, k)
			}
		}
	}
	if len(l.workflows) >= maxBuckets {
		clear(l.workflows)
	}
}
