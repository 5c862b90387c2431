package main

import (
	"io"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/evidence"
	"vinhdanh/internal/keys"
	"vinhdanh/internal/postgres"
)

// saga is one case that is carried to its end while what carries it is killed
// again and again.
type saga struct {
	t   *testing.T
	dir string
	c   *child
	w   *town
	p   postgres.Proposal
}

func begin(t *testing.T) *saga {
	s := &saga{t: t, dir: dataDir(t)}
	s.c = start(t, partHouse, s.dir)
	s.w = s.c.visit(s.dir)
	return s
}

// again starts the next instance on the same directory.
func (s *saga) again() {
	s.t.Helper()
	gone(s.t, s.c.at.Postgres)
	id := s.p.ID
	s.c = start(s.t, partHouse, s.dir)
	s.w = s.c.visit(s.dir)
	if id != "" {
		s.settle()
		s.p = s.w.now(id)
	}
}

// killed ends everything at once: kill -9 of the whole instance.
func (s *saga) killed() {
	s.t.Helper()
	s.c.kill()
	s.again()
}

// settle brings every stored attempt to its outcome, as serve's sweep does later.
func (s *saga) settle() {
	s.t.Helper()
	s.w.waitFor("the open attempts", func() (bool, error) {
		if _, err := s.w.app.Desk.Sweep(s.w.ctx, 0); err != nil {
			return false, err
		}
		open, err := s.w.app.Store.OpenAttempts(s.w.ctx, 0, 10)
		return len(open) == 0, err
	})
}

// during does an act while the instance is killed, and afterwards, unless it was
// done by then, the same act again: the person presses the same button once more.
func (s *saga) during(after time.Duration, done func() bool, f func() error) {
	s.t.Helper()
	answered := make(chan error, 1)
	go func() {
		defer close(answered) // also when f ends its goroutine
		answered <- f()
	}()
	time.Sleep(after)
	s.c.kill()
	<-answered // whatever it was told
	s.again()
	if !done() {
		require.NoError(s.t, f())
		s.settle()
	}
	require.True(s.t, done())
	s.p = s.w.now(s.p.ID)
}

// TestKilledAgainAndAgain carries a case from its sending to its verified archive.
// Whatever is killed when, it comes to the same end: the same trail, no step
// twice, nothing lost.
func TestKilledAgainAndAgain(t *testing.T) {
	t.Parallel()
	s := begin(t)
	s.p = s.w.sent("BKT-PT", 2)
	s.killed() // while the rules may still be being checked

	back := app.DecideInput{Target: app.Target{Proposal: s.p.ID, Nonce: uuid.NewString()}, Verdict: "return", Reason: "Chưa nêu số liệu (giả định)."}
	reviewer, head := s.w.who("ph-reviewer"), s.w.who("pgd-head") // signed in before the kill
	s.during(10*time.Millisecond, func() bool { return s.w.now(s.p.ID).Returned }, func() error {
		return second(s.w.app.Decide(s.w.ctx, reviewer, back))
	})
	again := app.ResubmitInput{Target: app.Target{Proposal: s.p.ID, Nonce: uuid.NewString()}}
	s.during(30*time.Millisecond, func() bool { return s.w.now(s.p.ID).Revision == 2 }, func() error {
		return second(s.w.app.Resubmit(s.w.ctx, head, again))
	})
	s.w.atRest(s.p)
	s.p = s.w.forward(s.p)
	s.postgresKilled()
	s.p = s.w.appraised("snv-appraiser", s.p)
	session := s.voted()
	decision := s.issued()
	s.ended(session, decision)
}

// postgresKilled: without its database the instance says so and ends; the next
// one recovers.
func (s *saga) postgresKilled() {
	s.t.Helper()
	require.NoError(s.t, syscall.Kill(s.c.at.Postgres, syscall.SIGKILL))
	require.Equal(s.t, 1, s.c.over())
	require.Contains(s.t, s.c.said.String(), "PostgreSQL ended by itself")
	s.again()
}

// voted holds a council session; the instance is killed between two ballots, and
// right after the session was closed.
func (s *saga) voted() string {
	s.t.Helper()
	m := provincial
	secretary := s.w.who(m.secretary)
	v, err := s.w.app.DraftSession(s.w.ctx, secretary, app.DraftSessionInput{Title: m.title, HeldOn: m.heldOn})
	require.NoError(s.t, err)
	_, err = s.w.app.PutOnAgenda(s.w.ctx, secretary, v.ID, app.AgendaInput{Proposals: []string{s.p.ID}})
	require.NoError(s.t, err)
	require.NoError(s.t, second(s.w.app.Convene(s.w.ctx, secretary, v.ID)))
	var present []string
	for _, login := range m.members {
		present = append(present, s.w.who(login).User)
	}
	require.NoError(s.t, second(s.w.app.OpenSession(s.w.ctx, secretary, v.ID, app.OpenInput{Present: present})))
	for i, login := range m.members {
		if i == 5 {
			s.killed()
		}
		require.NoError(s.t, second(s.w.app.DeclareInterests(s.w.ctx, s.w.who(login), v.ID, app.InterestsInput{None: true})), login)
		require.NoError(s.t, second(s.w.app.Cast(s.w.ctx, s.w.who(login), v.ID, app.CastInput{Default: "yes"})), login)
	}
	require.NoError(s.t, second(s.w.app.CloseSession(s.w.ctx, s.w.who(m.chair), v.ID, uuid.NewString())))
	s.killed()
	s.patiently("the council's result", func() bool { return s.w.now(s.p.ID).Stage == "issuance" })
	s.p = s.w.now(s.p.ID)
	return v.ID
}

// issued signs and numbers the decision; the instance is killed after each.
func (s *saga) issued() string {
	s.t.Helper()
	o := provinceOffice
	prepares := s.w.who(o.prepares)
	v, err := s.w.app.DraftDecision(s.w.ctx, prepares, app.DraftDecisionInput{Proposals: []string{s.p.ID}, Achievement: o.achievement, Period: o.period})
	require.NoError(s.t, err)
	require.NoError(s.t, second(s.w.app.SubmitDecision(s.w.ctx, prepares, v.ID)))
	require.NoError(s.t, second(s.w.app.SignDecision(s.w.ctx, s.w.who(o.signs), v.ID, app.SignInput{Content: v.Content})))
	s.killed()
	require.NoError(s.t, second(s.w.app.NumberDecision(s.w.ctx, s.w.who(o.numbers), v.ID, app.NumberInput{Number: 77})))
	s.killed()
	s.patiently("the decision's issue", func() bool { return s.w.now(s.p.ID).Closed })
	return v.ID
}

// patiently waits longer than an activity of a killed worker takes to be given to
// the next one: a minute.
func (s *saga) patiently(what string, ready func() bool) {
	s.t.Helper()
	require.Eventually(s.t, ready, 100*time.Second, 100*time.Millisecond, what)
}

// ended looks at the end: the trail, the ledger, the register, the archive.
func (s *saga) ended(session, decision string) {
	s.t.Helper()
	rows, err := s.w.app.Store.Trail(s.w.ctx, s.p.CaseID)
	require.NoError(s.t, err)
	var actions []string
	prev := s.p.CaseID
	for i, r := range rows {
		actions = append(actions, r.Action)
		require.Equal(s.t, i+1, r.Number)
		require.Equal(s.t, postgres.ChainHash(prev, r.Body), r.Hash)
		prev = r.Hash
	}
	require.Equal(s.t, []string{"send", "decide", "resubmit", "decide", "accept", "appraise", "council-result", "issued"}, actions)
	items, err := s.w.app.Store.ItemsOf(s.w.ctx, s.p.ID, postgres.Latest)
	require.NoError(s.t, err)
	require.Len(s.t, items, 2)
	for _, it := range items {
		require.Equal(s.t, "recognised", it.Outcome)
		s.patiently("the ledger row, which the issuance writes after the last case was told", func() bool { return s.ledgerRows(it.ID) > 0 })
		require.Equal(s.t, 1, s.ledgerRows(it.ID), "one ledger row per recognised item")
	}
	v, err := s.w.app.SessionView(s.w.ctx, s.w.who(provincial.secretary), session)
	require.NoError(s.t, err)
	require.Equal(s.t, 11, v.Ballots)
	auditor := s.w.who("hg-auditor")
	s.patiently("the archive", func() bool {
		a, err := s.w.app.Account(s.w.ctx, auditor, s.p.CaseID)
		return err == nil && a.Archive != nil
	})
	d, err := s.w.app.DecisionView(s.w.ctx, auditor, decision)
	require.NoError(s.t, err)
	require.Equal(s.t, "77/QĐ-UBND", d.NumberText)
	require.NotEmpty(s.t, d.Document)
	s.verified()
}

// ledgerRows counts the recognitions of an item.
func (s *saga) ledgerRows(item string) int {
	s.t.Helper()
	var n int
	require.NoError(s.t, s.w.sql(s.w.urls.App).QueryRow(s.w.ctx, `select count(*) from recognitions where item = $1::uuid`, item).Scan(&n))
	return n
}

func (s *saga) verified() {
	s.t.Helper()
	r, err := s.w.app.Bundle(s.w.ctx, s.w.who("hg-auditor"), s.p.CaseID)
	require.NoError(s.t, err)
	defer r.Close()
	bundle, err := io.ReadAll(r)
	require.NoError(s.t, err)
	fingerprint, err := keys.Folder(s.w.path("keys")).Fingerprint()
	require.NoError(s.t, err)
	report, err := evidence.Verify(s.w.ctx, bundle, evidence.Options{ExpectFingerprint: fingerprint})
	require.NoError(s.t, err)
	require.True(s.t, report.OK, report.En)
}

// TestWorkerKilled: an act that finds no worker is pending, with an address to
// follow; the next worker does it, once.
func TestWorkerKilled(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	servers := start(t, partServers, dir)
	worker := spawn(t, partWorker, dir)
	worker.ready("{}")
	w := servers.visit(dir)
	p := w.atRest(w.sent("BKT-PT", 1))
	worker.kill()

	in := w.forwarding(p)
	in.Nonce = uuid.NewString()
	done, err := w.app.Decide(w.ctx, w.who("ph-reviewer"), in)
	require.NoError(t, err)
	require.Equal(t, "pending", done.Status)
	require.NotEmpty(t, done.Attempt)
	at, err := w.app.Attempt(w.ctx, w.who("ph-reviewer"), done.Attempt)
	require.NoError(t, err)
	require.Equal(t, "pending", at.Status)
	require.Equal(t, 1, w.now(p.ID).Number)

	spawn(t, partWorker, dir).ready("{}")
	w.waitFor("the attempt's outcome", func() (bool, error) {
		if _, err := w.app.Desk.Sweep(w.ctx, 0); err != nil {
			return false, err
		}
		at, err = w.app.Attempt(w.ctx, w.who("ph-reviewer"), done.Attempt)
		return at.Status == "accepted", err
	})
	require.Equal(t, "reception", w.one(p).Stage)
	require.Equal(t, "council", w.appraised("snv-appraiser", w.now(p.ID)).Stage)
}
