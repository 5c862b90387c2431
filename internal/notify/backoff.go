package notify

import "time"

// first are the waits after the first failures; then every steadyWait.
var first = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour}

const (
	steadyWait = 12 * time.Hour
	lifetime   = 7 * 24 * time.Hour // counted in waits, so that an outage of our own does not use it up
)

// NextTry says when to try again after the attempt-th failure (1 is the
// first), counted from now. ok is false when the message has been tried for
// seven days: it is then given up, and the caller must show that to a person.
// The schedule survives a weekend and a holiday without a mail server.
func NextTry(attempt int, now time.Time) (at time.Time, ok bool) {
	var waited, wait time.Duration
	for i := range max(attempt, 1) {
		wait = steadyWait
		if i < len(first) {
			wait = first[i]
		}
		waited += wait
		if waited > lifetime {
			return time.Time{}, false
		}
	}
	return now.Add(wait), true
}

// NextTryAfter is NextTry that also keeps to what the server asked for with
// err, and gives up at once when err is permanent.
func NextTryAfter(err error, attempt int, now time.Time) (at time.Time, ok bool) {
	if !Temporary(err) {
		return time.Time{}, false
	}
	at, ok = NextTry(attempt, now)
	if e, is := err.(*SendError); ok && is && at.Before(now.Add(e.RetryAfter)) {
		at = now.Add(e.RetryAfter)
	}
	return at, ok
}
