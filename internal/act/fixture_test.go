package act

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/embedded/pg"
	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }

// Invented units.
const proposer, district, body, authority = "u-office", "u-district", "u-standing", "u-province"

// desk is a desk on a real PostgreSQL behind a proxy that can be cut, with the
// pure state machine in Temporal's place.
type desk struct {
	*Desk
	t     *testing.T
	urls  pg.URLs
	proxy *pgtest.Proxy
	cloud *cloud
	sure  *postgres.Store // past the proxy: what is really stored
	user  string
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	ctx := context.Background()
	urls := pgtest.Database(t)
	err := postgres.Migrate(ctx, urls.Owner)
	require.NoError(t, err)
	signer, err := envelope.GenerateSigner(envelope.PurposeApp)
	require.NoError(t, err)
	d := &desk{t: t, urls: urls, user: uuid.NewString()}
	d.cloud = newCloud(&envelope.Ring{Installation: "test", Version: 1, Keys: []envelope.Key{signer.Public()}})
	d.sure = d.open(urls.App)
	units := []postgres.SeedUnit{}
	for _, u := range []string{proposer, district, body, authority} {
		units = append(units, postgres.SeedUnit{Unit: postgres.Unit{ID: u, Name: u, Kind: "office", Level: "province"}})
	}
	token := uuid.New()
	require.NoError(t, d.sure.Seed(ctx, units, []postgres.SeedUser{{
		User: postgres.User{ID: d.user, Login: "lan", FullName: "Nguyễn Thị Giả Định", Locale: "vi"}, Sample: true,
		TokenID: uuid.NewString(), TokenHash: token[:],
	}}, nil))
	var by string
	d.proxy, by = pgtest.NewProxy(t, urls.App)
	d.Desk = &Desk{Store: d.open(by), Temporal: d.cloud, Signer: signer, Install: "test", Queue: "cases", Wait: 2 * time.Second}
	return d
}

func (d *desk) open(url string) *postgres.Store {
	d.t.Helper()
	s, err := postgres.Open(context.Background(), url)
	require.NoError(d.t, err)
	d.t.Cleanup(s.Close)
	return s
}

// restart is a new process: a desk that knows nothing but what is stored.
func (d *desk) restart() *Desk {
	return &Desk{Store: d.sure, Temporal: d.cloud, Install: "test", Queue: "cases", Wait: 2 * time.Second}
}

// drafted is a stored draft with one invented person, and the act that sends it.
func (d *desk) drafted() (postgres.Proposal, Request) {
	d.t.Helper()
	ctx := context.Background()
	content := proposal.ItemContent{Award: "X", Kind: "individual", Name: "Trần Văn Minh Họa", Facts: json.RawMessage(`{}`)}
	salt := []byte("0123456789abcdef")
	commitment, err := proposal.Commit(salt, content)
	require.NoError(d.t, err)
	sub, err := d.sure.CreateSubmission(ctx, postgres.Drafted{
		Submission: postgres.Submission{Unit: proposer, CreatedBy: d.user}, Year: 2023,
		Proposals: []postgres.DraftedProposal{{Award: "X", Items: []postgres.DraftedItem{{Content: content, Salt: salt, Commitment: commitment}}}},
	})
	require.NoError(d.t, err)
	ps, err := d.sure.ProposalsOfSubmission(ctx, sub)
	require.NoError(d.t, err)
	items, err := d.sure.ItemsOf(ctx, ps[0].ID, 1)
	require.NoError(d.t, err)
	in := proposal.Input{
		Case: ps[0].CaseID, Proposal: ps[0].ID, Revision: 1, Award: "X", Regime: "R1", LawHash: "law", Route: route(),
		Items: []proposal.InputItem{{ID: items[0].ID, Subject: items[0].Subject, Unit: proposer, Commitment: items[0].Commitment}},
	}
	in.Content = proposal.ContentOf("X", in.Items)
	_, err = d.sure.Pin(ctx, ps[0].ID, "R1", "law", in.Route, "2023-11-01")
	require.NoError(d.t, err)
	return ps[0], Request{
		Workflow: "commendation", Case: in.Case, Action: "send", Stage: "nomination", Revision: 1, Number: 1,
		Actor: d.actor("unit_head", proposer), Data: proposal.SendData{Content: in.Content},
		Start: func(m envelope.Message) any { in.Send = m; return in },
	}
}

func (d *desk) actor(role, unit string) Actor {
	return Actor{User: d.user + "-" + role, Role: role, Unit: unit, SignedIn: "token"}
}

func route() proposal.Route {
	rule := council.Rule{Mode: council.ModeMeeting, Base: council.BaseAll, Threshold: council.Fraction{Num: 7, Den: 10}, Quorum: council.Fraction{Num: 2, Den: 3}}
	return proposal.Route{Code: "test", Stages: []proposal.Stage{
		{Kind: proposal.StageNomination, Unit: proposer, Roles: []proposal.Role{proposal.RoleUnitHead}},
		{Kind: proposal.StageReview, Unit: district, Roles: []proposal.Role{proposal.RoleReviewer}, MayReturn: true},
		{Kind: proposal.StageReception, Unit: body, Roles: []proposal.Role{proposal.RoleAppraiser}},
		{Kind: proposal.StageCouncil, Unit: authority, Roles: []proposal.Role{proposal.RoleChair}, Council: &rule},
		{Kind: proposal.StageIssuance, Unit: authority, Roles: []proposal.Role{proposal.RoleSigner}},
	}}
}

// sent is a live case at its review.
func (d *desk) sent() postgres.Proposal {
	d.t.Helper()
	p, r := d.drafted()
	res, err := d.Do(context.Background(), r)
	require.NoError(d.t, err)
	require.Equal(d.t, Accepted, res.Status, "%+v", res)
	require.True(d.t, res.Recorded)
	return d.now(p)
}

func (d *desk) now(p postgres.Proposal) postgres.Proposal {
	d.t.Helper()
	got, err := d.sure.ProposalIn(context.Background(), postgres.Scope{All: true}, p.ID)
	require.NoError(d.t, err)
	return got
}

// forward is the district's decision on a case as it stands.
func (d *desk) forward(p postgres.Proposal) Request {
	return Request{
		Workflow: "commendation", Case: p.CaseID, Action: "decide", Stage: p.Stage, Revision: p.Revision, Number: p.Number + 1,
		Actor: d.actor("reviewer", district), Nonce: uuid.NewString(),
		Data: proposal.DecideData{Verdict: proposal.VerdictForward, Opinions: proposal.Opinions{Default: proposal.OpinionPropose}},
	}
}

// same asserts that the record is what the machine did: each transition once, in
// one chain, each attempt with one outcome.
func (d *desk) same(p postgres.Proposal, nonces ...string) {
	d.t.Helper()
	ctx := context.Background()
	did, err := d.cloud.history(p.CaseID)
	require.NoError(d.t, err)
	rows, err := d.sure.Trail(ctx, p.CaseID)
	require.NoError(d.t, err)
	require.Len(d.t, rows, len(did))
	prev := p.CaseID
	for i, row := range rows {
		want, err := json.Marshal(did[i])
		require.NoError(d.t, err)
		require.JSONEq(d.t, string(want), string(row.Body))
		require.Equal(d.t, postgres.ChainHash(prev, row.Body), row.Hash)
		prev = row.Hash
	}
	require.Equal(d.t, len(did), d.now(p).Number)
	for i, nonce := range nonces {
		o, err := d.sure.OutcomeOf(ctx, nonce)
		require.NoError(d.t, err, "attempt %d has no outcome", i)
		require.Equal(d.t, "accepted", o.Status)
	}
	open, err := d.sure.OpenAttempts(ctx, 0, 100)
	require.NoError(d.t, err)
	require.Empty(d.t, open)
}

// errCrash is thrown where a process is killed.
var errCrash = errors.New("killed")

// killed runs f in a process that is killed on the way.
func killed(t *testing.T, f func()) {
	t.Helper()
	defer func() {
		if r := recover(); r != errCrash {
			panic(fmt.Sprintf("not killed: %v", r))
		}
	}()
	f()
	t.Fatal("it came to its end")
}
