package evidence

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	historypb "go.temporal.io/api/history/v1"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
)

// Invented units and people of these tests.
const (
	school, district, standing, province = "u-school", "u-district", "u-standing", "u-province"

	testCase = "commendation/p1"
	testRun  = "11111111-2222-4333-8444-555555555555"
)

var began = time.Date(2023, 11, 20, 1, 0, 0, 0, time.UTC)

// world is an installation with one case: signers, the store's side, and the
// history that a server would have written.
type world struct {
	t       testing.TB
	signers map[envelope.Purpose]*envelope.Signer
	root    *envelope.Signer
	ring    envelope.Ring
	h       *historian
	trail   []TrailRow
	tries   []Attempt
	content Content
	checks  []Validation
	laws    map[string]map[string]string
	docs    map[string][]byte
	number  int
	nonces  int
	id      string
	input   json.RawMessage // what the workflow was started with
}

func newWorld(t testing.TB, caseID string) *world {
	w := &world{
		t: t, signers: map[envelope.Purpose]*envelope.Signer{}, laws: map[string]map[string]string{},
		docs: map[string][]byte{}, id: caseID,
	}
	w.root = w.signer("root")
	w.ring = envelope.Ring{Installation: "inst-1", Version: 1}
	for _, p := range []envelope.Purpose{envelope.PurposeApp, envelope.PurposeSession, envelope.PurposeIssuance} {
		s := w.signer(p)
		k := s.Public()
		k.Added = began.Add(-24 * time.Hour)
		w.ring.Keys = append(w.ring.Keys, k)
		w.signers[p] = s
	}
	w.h = newHistorian(t, caseID, bytes.Repeat([]byte{7}, 32))
	return w
}

func (w *world) signer(p envelope.Purpose) *envelope.Signer {
	s, err := envelope.GenerateSigner(p)
	require.NoError(w.t, err)
	return s
}

// act is a template of what a person does.
type act struct {
	action, stage, actor, role, unit string
	purpose                          envelope.Purpose
	revision                         int
	data                             any
}

// sign makes the act's message and stores the attempt.
func (w *world) sign(a act) envelope.Message {
	w.nonces++
	if a.purpose == "" {
		a.purpose = envelope.PurposeApp
	}
	full := envelope.Act{
		Installation: "inst-1", Nonce: fmt.Sprintf("n%d", w.nonces), Actor: a.actor, Role: a.role, Unit: a.unit,
		SignedIn: "token", Case: w.id, Revision: max(a.revision, 1), Stage: a.stage, Number: w.number + 1,
		Action: a.action, Data: raw(w.t, a.data), IssuedAt: w.h.now.Unix(), Expires: w.h.now.Add(10 * time.Minute).Unix(),
	}
	jws, err := w.signers[a.purpose].Sign(full)
	require.NoError(w.t, err)
	m := envelope.Message{JWS: jws}
	w.tries = append(w.tries, Attempt{
		Nonce: full.Nonce, Action: full.Action, Actor: full.Actor, At: w.h.now, Message: raw(w.t, m),
	})
	return m
}

// recorded adds the trail row of a transition and settles the last attempt.
func (w *world) recorded(body []byte) {
	w.number++
	prev := w.id
	if n := len(w.trail); n > 0 {
		prev = w.trail[n-1].Hash
	}
	w.trail = append(w.trail, TrailRow{Number: w.number, Body: body, PrevHash: prev, Hash: ChainHash(prev, body)})
	last := &w.tries[len(w.tries)-1]
	last.Status, last.Number = statusAccepted, w.number
}

func (w *world) opened(m envelope.Message) envelope.Opened {
	o, err := w.ring.Open(m)
	require.NoError(w.t, err)
	return o
}

// document stores a file and returns its hash.
func (w *world) document(text string) string {
	h := sum([]byte(text))
	w.docs[h] = []byte(text)
	return h
}

// reason stores a reason and returns its commitment.
func (w *world) reason(text string) string {
	salt := []byte("salt of " + text)
	c, err := proposal.Commit(salt, text)
	require.NoError(w.t, err)
	w.content.Reasons = append(w.content.Reasons, Reason{Commitment: c, Salt: salt, Body: text})
	return c
}

// item stores an item's content at a revision and returns how the input names it.
func (w *world) item(id string, revision int, name string) proposal.InputItem {
	c := proposal.ItemContent{Kind: "individual", Form: "Ông", Name: name, Award: "BKT", Facts: json.RawMessage(`{"years":2}`)}
	salt := []byte("salt " + id)
	commitment, err := proposal.Commit(salt, c)
	require.NoError(w.t, err)
	w.content.Items = append(w.content.Items, ItemRevision{Item: id, Revision: revision, Content: c, Salt: salt, Commitment: commitment})
	return proposal.InputItem{ID: id, Subject: "s-" + id, Unit: school, Commitment: commitment}
}

// law stores a version of the law data and returns its hash.
func (w *world) law(text string) string {
	h := sha256.New()
	fmt.Fprintf(h, "a.yaml\n%d\n%s", len(text), text)
	hash := hex.EncodeToString(h.Sum(nil))
	w.laws[hash] = map[string]string{"a.yaml": text}
	return hash
}

func raw(t testing.TB, v any) json.RawMessage {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return b
}

// world is a Source.
func (w *world) Case() string                                        { return w.id }
func (w *world) History(context.Context) (*historypb.History, error) { return w.h.history(), nil }
func (w *world) CaseKey(context.Context) ([]byte, error)             { return w.h.key, nil }
func (w *world) Trail(context.Context) ([]TrailRow, error)           { return w.trail, nil }
func (w *world) Attempts(context.Context) ([]Attempt, error)         { return w.tries, nil }
func (w *world) Content(context.Context) (Content, error)            { return w.content, nil }
func (w *world) Validations(context.Context) ([]Validation, error)   { return w.checks, nil }
func (w *world) Keyring(context.Context) (string, string, error) {
	signed, err := envelope.SignRing(w.ring, w.root)
	return signed, w.root.Public().Public, err
}
func (w *world) Law(_ context.Context, hash string) (map[string]string, error) {
	return w.laws[hash], nil
}
func (w *world) Document(_ context.Context, h string) ([]byte, error) {
	if d, ok := w.docs[h]; ok {
		return d, nil
	}
	return nil, ErrNoDocument
}

func (w *world) bundle() []byte {
	var b bytes.Buffer
	require.NoError(w.t, Write(context.Background(), w, &b))
	return b.Bytes()
}

func (w *world) fingerprint() string { return w.root.KeyID }
