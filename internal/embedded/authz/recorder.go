package authz

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/time/rate"

	"vinhdanh/internal/gate"
)

// Sizes of the recorder. Known senders are recorded generously; nobody can fill the table.
const (
	queueLength   = 4096
	summaryEvery  = 10 * time.Second
	retryFrom     = 200 * time.Millisecond
	retryUpTo     = 5 * time.Second
	closeDeadline = 5 * time.Second
)

// shares is how many lines a sender may fill: a rate a second and a burst.
var shares = map[gate.Sender]struct {
	rate  rate.Limit
	burst int
}{
	gate.Unknown:  {1, 30},
	gate.App:      {50, 1000},
	gate.Worker:   {50, 1000},
	gate.Auditor:  {20, 200},
	gate.Operator: {200, 2000},
}

// Recorder hands refusals to a gate.Recorder one after another, off the path of the calls. What exceeds a
// sender's share or the queue is counted, and the count is recorded.
type Recorder struct {
	write gate.Recorder
	log   zerolog.Logger
	queue chan gate.Refusal
	done  chan struct{}
	ctx   context.Context
	stop  context.CancelFunc

	mu         sync.Mutex
	closed     bool
	buckets    map[gate.Sender]*rate.Limiter
	suppressed map[gate.Sender]int
}

// NewRecorder starts the recorder. A write that fails is tried again until it succeeds or Close's time is over.
func NewRecorder(log zerolog.Logger, write gate.Recorder) *Recorder {
	ctx, stop := context.WithCancel(context.Background())
	r := &Recorder{
		write: write, log: log, ctx: ctx, stop: stop,
		queue: make(chan gate.Refusal, queueLength), done: make(chan struct{}),
		buckets: map[gate.Sender]*rate.Limiter{}, suppressed: map[gate.Sender]int{},
	}
	for s, share := range shares {
		r.buckets[s] = rate.NewLimiter(share.rate, share.burst)
	}
	go r.run()
	return r
}

// Record takes one refusal. It never blocks.
func (r *Recorder) Record(f gate.Refusal) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return
	}
	bucket, known := r.buckets[f.Sender]
	if !known {
		f.Sender, bucket = gate.Unknown, r.buckets[gate.Unknown]
	}
	if !bucket.Allow() {
		r.suppressed[f.Sender]++
		return
	}
	select {
	case r.queue <- f.Clean():
	default:
		r.suppressed[f.Sender]++
	}
}

// Close writes what is queued, for at most five seconds, and stops.
func (r *Recorder) Close() {
	r.mu.Lock()
	if r.closed {
		r.mu.Unlock()
		<-r.done
		return
	}
	r.closed = true
	close(r.queue)
	r.mu.Unlock()
	timer := time.AfterFunc(closeDeadline, r.stop)
	defer timer.Stop()
	<-r.done
	r.stop()
}

func (r *Recorder) run() {
	defer close(r.done)
	ticker := time.NewTicker(summaryEvery)
	defer ticker.Stop()
	for {
		select {
		case f, open := <-r.queue:
			if !open {
				r.summarise()
				return
			}
			r.put(f)
		case <-ticker.C:
			r.summarise()
		}
	}
}

// summarise records how many refusals were not written one by one.
func (r *Recorder) summarise() {
	r.mu.Lock()
	counts := r.suppressed
	r.suppressed = map[gate.Sender]int{}
	r.mu.Unlock()
	for s, n := range counts {
		r.put(gate.Refusal{
			At: time.Now().UTC(), Sender: s, Code: gate.CodeSuppressed,
			Reason: fmt.Sprintf("%d further calls were not recorded one by one", n),
		})
	}
}

func (r *Recorder) put(f gate.Refusal) {
	for wait := retryFrom; ; wait = min(2*wait, retryUpTo) {
		err := r.write(r.ctx, f)
		if err == nil {
			return
		}
		if r.ctx.Err() != nil {
			r.log.Error().Err(err).Str("code", f.Code).Str("sender", string(f.Sender)).Msg("a refusal could not be recorded")
			return
		}
		r.log.Warn().Err(err).Msg("a refusal is not recorded yet; trying again")
		select {
		case <-r.ctx.Done():
		case <-time.After(wait):
		}
	}
}
