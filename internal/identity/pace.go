package identity

import "time"

// Pace is how wrong guesses slow the next one down: Free of them cost nothing,
// each further one doubles the wait up to Longest. Nobody is locked out for good,
// and after Forget without a guess all is forgotten (ASVS 6.3.1, 6.1.1).
type Pace struct {
	Free    int
	First   time.Duration
	Longest time.Duration
	Forget  time.Duration
}

// The paces of the keys that a sign-in counts under. An account's own pace is
// mild, so that a stranger who guesses from everywhere can delay but not shut out
// its owner; one address against one account is slowed down most.
var (
	PacePair    = Pace{Free: 5, First: 2 * time.Second, Longest: 15 * time.Minute, Forget: 24 * time.Hour}
	PaceAccount = Pace{Free: 30, First: time.Second, Longest: 30 * time.Second, Forget: 24 * time.Hour}
	PaceAddress = Pace{Free: 60, First: time.Second, Longest: 5 * time.Minute, Forget: time.Hour}
	PaceFactor  = Pace{Free: 4, First: 10 * time.Second, Longest: 15 * time.Minute, Forget: 24 * time.Hour}
)

// Wait is the pause after the given number of guesses.
func (p Pace) Wait(guesses int) time.Duration {
	over := guesses - p.Free
	if over <= 0 {
		return 0
	}
	if over > 30 {
		return p.Longest
	}
	return min(p.First<<(over-1), p.Longest)
}
