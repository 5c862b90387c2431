package identity

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"
)

// Params are the cost of a password hash (argon2id, RFC 9106): Memory in KiB.
type Params struct {
	Memory      uint32
	Iterations  uint32
	Parallelism uint8
}

// DefaultParams cost above what OWASP's password storage cheat sheet asks for
// (46 MiB, one pass, or equal), and about a tenth of a second.
var DefaultParams = Params{Memory: 64 * 1024, Iterations: 2, Parallelism: 1}

const (
	saltBytes = 16
	hashBytes = 32
	// atOnce bounds how many hashes are computed side by side, hence the memory
	// that a crowd of sign-ins can take.
	atOnce = 4
)

// Hasher hashes and checks passwords (ASVS 11.4.2).
type Hasher struct {
	params   Params
	decoy    func() (string, error)
	gate     chan struct{}
	computed atomic.Int64
}

// NewHasher makes a Hasher.
func NewHasher(p Params) *Hasher {
	h := &Hasher{params: p, gate: make(chan struct{}, atOnce)}
	// Passwords of accounts that do not exist are compared with this hash.
	h.decoy = sync.OnceValues(func() (string, error) {
		secret, err := NewSecret()
		if err != nil {
			return "", err
		}
		return h.hash(secret)
	})
	return h
}

// Computed is how many hashes were computed: the same for a known and an unknown
// login, which is what keeps them apart from nobody's clock (ASVS 6.3.8).
func (h *Hasher) Computed() int64 { return h.computed.Load() }

// Hash makes the string to store, with its parameters and salt.
func (h *Hasher) Hash(password string) (string, error) {
	h.gate <- struct{}{}
	defer func() { <-h.gate }()
	h.computed.Add(1)
	return h.hash(password)
}

func (h *Hasher) hash(password string) (string, error) {
	s, err := argon2id.CreateHash(canonical(password), &argon2id.Params{
		Memory: h.params.Memory, Iterations: h.params.Iterations, Parallelism: h.params.Parallelism,
		SaltLength: saltBytes, KeyLength: hashBytes,
	})
	if err != nil {
		return "", fmt.Errorf("identity: hash: %w", err)
	}
	return s, nil
}

// Check compares a password with a stored hash. An empty hash stands for an
// account that does not exist or has no password: the same work is done and the
// answer is no. stale tells that the hash was made with other parameters and is to
// be made anew.
func (h *Hasher) Check(password, stored string) (ok, stale bool, err error) {
	against, err := h.decoy()
	if err != nil {
		return false, false, err
	}
	if stored != "" {
		against = stored
	}
	h.gate <- struct{}{}
	defer func() { <-h.gate }()
	h.computed.Add(1)
	match, p, err := argon2id.CheckHash(canonical(password), against)
	if err != nil {
		return false, false, errors.New("identity: a stored password hash cannot be read")
	}
	got := Params{Memory: p.Memory, Iterations: p.Iterations, Parallelism: p.Parallelism}
	return match && stored != "", got != h.params, nil
}

// canonical makes the two Unicode spellings of one Vietnamese letter the same
// password: keyboards of different systems send different ones. Nothing is cut off
// and no case is changed (ASVS 6.2.8).
func canonical(password string) string { return norm.NFC.String(password) }
