package app

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/proposal"
	"vinhdanh/internal/reconcile"
)

// histories gives the transitions as the trail has them: what a history would say of a
// session whose rows somebody changes.
type histories struct{ *world }

func (h histories) Describe(context.Context, string) (reconcile.Run, error) {
	return reconcile.Run{Found: true, Open: true}, nil
}

func (h histories) Account(context.Context, string) (proposal.Account, error) {
	return proposal.Account{}, errors.New("not asked of a session")
}
func (h histories) All(context.Context, func(string) error) error { return nil }
func (h histories) Transitions(ctx context.Context, id string) ([]json.RawMessage, error) {
	rows, err := h.Store.Trail(ctx, id)
	var out []json.RawMessage
	for _, r := range rows {
		out = append(out, json.RawMessage(r.Body))
	}
	return out, err
}

// TestReconcileReadsASession: the rows of a session with sealed ballots and a late
// recusal agree with its transitions, and each row that somebody changes is found.
func TestReconcileReadsASession(t *testing.T) {
	t.Parallel()
	r := newSealedRoom(t, 3)
	last := r.v.Roster[len(r.v.Roster)-1].User
	_, err := r.DeclareInterests(r.ctx, r.byID(last), r.v.ID, InterestsInput{Conflicts: []Conflict{{Item: r.v.Agenda[0].Item, Reason: "Em ruột"}}})
	require.NoError(t, err)
	for _, seat := range r.v.Roster[:4] {
		b, err := r.SecretBallot(r.ctx, r.byID(seat.User), r.v.ID)
		require.NoError(t, err)
		_, err = r.CastSecret(r.ctx, r.byID(seat.User), r.v.ID, SecretInput{Sealed: r.sealed(b, "yna")})
		require.NoError(t, err)
	}
	r.counted()
	found := func() (out []string) {
		report, err := reconcile.Reconcile(r.ctx, reconcile.Deps{Store: r.Store, Workflows: histories{r.world}})
		require.NoError(t, err)
		for _, f := range report.Findings {
			if f.Case == r.v.CaseID {
				out = append(out, f.Detail)
			}
		}
		return out
	}
	require.Empty(t, found())
	votes, err := r.Store.SecretVotesOf(r.ctx, r.v.ID)
	require.NoError(t, err)
	row, err := r.Store.SessionByID(r.ctx, r.v.ID)
	require.NoError(t, err)
	for _, x := range []struct{ name, do, undo, detail string }{
		{"a ballot's digest", `update secret_votes set digest = repeat('0', 64) where digest = '` + votes[0].Digest + `'`,
			`update secret_votes set digest = '` + votes[0].Digest + `' where digest = repeat('0', 64)`, "the sealed ballot 0000"},
		{"whose ballot it is", `update secret_votes set written = true where digest = '` + votes[1].Digest + `'`,
			`update secret_votes set written = false where digest = '` + votes[1].Digest + `'`, "the sealed ballot " + votes[1].Digest},
		{"a ballot more", `insert into secret_votes (session, member, number, digest) values ('` + r.v.ID + `', 'somebody', 99, repeat('1', 64))`,
			`delete from secret_votes where member = 'somebody'`, "5 sealed ballots, the history has 4"},
		{"the commitment", `update sessions set box = repeat('2', 64)`, `update sessions set box = '` + row.Box + `'`, "commitment"},
		{"a recusal", `update sessions set changes = '[]'`, `update sessions set changes = '` + string(row.Changes) + `'`, "changes since it was convened"},
		{"a ballot kept", `insert into sealed_ballots (session, member, digest, sealed) select session, member, digest, 'x' from secret_votes limit 1`,
			`delete from sealed_ballots`, "still kept"},
	} {
		r.asOwner(x.do)
		require.Contains(t, strings.Join(found(), "\n"), x.detail, x.name)
		r.asOwner(x.undo)
		require.Empty(t, found(), x.name)
	}
}
