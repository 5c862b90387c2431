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

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
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

var meeting = council.Rule{
	Mode: council.ModeMeeting, Base: council.BaseAll, Threshold: council.Fraction{Num: 1, Den: 2},
	Ballot: council.BallotOpen, Absent: council.AbsentWritten,
}

func testRoute() proposal.Route {
	return proposal.Route{
		Code: "provincial", Exclusive: [][2]proposal.Role{{proposal.RoleUnitHead, proposal.RoleReviewer}},
		Stages: []proposal.Stage{
			{Kind: proposal.StageNomination, Unit: school, Roles: []proposal.Role{proposal.RoleClerk, proposal.RoleUnitHead}},
			{Kind: proposal.StageReview, Unit: district, Roles: []proposal.Role{proposal.RoleReviewer}, Minutes: true, MayReturn: true},
			{Kind: proposal.StageReception, Unit: standing, Roles: []proposal.Role{proposal.RoleAppraiser}, MayReturn: true},
			{Kind: proposal.StageAppraisal, Unit: standing, Roles: []proposal.Role{proposal.RoleAppraiser}},
			{Kind: proposal.StageCouncil, Unit: province, Roles: []proposal.Role{proposal.RoleSecretary}, Council: &meeting},
			{Kind: proposal.StageIssuance, Unit: province, Roles: []proposal.Role{proposal.RoleSigner, proposal.RoleRegistrar}},
		},
	}
}

// commendation plays a whole case: sent, returned with reasons, resubmitted,
// forwarded without one item, accepted, appraised, voted on, issued.
func commendation(t testing.TB) *world {
	w := newWorld(t, testCase)
	law := w.law("regimes: []\n")
	items := []proposal.InputItem{w.item("i1", 1, "Danh Lắm"), w.item("i2", 1, "H'Hen"), w.item("i3", 1, "Y Thanh")}
	content := proposal.ContentOf("BKT", items)
	send := w.sign(act{action: "send", stage: "nomination", actor: "head", role: "unit_head", unit: school, data: proposal.SendData{Content: content}})
	in := proposal.Input{
		Case: w.id, Proposal: "p1", Revision: 1, Content: content, Award: "BKT", Regime: "R1", LawHash: law,
		Route: testRoute(), Items: items, Send: send,
	}
	p := w.startCase(in)
	p.validate(1)
	p.update(act{action: "decide", stage: "review", actor: "rev", role: "reviewer", unit: district,
		data: proposal.DecideData{Verdict: proposal.VerdictReturn, Reason: w.reason("thiếu biên bản họp")}})
	again := []proposal.InputItem{w.item("i1", 2, "Danh Lắm (b)"), items[1], items[2]}
	p.update(act{action: "resubmit", stage: "review", actor: "head", role: "unit_head", unit: school, revision: 2,
		data: proposal.ResubmitData{Content: proposal.ContentOf("BKT", again), Items: again}})
	p.validate(2)
	p.update(act{action: "decide", stage: "review", actor: "rev", role: "reviewer", unit: district, revision: 2,
		data: proposal.DecideData{
			Verdict: proposal.VerdictForward, Minutes: w.document("biên bản huyện"), Letter: w.document("tờ trình huyện"),
			Opinions: proposal.Opinions{Default: proposal.OpinionPropose, Exceptions: []proposal.ItemOpinion{
				{Item: "i3", Opinion: proposal.OpinionNotPropose, Reason: w.reason("chưa đủ thời gian")},
			}},
		}})
	w.refusedAttempt(p)
	p.update(act{action: "accept", stage: "reception", actor: "app1", role: "appraiser", unit: standing, revision: 2,
		data: proposal.AcceptData{Regime: "R1", LawHash: law}})
	p.update(act{action: "appraise", stage: "appraisal", actor: "app1", role: "appraiser", unit: standing, revision: 2,
		data: proposal.AppraiseData{Opinions: proposal.Opinions{Default: proposal.OpinionPropose}, Report: w.document("báo cáo thẩm định")}})
	sum := &council.Sum{Yes: 4, No: 1, Base: 5, Needed: 3, Met: true}
	p.update(act{action: "council-result", stage: "council", actor: "session", role: "chair", unit: province, revision: 2,
		purpose: envelope.PurposeSession, data: proposal.CouncilData{Session: "s1", Items: []proposal.ItemResult{
			{Item: "i1", Outcome: proposal.OutcomePassed, Sum: sum}, {Item: "i2", Outcome: proposal.OutcomeNotPassed},
		}}})
	p.update(act{action: "issued", stage: "issuance", actor: "registrar", role: "registrar", unit: province, revision: 2,
		purpose: envelope.PurposeIssuance, data: proposal.IssuedData{
			Decision: "d1", Number: "328/QĐ-UBND", Date: "2023-12-01", Content: "c", Document: w.document("%PDF-1.7 quyết định"),
			Submitter: []string{"sh"}, Signer: []string{"chair"}, Registrar: []string{"registrar"}, Items: []string{"i1"},
		}})
	w.h.complete(workflows.CommendationResult{Transitions: 8, Items: []workflows.CommendationEnd{
		{Item: "i1", Outcome: proposal.OutcomeRecognised}, {Item: "i2", Outcome: proposal.OutcomeNotPassed}, {Item: "i3", Outcome: proposal.OutcomeNotProposed},
	}})
	w.content.Papers = []Paper{{Kind: "minutes", FileName: "bien-ban.pdf", SHA256: w.document("biên bản huyện"), Size: 10}}
	return w
}

// refusedAttempt stores an attempt that the workflow refused.
func (w *world) refusedAttempt(*player) {
	w.sign(act{action: "accept", stage: "reception", actor: "rev", role: "reviewer", unit: district, revision: 2, data: proposal.AcceptData{Regime: "R1", LawHash: "x"}})
	last := &w.tries[len(w.tries)-1]
	last.Status, last.Code = statusRefused, envelope.CodeRole
}

// player drives the pure case and writes the history beside it.
type player struct {
	w *world
	c *proposal.Case
}

func (w *world) startCase(in proposal.Input) *player {
	w.h.start(workflows.TypeCommendation, in)
	c, err := proposal.New(in, w.opened(in.Send), w.h.now)
	require.NoError(w.t, err)
	w.recorded(raw(w.t, c.Transitions(0)[0]))
	return &player{w, c}
}

func (p *player) validate(revision int) {
	v := proposal.Validation{Revision: revision, LawHash: p.c.LawHash(), FactsHash: "f", ResultHash: "r"}
	p.w.h.activity(workflows.ActivityValidate, workflows.ValidateInput{
		Proposal: "p1", Revision: p.c.Revision(), Regime: p.c.Regime(), LawHash: p.c.LawHash(), Content: p.c.Content(),
	}, v)
	p.w.checks = append(p.w.checks, Validation{Revision: revision, LawHash: p.c.LawHash(), FactsHash: "f", ResultHash: "r", Facts: raw(p.w.t, 1), Result: raw(p.w.t, 2)})
	p.c.Validated(v)
}

func (p *player) update(a act) {
	m := p.w.sign(a)
	o := p.w.opened(m)
	p.w.h.task()
	t, err := p.c.Apply(o, p.w.h.now)
	require.NoError(p.w.t, err, a.action)
	sender := senderApp + "/serve-1"
	if a.purpose == envelope.PurposeSession || a.purpose == envelope.PurposeIssuance {
		sender = senderWorker + "/worker-1"
	}
	p.w.h.update(a.action, o.Act.Nonce, sender, m, t)
	p.w.recorded(raw(p.w.t, t))
}
