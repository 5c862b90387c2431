package council

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"

	"vinhdanh/internal/envelope"
)

// Secret ballots held electronically (Input.Electronic): chair and secretary each
// register the public key of a share (ActionBallotKey) before the session opens;
// each voter's ballot is sealed to both, and only its digest comes here
// (ActionCastSealed); the chair freezes the set of ballots (ActionFreeze), publishes
// the shuffled choices of each item once both shares have opened them
// (ActionCountSealed), and the secretary attests that (ActionAttest).
const (
	ActionBallotKey   = "ballot-key"
	ActionCastSealed  = "cast-sealed"
	ActionFreeze      = "freeze-ballots"
	ActionCountSealed = "count-sealed"
	ActionAttest      = "attest-count"
)

// ChoiceInvalid is the choice of a sealed ballot that opened to nothing that can be
// read.
const ChoiceInvalid = 'x'

// KeyData is the data of ActionBallotKey.
type KeyData struct {
	Public string `json:"public"`          // hexadecimal
	Round  int    `json:"round,omitempty"` // 2: of the second ballot's box; else of the first
}

// SealedData is the data of ActionCastSealed: the ballot itself is elsewhere.
type SealedData struct {
	Member  string `json:"member"`
	Digest  string `json:"digest"`            // SHA-256 of the sealed ballot
	Written bool   `json:"written,omitempty"` // of an absent member
	Round   int    `json:"round,omitempty"`   // 2: into the second ballot's box; else the first
}

// FreezeData is the data of ActionFreeze.
type FreezeData struct {
	Round int `json:"round,omitempty"` // 2: of the second ballot's box; else of the first
}

// SealedRow is what was voted on one item, in an order that says nothing.
type SealedRow struct {
	Item  string `json:"item"`
	Votes string `json:"votes"` // y, n, a or x, one letter per ballot
}

// SealedCount is the data of ActionCountSealed: the opened set and its rows.
type SealedCount struct {
	Root  string      `json:"root"`
	Rows  []SealedRow `json:"rows"`            // every item the box holds ballots on, in the agenda's order
	Round int         `json:"round,omitempty"` // 2: of the second ballot's box; else of the first
}

// AttestData is the data of ActionAttest.
type AttestData struct {
	Root  string `json:"root"`
	Rows  string `json:"rows"`            // RowsDigest of what was published
	Round int    `json:"round,omitempty"` // 2: of the second ballot's box; else of the first
}

// holder is who holds a share, and its public key.
type holder struct{ person, public string }

// sealed is one accepted sealed ballot.
type sealed struct {
	digest  string
	written bool
}

// Root commits to a set of sealed ballots: SHA-256 over the name of their box and the
// sorted digests, one a line.
func Root(box string, digests []string) string {
	sorted := slices.Sorted(slices.Values(digests))
	sum := sha256.Sum256([]byte("vinhdanh sealed ballots 1\n" + box + "\n" + strings.Join(sorted, "\n") + "\n"))
	return hex.EncodeToString(sum[:])
}

// RowsDigest commits to published rows.
func RowsDigest(rows []SealedRow) string {
	h := sha256.New()
	for _, r := range rows {
		h.Write([]byte(r.Item + " " + r.Votes + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Secrets lists the agenda's items with a secret ballot, by their places on it.
func (in Input) Secrets() []int {
	var out []int
	for i, it := range in.Agenda {
		if in.Rules[it.Rule].Ballot == BallotSecret {
			out = append(out, i)
		}
	}
	return out
}

// SealedAsks tells whether a member's sealed ballot says something on an item.
func (in Input) SealedAsks(it AgendaItem, member string, written bool) bool {
	r := in.Rules[it.Rule]
	return r.Ballot == BallotSecret && in.inBox(it) && !slices.Contains(it.Recused, member) && (!written || in.TakesWriting(r))
}

var (
	hexDigest = regexp.MustCompile(`^[0-9a-f]{64}$`)
	hexPoint  = regexp.MustCompile(`^04[0-9a-f]{128}$`)
)

// electronic refuses what belongs to sealed ballots in a session without them.
func (s *Session) electronic() error {
	if !s.in.Electronic {
		return envelope.Refuse(envelope.CodeStage, "the secret ballots of this session are on paper")
	}
	return nil
}

// ballotKey registers one holder's key; a second time replaces it, as long as the
// session is not open.
func (s *Session) ballotKey(a envelope.Act) (change, error) {
	if err := s.electronic(); err != nil {
		return nil, err
	}
	if err := needRole(a, "chair", "secretary"); err != nil {
		return nil, err
	}
	if seat, _ := s.seat(a.Actor); a.Role == "chair" && !seat.Chair {
		return nil, envelope.Refuse(envelope.CodeRole, "the chair's share is held by the session's own chair")
	}
	var d KeyData
	if err := decode(a.Data, &d); err != nil {
		return nil, err
	}
	if err := s.mayKey(d.Round); err != nil {
		return nil, err
	}
	if !hexPoint.MatchString(d.Public) {
		return nil, envelope.Refuse(envelope.CodeData, "this is no public key")
	}
	for _, role := range []string{"chair", "secretary"} {
		if other, made := s.keys[role]; made && role != a.Role && (slices.Contains(a.Persons(), other.person) || other.public == d.Public) {
			return nil, envelope.Refuse(envelope.CodeSeparation, "two people hold the two shares")
		}
	}
	return func(*Transition) { s.keys[a.Role] = holder{person: a.Actor, public: d.Public} }, nil
}

// keyed: a session whose secret ballots are electronic opens once both keys are there.
func (s *Session) keyed() error {
	if s.in.Electronic && len(s.in.Secrets()) > 0 && len(s.keys) < 2 {
		return envelope.Refuse(envelope.CodeStage, "chair and secretary have not both made their share of the ballots' key")
	}
	return nil
}

func (s *Session) castSealed(a envelope.Act) (change, error) {
	if err := s.electronic(); err != nil {
		return nil, err
	}
	var d SealedData
	if err := decode(a.Data, &d); err != nil {
		return nil, err
	}
	if _, ok := s.seat(d.Member); !ok {
		return nil, envelope.Refuse(envelope.CodeRole, "not a member of this session")
	}
	if a.Role != "member" && a.Role != "chair" {
		return nil, envelope.Refuse(envelope.CodeRole, "members cast sealed ballots, each their own")
	}
	if err := s.mayCast(a, CastData{Member: d.Member, Written: d.Written}); err != nil {
		return nil, err
	}
	for _, refusal := range []error{s.settled(), s.boxIs(d.Round), s.bothKeys()} {
		if refusal != nil {
			return nil, refusal
		}
	}
	_, twice := s.sealed[d.Member]
	switch {
	case s.frozen != "":
		return nil, envelope.Refuse(envelope.CodeStage, "the ballot box is closed")
	case twice:
		return nil, envelope.Refuse(envelope.CodeReplayed, "this member's secret ballot was already cast")
	case !hexDigest.MatchString(d.Digest) || slices.Contains(s.digests(), d.Digest):
		return nil, envelope.Refuse(envelope.CodeData, "a sealed ballot is named by its own digest")
	case !slices.ContainsFunc(s.in.Agenda, func(it AgendaItem) bool { return s.in.SealedAsks(it, d.Member, d.Written) }):
		return nil, envelope.Refuse(envelope.CodeOwnCase, "this member has no vote by secret ballot")
	}
	return func(t *Transition) {
		s.sealed[d.Member] = sealed{digest: d.Digest, written: d.Written}
		t.Voter, t.Sealed, t.Written = d.Member, d.Digest, d.Written
	}, nil
}

// digests are those of the accepted ballots, in the roster's order.
func (s *Session) digests() []string {
	var out []string
	for _, seat := range s.in.Roster {
		if b, ok := s.sealed[seat.Person]; ok {
			out = append(out, b.digest)
		}
	}
	return out
}
