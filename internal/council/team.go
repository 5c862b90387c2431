package council

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"vinhdanh/internal/envelope"
)

// A counting team (tổ kiểm phiếu) may be named for a session's paper ballots, before
// they are counted (ActionTeam): then only its people enter the counts, and its head
// signs for what was counted (ActionSignCount) before the chair can close.
const (
	ActionTeam      = "counting-team"
	ActionSignCount = "sign-count"
)

// TeamData is the data of ActionTeam. A later one replaces it.
type TeamData struct {
	Head    string   `json:"head"`
	Members []string `json:"members"` // the others, at least one: two people enter the counts
	// Reason is the commitment to why the team is another one after counting began; what
	// was entered stays.
	Reason string `json:"reason,omitempty"`
}

// People are the head and the members.
func (t TeamData) People() []string { return append([]string{t.Head}, t.Members...) }

// SignCountData is the data of ActionSignCount.
type SignCountData struct {
	Digest string `json:"digest"` // CountDigest of what was entered twice
	Round  int    `json:"round,omitempty"`
}

// CountDigest commits to a count: SHA-256 over its JSON, whose field order the type fixes.
func CountDigest(d PaperData) (string, error) {
	text, err := json.Marshal(d)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

func (s *Session) nameTeam(a envelope.Act) (change, error) {
	if err := needRole(a, "secretary", "chair"); err != nil {
		return nil, err
	}
	var d TeamData
	if err := decode(a.Data, &d); err != nil {
		return nil, err
	}
	people := d.People()
	slices.Sort(people)
	switch {
	case s.in.Electronic || len(s.in.Secrets()) == 0:
		return nil, envelope.Refuse(envelope.CodeStage, "nothing is counted on paper in this session")
	case s.signed:
		return nil, envelope.Refuse(envelope.CodeStage, "the count is signed for")
	case (s.first != nil || s.counted != nil) && (s.team == nil || d.Reason == ""):
		return nil, envelope.Refuse(envelope.CodeStage, "the papers are being counted: a team is replaced only, and with the reason")
	case len(d.Members) == 0 || people[0] == "" || len(slices.Compact(slices.Clone(people))) != len(people):
		return nil, envelope.Refuse(envelope.CodeData, "a counting team has a head and members, each once")
	}
	return func(t *Transition) { s.team, t.LastNote = &d, d.Reason }, nil
}

// ofTeam: where a team is named, its people enter the counts, themselves.
func (s *Session) ofTeam(a envelope.Act) error {
	if s.team != nil && !slices.Contains(s.team.People(), a.Actor) {
		return envelope.Refuse(envelope.CodeRole, "the counting team enters the counts")
	}
	return nil
}

func (s *Session) signCount(a envelope.Act) (change, error) {
	if err := needRole(a, "member", "secretary", "chair"); err != nil {
		return nil, err
	}
	var d SignCountData
	if err := decode(a.Data, &d); err != nil {
		return nil, err
	}
	switch {
	case s.team == nil || a.Actor != s.team.Head:
		return nil, envelope.Refuse(envelope.CodeRole, "the head of the counting team signs for the count")
	case s.counted == nil || max(d.Round, 1) != s.in.Round():
		return nil, envelope.Refuse(envelope.CodeStage, "the papers are not counted twice yet")
	case s.signed:
		return nil, envelope.Refuse(envelope.CodeReplayed, "the count is already signed for")
	}
	if want, err := CountDigest(*s.counted); err != nil || d.Digest != want {
		return nil, envelope.Refuse(envelope.CodeData, "the count that was entered is another one")
	}
	return func(*Transition) { s.signed = true }, nil
}
