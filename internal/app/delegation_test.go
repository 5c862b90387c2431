package app

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

const district = "ubnd-phung-hiep"

// delegate sets a delegation by its holder and requires that it is taken.
func (w *world) delegate(from, to, unit, first, last string, roles ...string) DelegationRow {
	w.t.Helper()
	row, err := w.SetDelegation(context.Background(), w.as(from), DelegationInput{
		Delegate: w.users[to], Unit: unit, Roles: roles, From: first, To: last,
	})
	require.NoError(w.t, err)
	return row
}

func TestADelegateActsForSomebodyAndTheCaseSaysSo(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	w.delegate("ph-reviewer", "ph-standing", district, "2023-11-20", "2023-11-24", "reviewer")
	p := w.sent(t)["BKT-PT"]

	who := w.as("ph-standing")
	in, err := w.Inbox(ctx, who)
	require.NoError(t, err)
	assert.Len(t, in.Waiting, 6, "what waits for the absent reviewer waits for the delegate")
	require.Len(t, in.Delegations, 1)
	require.NotEmpty(t, in.Notices, "the delegator's notices go to the delegate too")
	minutes, err := w.AddPaper(ctx, who, PaperInput{Proposal: p.ID, Kind: "minutes", FileName: "bb.pdf"}, []byte("%PDF-1.7 biên bản"))
	require.NoError(t, err)
	_, err = w.Decide(ctx, who, DecideInput{Target: Target{Proposal: p.ID}, Verdict: "forward", Minutes: minutes.SHA256})
	require.NoError(t, err)

	rows, err := w.Store.Trail(ctx, p.CaseID)
	require.NoError(t, err)
	var step struct {
		Actor      string `json:"actor"`
		OnBehalfOf string `json:"on_behalf_of"`
		Role       string `json:"role"`
	}
	require.NoError(t, json.Unmarshal(rows[len(rows)-1].Body, &step))
	assert.Equal(t, w.users["ph-standing"], step.Actor)
	assert.Equal(t, w.users["ph-reviewer"], step.OnBehalfOf)
	assert.Equal(t, "reviewer", step.Role)

	account, err := w.Account(ctx, w.as("hg-auditor"), p.ID)
	require.NoError(t, err)
	last := account.Steps[len(account.Steps)-1]
	assert.Contains(t, last.Vi, "Huỳnh Văn Thường Trực")
	assert.Contains(t, last.Vi, "xử lý thay Võ Thị Thử Nghiệm")
	assert.Contains(t, last.En, "on behalf of Võ Thị Thử Nghiệm")
	require.Len(t, account.Delegations, 1, "the case shows who could act for whom")
	assert.Equal(t, "Huỳnh Văn Thường Trực", account.Delegations[0].DelegateName)

	heads, err := w.Store.NoticesOf(ctx, w.users["pgd-head"], 50)
	require.NoError(t, err)
	require.NotEmpty(t, heads)
	assert.Equal(t, "Võ Thị Thử Nghiệm", heads[0].OnBehalfOf, "a notice of the act names for whom it was done")
	assert.NotContains(t, string(heads[0].Data), "Thử Nghiệm", "but never in what leaves by mail")
}

// Whoever stands behind an act stands behind it with all that they did before.
func TestDelegationDoesNotEvadeTheSeparationOfDuties(t *testing.T) {
	t.Parallel()
	t.Run("the delegate acted before in a role that excludes", func(t *testing.T) {
		t.Parallel()
		w, ctx := office(t, "2023-11-20"), context.Background()
		w.delegate("ph-reviewer", "pgd-head", district, "2023-11-20", "2023-11-24", "reviewer")
		p := w.sent(t)["BKT-PT"] // by pgd-head
		_, err := w.Decide(ctx, w.as("pgd-head"), DecideInput{Target: Target{Proposal: p.ID}, Verdict: "return", Reason: "bổ sung"})
		assert.Equal(t, envelope.CodeSeparation, asError(err).Code)
	})
	t.Run("the delegator acted through somebody else", func(t *testing.T) {
		t.Parallel()
		w, ctx := office(t, "2023-11-20"), context.Background()
		w.delegate("pgd-head", "ph-reviewer", proposer, "2023-11-20", "2023-11-24", "unit_head")
		w.delegate("ph-reviewer-2", "pgd-head", district, "2023-11-20", "2023-11-24", "reviewer")
		v := w.imported(t)
		_, err := w.Send(ctx, w.as("ph-reviewer"), SendInput{Submission: v.ID})
		require.NoError(t, err, "the delegate sends for the head")
		p := byAward(v)["BKT-PT"]
		for _, login := range []string{"ph-reviewer", "pgd-head"} {
			_, err = w.Decide(ctx, w.as(login), DecideInput{Target: Target{Proposal: p.ID}, Verdict: "return", Reason: "bổ sung"})
			assert.Equal(t, envelope.CodeSeparation, asError(err).Code, "the act of sending counts for %s too", login)
		}
		_, err = w.Decide(ctx, w.as("ph-reviewer-2"), DecideInput{Target: Target{Proposal: p.ID}, Verdict: "return", Reason: "bổ sung"})
		assert.NoError(t, err, "who had no part in it may")
	})
}

func TestAConflictOfTheDelegatorBarsTheDelegate(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	w.delegate("ph-reviewer", "ph-standing", district, "2023-11-20", "2023-11-24", "reviewer")
	p := w.sent(t)["BKT-PT"]
	items, err := w.Store.ItemsOf(ctx, p.ID, 1)
	require.NoError(t, err)
	s := w.as("ph-standing")
	for i := range s.Memberships {
		if s.Memberships[i].OnBehalfOf != "" {
			s.Memberships[i].OnBehalfSelf = items[0].Subject // the absent reviewer is on the list
		}
	}
	_, err = w.Decide(ctx, s, DecideInput{Target: Target{Proposal: p.ID}, Verdict: "return", Reason: "bổ sung"})
	assert.Equal(t, envelope.CodeOwnCase, asError(err).Code)
}

func TestDelegationsHoldOnTheirDaysOnly(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	row := w.delegate("ph-reviewer", "ph-standing", district, "2023-11-22", "2023-11-24", "reviewer")
	for day, want := range map[string]bool{"2023-11-21": false, "2023-11-22": true, "2023-11-24": true, "2023-11-25": false} {
		w.Today = func() law.Date { return law.MustDate(day) }
		_, ok := w.as("ph-standing").As(district, proposal.RoleReviewer)
		assert.Equal(t, want, ok, day)
	}
	w.Today = func() law.Date { return law.MustDate("2023-11-23") }
	own, ok := w.as("ph-reviewer").As(district, proposal.RoleReviewer)
	require.True(t, ok, "the delegator keeps the role")
	assert.Empty(t, own.OnBehalfOf)

	_, err := w.EndDelegation(ctx, w.as("vt-reviewer"), row.ID, EndDelegationInput{})
	assert.Equal(t, CodeNotFound, asError(err).Code)
	ended, err := w.EndDelegation(ctx, w.as("ph-reviewer"), row.ID, EndDelegationInput{Reason: "về sớm"})
	require.NoError(t, err)
	require.NotNil(t, ended.EndedAt)
	again, err := w.EndDelegation(ctx, w.as("ph-standing"), row.ID, EndDelegationInput{Reason: "khác"})
	require.NoError(t, err)
	assert.Equal(t, "về sớm", again.EndReason, "what ended stays as it ended")
	_, ok = w.as("ph-standing").As(district, proposal.RoleReviewer)
	assert.False(t, ok)

	w.delegate("ph-reviewer", "ph-standing", district, "2023-11-23", "2023-11-24", "reviewer")
	require.NoError(t, w.Store.EndMembership(ctx, w.users["ph-reviewer"], district, "reviewer", "2023-11-22"))
	_, ok = w.as("ph-standing").As(district, proposal.RoleReviewer)
	assert.False(t, ok, "a role that its holder lost cannot be exercised for the holder")
}

func TestWhatMayNotBeDelegated(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	w.delegate("ph-reviewer", "ph-standing", district, "2023-11-20", "2023-11-24", "reviewer")
	const council = "hoi-dong-tdkt-phung-hiep"
	for _, c := range []struct {
		name, as, from, to, unit, role, first, last, code, says string
	}{
		{"a role not held", "ph-reviewer", "", "ph-standing", district, "registrar", "", "2023-11-24", CodeInvalid, "does not hold"},
		{"a delegated role", "ph-standing", "", "ph-vice", district, "reviewer", "", "2023-11-24", CodeInvalid, "does not delegate it again"},
		{"to oneself", "ph-reviewer", "", "ph-reviewer", district, "reviewer", "", "2023-11-24", CodeInvalid, "to themselves"},
		{"to the secretary who sets it", "ph-secretary", "ph-chair", "ph-secretary", council, "chair", "", "2023-11-24", CodeInvalid, "for somebody else"},
		{"a vote", "ph-member-1", "", "ph-member-2", council, "member", "", "2023-11-24", CodeInvalid, "votes in person"},
		{"an auditor's role", "hg-auditor", "", "hg-admin", "thanh-tra-hau-giang", "auditor", "", "2023-11-24", CodeInvalid, "independently"},
		{"administration", "hg-admin", "", "hg-vice", authority, "admin", "", "2023-11-24", CodeInvalid, "not delegated"},
		{"a signature", "hg-chair", "", "hg-registrar", authority, "signer", "", "2023-11-24", CodeInvalid, "Điều 13"},
		{"the chair to no member", "ph-chair", "", "ph-secretary", council, "chair", "", "2023-11-24", CodeInvalid, "same council"},
		{"to another district", "ph-reviewer", "", "vt-reviewer", district, "reviewer", "", "2023-11-24", CodeInvalid, "right below it"},
		{"to who holds it", "ph-reviewer", "", "ph-reviewer-2", district, "reviewer", "", "2023-11-24", CodeInvalid, "already"},
		{"backwards", "ph-reviewer", "", "ph-vice", district, "reviewer", "2023-11-19", "2023-11-24", CodeInvalid, "before today"},
		{"ending before it begins", "ph-reviewer", "", "ph-vice", district, "reviewer", "2023-11-24", "2023-11-23", CodeInvalid, "before the first"},
		{"for years", "ph-reviewer", "", "ph-vice", district, "reviewer", "", "2025-11-24", CodeInvalid, "a year"},
		{"twice", "ph-reviewer", "", "ph-standing", district, "reviewer", "", "2023-11-30", CodeDuplicate, "already"},
		{"for a colleague, by nobody's secretary", "ph-reviewer-2", "ph-reviewer", "ph-vice", district, "reviewer", "", "2023-11-24", CodeForbidden, "secretary"},
		{"for another district's clerk", "vt-head", "pgd-clerk", "pgd-head", proposer, "clerk", "", "2023-11-24", CodeForbidden, "secretary"},
		{"for a unit that is not there", "vt-head", "pgd-clerk", "pgd-head", "khong-co", "clerk", "", "2023-11-24", CodeForbidden, "secretary"},
	} {
		in := DelegationInput{Delegate: w.users[c.to], Unit: c.unit, Roles: []string{c.role}, From: c.first, To: c.last}
		if c.from != "" {
			in.Delegator = w.users[c.from]
		}
		_, err := w.SetDelegation(ctx, w.as(c.as), in)
		e := asError(err)
		assert.Equal(t, c.code, e.Code, c.name)
		assert.Contains(t, e.En, c.says, c.name)
		assert.NotEmpty(t, e.Vi, c.name)
	}
	refused, err := w.Store.Refusals(ctx, "", 100)
	require.NoError(t, err)
	assert.GreaterOrEqual(t, len(refused), 17, "refused attempts are on record")
}

func TestSecretaryAndAdministratorSetItForTheirPeople(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	const council = "hoi-dong-tdkt-phung-hiep"
	in := DelegationInput{Delegator: w.users["ph-chair"], Delegate: w.users["ph-vice"], Unit: council, Roles: []string{"chair"}, To: "2023-11-24", Nonce: "n"}
	row, err := w.SetDelegation(ctx, w.as("ph-secretary"), in)
	require.NoError(t, err)
	same, err := w.SetDelegation(ctx, w.as("ph-secretary"), in)
	require.NoError(t, err)
	assert.Equal(t, row.ID, same.ID, "one form sets one delegation")
	actor, ok := w.as("ph-vice").As(council, proposal.RoleChair)
	require.True(t, ok)
	assert.Equal(t, w.users["ph-chair"], actor.OnBehalfOf)

	byAdmin, err := w.SetDelegation(ctx, w.as("hg-admin"), DelegationInput{
		Delegator: w.users["pgd-clerk"], Delegate: w.users["pgd-head"], Unit: proposer, Roles: []string{"clerk"}, To: "2023-11-24"})
	require.NoError(t, err)
	for login, want := range map[string][]string{
		"ph-vice": {row.ID}, "ph-chair": {row.ID}, "ph-secretary": {row.ID}, "pgd-clerk": {byAdmin.ID},
		"hg-admin": {row.ID, byAdmin.ID}, "hg-auditor": {row.ID, byAdmin.ID}, "vt-head": nil, "ph-member-1": nil,
	} {
		list, err := w.Delegations(ctx, w.as(login), 0, 0)
		require.NoError(t, err)
		var ids []string
		for _, d := range list {
			ids = append(ids, d.ID)
		}
		assert.ElementsMatch(t, want, ids, login)
	}
	nobody, err := w.Delegations(ctx, Session{User: w.users["ph-vice"]}, 0, 0)
	require.NoError(t, err)
	assert.Empty(t, nobody, "without a unit nothing is seen")
	choices, err := w.DelegationChoices(ctx, w.as("ph-secretary"), "")
	require.NoError(t, err)
	assert.Len(t, choices.Units, 1)
	assert.NotEmpty(t, choices.Holders)
	_, err = w.DelegationChoices(ctx, w.as("vt-head"), council)
	assert.Equal(t, CodeNotFound, asError(err).Code)
}

// Where a province's law data allows TUQ., a dated delegation is enough to sign, in
// the text too; without that entry it is refused, even if the row was there before.
func TestSigningIsDelegatedOnlyWhereTheLawSaysSo(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	ps := w.passed("Nguyễn Văn Ví Dụ")
	files := law.Default().Files()
	for name, text := range files {
		files[name] = strings.ReplaceAll(text, "how: none", "how: delegation")
	}
	allowed, err := law.FromFiles(files)
	require.NoError(t, err)
	w.hold(allowed)
	w.delegate("hg-chair", "hg-registrar", authority, "2023-11-15", "2023-11-24", "signer")
	draft, err := w.DraftDecision(ctx, w.as(w.standingLogin()), DraftDecisionInput{Proposals: []string{ps[0].ID}, Signer: w.users["hg-registrar"]})
	require.NoError(t, err)
	assert.Equal(t, "TUQ.", draft.SignMode)
	_, err = w.SubmitDecision(ctx, w.as(w.standingLogin()), draft.ID)
	require.NoError(t, err)

	delegate := w.as("hg-registrar")
	w.hold(law.Default())
	_, err = w.SignDecision(ctx, w.as("hg-registrar"), draft.ID, SignInput{Content: draft.Content})
	assert.Equal(t, CodeForbidden, asError(err).Code, "the law's data of today does not allow it")
	done, err := w.SignDecision(ctx, delegate, draft.ID, SignInput{Content: draft.Content})
	require.NoError(t, err)
	assert.True(t, done.Recorded)
	var steps []proposal.IssuanceTransition
	w.history(draft.CaseID, &steps)
	assert.Equal(t, w.users["hg-chair"], steps[len(steps)-1].OnBehalfOf)
	assert.Equal(t, "TUQ.", steps[len(steps)-1].Mode)
}

func TestDelegatedRolesGiveSightForTheirDays(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["BKT-PT"]
	_, err := w.Proposal(ctx, w.as("ph-vice"), p.ID, false)
	assert.Equal(t, CodeNotFound, asError(err).Code)
	w.delegate("ph-reviewer", "ph-vice", district, "2023-11-20", "2023-11-24", "reviewer")
	_, err = w.Proposal(ctx, w.as("ph-vice"), p.ID, false)
	require.NoError(t, err)
	w.Today = func() law.Date { return law.MustDate("2023-11-25") }
	list, err := w.Proposals(ctx, w.as("ph-vice"), postgres.Filter{Limit: 10})
	require.NoError(t, err)
	assert.Empty(t, list, "nothing of it stays in sight")
}
