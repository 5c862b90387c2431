package app

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"vinhdanh/activities"
	"vinhdanh/internal/act"
	"vinhdanh/internal/blob"
	"vinhdanh/internal/council"
	"vinhdanh/internal/decision"
	"vinhdanh/internal/dossier"
	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/identity"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/payload"
	"vinhdanh/internal/personal"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/sample"
	"vinhdanh/workflows"
)

// Units of the sample province of 2023. The people are invented.
const (
	proposer   = "phong-gddt-phung-hiep"
	standing   = "ban-tdkt-hau-giang"
	theCouncil = "hoi-dong-tdkt-hau-giang"
	authority  = "ubnd-tinh-hau-giang"
)

// world is an application on a real PostgreSQL, with the pure state machines in
// Temporal's place, and the worker's activities over the same store.
type world struct {
	*App
	t         *testing.T
	temporal  *machines
	sealer    *activities.Sealer
	deliverer *activities.Deliverer
	documents *activities.Documents
	ledger    *activities.Ledger
	users     map[string]string // id by login
	owner     string            // address of the database as its owner
	served    string            // and as serve and worker
}

// compiled is the evaluator of the built-in law, made once for all tests.
var compiled = sync.OnceValues(func() (*eval.Evaluator, error) { return eval.New(law.Default()) })

func newWorld(t *testing.T) *world {
	t.Helper()
	ctx := context.Background()
	urls := pgtest.Database(t)
	err := postgres.Migrate(ctx, urls.Owner)
	require.NoError(t, err)
	store, err := postgres.Open(ctx, urls.App)
	require.NoError(t, err)
	t.Cleanup(store.Close)
	w := &world{t: t, users: map[string]string{}, owner: urls.Owner, served: urls.App}
	w.seed(store)

	ring := &envelope.Ring{Installation: "test", Version: 1}
	signers := map[envelope.Purpose]*envelope.Signer{}
	for _, p := range []envelope.Purpose{envelope.PurposeApp, envelope.PurposeSession, envelope.PurposeIssuance} {
		s, err := envelope.GenerateSigner(p)
		require.NoError(t, err)
		signers[p], ring.Keys = s, append(ring.Keys, s.Public())
	}
	w.temporal = &machines{ring: ring, runs: map[string]*machineRun{}}
	blobs, err := blob.OpenFolder(t.TempDir())
	require.NoError(t, err)
	caseKeys, err := payload.NewWrapped(store, make([]byte, 32))
	require.NoError(t, err)
	rules, err := compiled()
	require.NoError(t, err)
	w.App = New(App{
		Personal: testVault(t), Ring: ring, Store: store, Blobs: blobs, Keys: caseKeys, Law: law.Default(), Rules: rules,
		Pinned: dossier.NewPinned(store, law.Default(), rules), Today: func() law.Date { return law.MustDate("2023-11-15") },
		Desk:     &act.Desk{Store: store, Temporal: w.temporal, Signer: signers[envelope.PurposeApp], Install: "test", Queue: "cases"},
		BusyWait: time.Millisecond, Identity: identity.Settings{Params: cheap}, Place: Place{PublicURL: "http://localhost:8080"},
	})
	w.sealer = &activities.Sealer{Store: store, Signers: signers, Install: "test"}
	w.deliverer = &activities.Deliverer{Store: store, Desk: &act.Desk{Store: store, Temporal: w.temporal, Install: "test", Queue: "cases"}}
	key, cert, err := decision.SelfSigned("Ủy ban nhân dân tỉnh mẫu", "mẫu", time.Now().Add(-time.Hour))
	require.NoError(t, err)
	w.documents = &activities.Documents{Store: store, Blobs: blobs, Org: activities.OrgSigner{Key: key, Chain: chain(cert), Name: "UBND tỉnh mẫu"}}
	w.ledger = &activities.Ledger{Store: store}
	return w
}

// testVault keeps personal numbers under a key that everybody knows.
func testVault(t *testing.T) *personal.Vault {
	t.Helper()
	v, err := personal.NewVault([]personal.Key{{ID: "test", Bytes: make([]byte, personal.KeySize)}})
	require.NoError(t, err)
	return v
}

// cheap is a hash for tests that sign in often.
var cheap = identity.Params{Memory: 64, Iterations: 1, Parallelism: 1}

// seed loads the sample province.
func (w *world) seed(store *postgres.Store) {
	p, err := sample.Load2023()
	require.NoError(w.t, err)
	var units []postgres.SeedUnit
	for _, u := range p.Units {
		row := postgres.SeedUnit{Unit: postgres.Unit{
			ID: u.ID, Name: u.Name, ShortName: u.ShortName, Kind: string(u.Kind), Level: string(u.Level),
			Parent: ref(u.Parent), Place: u.Place, Symbol: u.Symbol, Order: u.ProtocolOrder,
		}}
		if u.Links != nil {
			row.Authority, row.StandingBody, row.Council = ref(u.Links.Authority), ref(u.Links.StandingBody), ref(u.Links.Council)
		}
		units = append(units, row)
	}
	var users []postgres.SeedUser
	for _, u := range p.Users {
		row := postgres.SeedUser{User: postgres.User{ID: uuid.NewString(), Login: u.Login, FullName: u.FullName, Email: u.Email, Locale: "vi"}, Sample: true}
		for _, m := range u.Memberships {
			for _, r := range m.Roles {
				row.Memberships = append(row.Memberships, postgres.Membership{Unit: m.Unit, Role: string(r), Title: m.Title})
			}
		}
		token := uuid.New()
		row.TokenID, row.TokenHash = uuid.NewString(), token[:]
		users = append(users, row)
		w.users[u.Login] = row.ID
	}
	require.NoError(w.t, store.Seed(context.Background(), units, users, nil))
}

func ref(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// as opens a session for a sample user.
func (w *world) as(login string) Session {
	w.t.Helper()
	u, err := w.Store.UserByLogin(context.Background(), login)
	require.NoError(w.t, err)
	s, err := w.session(context.Background(), u, "token")
	require.NoError(w.t, err)
	return s
}

// voting is the vote rule of the cases that the tests send.
var voting = council.Rule{
	Mode: council.ModeMeeting, Base: council.BaseAll, Threshold: council.Fraction{Num: 70, Den: 100},
	Ballot: council.BallotOpen, Absent: council.AbsentWritten, Quorum: council.Fraction{Num: 2, Den: 3},
}

// send starts a case of an award with named subjects and takes it to the council.
func (w *world) send(award string, rule council.Rule, names ...proposal.ItemContent) postgres.Proposal {
	t, ctx := w.t, context.Background()
	t.Helper()
	d := postgres.Drafted{Submission: postgres.Submission{Unit: proposer, CreatedBy: w.users["pgd-clerk"]}, Year: 2023}
	p := postgres.DraftedProposal{Award: award}
	for _, c := range names {
		c.Award = award
		it, err := drafted(c)
		require.NoError(t, err)
		p.Items = append(p.Items, it)
	}
	d.Proposals = []postgres.DraftedProposal{p}
	sub, err := w.Store.CreateSubmission(ctx, d)
	require.NoError(t, err)
	ps, err := w.Store.ProposalsOfSubmission(ctx, sub)
	require.NoError(t, err)
	route := proposal.Route{Code: "test", Stages: []proposal.Stage{
		{Kind: proposal.StageNomination, Unit: proposer, Roles: []proposal.Role{proposal.RoleClerk, proposal.RoleUnitHead}},
		{Kind: proposal.StageReception, Unit: standing, Roles: inStanding},
		{Kind: proposal.StageCouncil, Unit: theCouncil, Roles: inCouncil, Council: &rule},
		{Kind: proposal.StageIssuance, Unit: authority, Roles: []proposal.Role{proposal.RoleSigner, proposal.RoleRegistrar}},
	}, Exclusive: [][2]proposal.Role{{proposal.RoleUnitHead, proposal.RoleSigner}, {proposal.RoleStandingHead, proposal.RoleSigner}}}
	pinned, err := w.Store.Pin(ctx, ps[0].ID, "R1", w.Law.Hash(), route, "2023-11-01")
	require.NoError(t, err)
	require.True(t, pinned)
	items, err := w.Store.ItemsOf(ctx, ps[0].ID, 1)
	require.NoError(t, err)
	in := proposal.Input{Case: ps[0].CaseID, Proposal: ps[0].ID, Revision: 1, Award: award, Regime: "R1", LawHash: w.Law.Hash(), Route: route}
	for _, it := range items {
		in.Items = append(in.Items, proposal.InputItem{ID: it.ID, Subject: it.Subject, Unit: proposer, Commitment: it.Commitment})
	}
	in.Content = proposal.ContentOf(award, in.Items)
	head, ok := w.as("pgd-head").As(proposer, proposal.RoleUnitHead)
	require.True(t, ok)
	_, err = w.do(ctx, w.as("pgd-head"), "", act.Request{
		Workflow: workflows.TypeCommendation, Case: in.Case, Action: string(proposal.ActionSend), Stage: "nomination",
		Revision: 1, Number: 1, Actor: head, Data: proposal.SendData{Content: in.Content},
		Start: func(m envelope.Message) any { in.Send = m; return in },
	})
	require.NoError(t, err)
	w.after(in.Case, 0)
	w.onCase(in.Case, proposal.ActionAccept, w.standingLogin(), standing, proposal.RoleStandingHead, proposal.AcceptData{Regime: "R1", LawHash: w.Law.Hash()})
	got, err := w.Store.ProposalIn(ctx, postgres.Scope{All: true}, ps[0].ID)
	require.NoError(t, err)
	require.Equal(t, "council", got.Stage)
	return got
}

// onCase does an act of a person on a case as it stands.
func (w *world) onCase(caseID string, action proposal.Action, login, unit string, role proposal.Role, data any) {
	w.t.Helper()
	p, err := w.Store.ProposalIn(context.Background(), postgres.Scope{All: true}, caseID)
	require.NoError(w.t, err)
	actor, ok := w.as(login).As(unit, role)
	require.True(w.t, ok, "%s is no %s of %s", login, role, unit)
	done, err := w.do(context.Background(), w.as(login), "", act.Request{
		Workflow: workflows.TypeCommendation, Case: caseID, Action: string(action), Stage: p.Stage,
		Revision: p.Revision, Number: p.Number + 1, Actor: actor, Data: data,
	})
	require.NoError(w.t, err)
	require.Contains(w.t, []string{act.Accepted, act.Pending}, done.Status)
	w.after(caseID, p.Number)
}

// after waits until an act beyond number before stands in a case's row: on a busy
// machine an act may be told as accepted a moment before it is recorded.
func (w *world) after(caseID string, before int) {
	w.t.Helper()
	require.Eventually(w.t, func() bool {
		p, err := w.Store.ProposalIn(context.Background(), postgres.Scope{All: true}, caseID)
		return err == nil && p.Number > before
	}, time.Minute, 20*time.Millisecond)
}

func (w *world) standingLogin() string { return w.holder(standing, proposal.RoleStandingHead) }

// holder is the login of the first person who holds a role in a unit.
func (w *world) holder(unit string, role proposal.Role) string {
	w.t.Helper()
	p, err := sample.Load2023()
	require.NoError(w.t, err)
	with := p.With(unit, role)
	require.NotEmpty(w.t, with, "nobody is %s of %s", role, unit)
	return with[0].Login
}

func person(name string) proposal.ItemContent {
	return proposal.ItemContent{Kind: "individual", Form: "Ông", Name: name, Position: "Giáo viên",
		Workplace: "Trường Tiểu học Mẫu", PeriodKind: "calendar", Period: "2023", Facts: json.RawMessage(`{}`)}
}

// finishCouncil does what the session's workflow does after its close.
func (w *world) finishCouncil(s postgres.CouncilSession) workflows.Delivery {
	return w.rounds(func(round int) (workflows.Sealed, error) {
		var last []council.Transition
		w.history(s.CaseID, &last)
		return w.sealer.SealCouncil(context.Background(), workflows.SealCouncilInput{
			SealInput: workflows.SealInput{Case: s.CaseID, ID: s.ID, Round: round}, Results: last[len(last)-1].Results})
	})
}

// rounds seals and delivers as workflows.deliverAll does.
func (w *world) rounds(seal func(int) (workflows.Sealed, error)) workflows.Delivery {
	w.t.Helper()
	var total workflows.Delivery
	for round := 1; round <= 5; round++ {
		sealed, err := seal(round)
		require.NoError(w.t, err)
		if sealed.Count == 0 {
			return total
		}
		d, err := w.deliverer.Deliver(context.Background(), sealed)
		require.NoError(w.t, err)
		if d.Refused > 0 {
			caseID, _, _ := strings.Cut(sealed.Batch, "#")
			rows, err := w.Store.DeliveryOf(context.Background(), caseID)
			w.t.Log("refused:", rows, err)
		}
		total.Delivered, total.Refused, total.Moved = total.Delivered+d.Delivered, total.Refused+d.Refused, d.Moved
		if d.Moved == 0 {
			return total
		}
	}
	return total
}

func (w *world) history(caseID string, into any) {
	w.t.Helper()
	raw, err := w.temporal.QueryWorkflow(context.Background(), caseID, "", "transitions", 0)
	require.NoError(w.t, err)
	require.NoError(w.t, raw.Get(into))
}
