package app

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/act"
	"vinhdanh/internal/council"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// Every act that a person does is in the table of scopes, and signing is fresh.
func TestEveryActAsksForAScope(t *testing.T) {
	t.Parallel()
	acts := map[string][]string{
		workflows.TypeCouncil: {council.ActionConvene, council.ActionOpen, council.ActionCast, council.ActionCountPaper, council.ActionClose, council.ActionCancel,
			council.ActionBallotKey, council.ActionCastSealed, council.ActionFreeze, council.ActionCountSealed, council.ActionAttest,
			council.ActionAdmitLate, council.ActionRecuse, council.ActionTeam, council.ActionSignCount, council.ActionPriority},
		workflows.TypeIssuance: {proposal.ActionSubmit, proposal.ActionSign, proposal.ActionSendBack, proposal.ActionNumber},
	}
	for _, a := range []proposal.Action{
		proposal.ActionSend, proposal.ActionDecide, proposal.ActionAccept, proposal.ActionAppraise, proposal.ActionResubmit, proposal.ActionRecall,
		proposal.ActionWithdraw, proposal.ActionHold, proposal.ActionRelease, proposal.ActionReconsider, proposal.ActionLower, proposal.ActionReassign,
		proposal.ActionConsult, proposal.ActionPublish, proposal.ActionSubmitUp, proposal.ActionUpperOutcome,
	} {
		acts[workflows.TypeCommendation] = append(acts[workflows.TypeCommendation], string(a))
	}
	for kind, names := range acts {
		require.Len(t, actDemands[kind], len(names), kind)
		for _, n := range names {
			require.NotEmpty(t, actDemands[kind][n].scope, "%s %s", kind, n)
		}
	}
	signed := letterDemand(act.Request{Data: proposal.SubmitUpData{Verdict: proposal.VerdictSigned}})
	require.Equal(t, demand{scope: ScopeSign, fresh: true}, signed, "signing the letter upward asks for as much as signing a decision")
	require.Equal(t, ScopeIssue, letterDemand(act.Request{Data: proposal.SubmitUpData{Verdict: proposal.VerdictNumbered}}).scope)
	require.True(t, actDemands[workflows.TypeIssuance][proposal.ActionSign].fresh)
	require.Equal(t, ScopeSign, actDemands[workflows.TypeIssuance][proposal.ActionSign].scope)
}

// A stolen token of a narrow scope does no act of another, whatever its owner may
// do; a session without scopes does none; each refusal is on record.
func TestATokenDoesWhatItsScopeSays(t *testing.T) {
	t.Parallel()
	w, ctx := newClocked(t), context.Background()
	w.password("pgd-clerk", goodPassword)
	o := w.signIn("pgd-clerk")
	narrow, err := w.CreateToken(ctx, o.Session, TokenInput{Name: "đọc", Scopes: []string{"read"}, Days: 10})
	require.NoError(t, err)
	require.NotContains(t, string(narrow.Row.Hint), narrow.Token)
	s, err := w.SignInByToken(ctx, narrow.Token)
	require.NoError(t, err)
	require.NotEmpty(t, s.Memberships, "it reads as its owner does")
	for kind, table := range actDemands {
		for name := range table {
			require.Equal(t, CodeScope, codeOf(w.mayAct(ctx, s, act.Request{Workflow: kind, Action: name})), "%s %s", kind, name)
			require.Equal(t, CodeScope, codeOf(w.mayAct(ctx, Session{User: s.User}, act.Request{Workflow: kind, Action: name})))
		}
	}
	require.Equal(t, CodeScope, codeOf(w.mayAct(ctx, s, act.Request{Workflow: "unknown", Action: "unknown"})))
	require.NoError(t, w.mayAct(ctx, w.as("pgd-clerk"), act.Request{Workflow: "unknown", Action: "unknown"}), "all is all")
	_, err = w.CreateToken(ctx, s, TokenInput{Name: "x", Scopes: []string{"all"}, Days: 10})
	require.Error(t, err, "a token makes none that is good for more")
	_, err = w.Tokens(ctx, s)
	require.Equal(t, CodeScope, codeOf(err))

	refusals, err := w.Refusals(ctx, w.as("hg-auditor"), "", 500)
	require.NoError(t, err)
	seen := 0
	for _, r := range refusals {
		if r.Code == CodeScope {
			seen++
		}
	}
	require.Positive(t, seen)

	require.NoError(t, w.RevokeToken(ctx, o.Session, narrow.Row.ID))
	_, err = w.SignInByToken(ctx, narrow.Token)
	require.Equal(t, CodeUnauthorised, codeOf(err))
	rows, err := w.Tokens(ctx, o.Session)
	require.NoError(t, err)
	require.Len(t, rows, 2, "it stays on record, beside the sample token")
	require.NotNil(t, rows[0].RevokedAt)
}

// ASVS 7.5.3: signing from a page needs a sign-in of the last minutes; a token is as
// good as its scope.
func TestASVS_7_5_3_SigningIsFresh(t *testing.T) {
	t.Parallel()
	w, ctx := newClocked(t), context.Background()
	_, o, _ := w.enrolledAs("hg-chair")
	sign := act.Request{Workflow: workflows.TypeIssuance, Action: proposal.ActionSign}
	require.NoError(t, w.mayAct(ctx, w.byCookie(o.Secret), sign))
	w.at = w.at.Add(5*time.Minute + time.Second)
	require.Equal(t, CodeFresh, codeOf(w.mayAct(ctx, w.byCookie(o.Secret), sign)))
	require.NoError(t, w.mayAct(ctx, w.byCookie(o.Secret), act.Request{Workflow: workflows.TypeIssuance, Action: proposal.ActionSendBack}))
	require.NoError(t, w.mayAct(ctx, w.as("hg-chair"), sign), "by a token")
	w.Signing.Mode = SignDigital // trying the key is using it
	_, err := w.TestSignature(ctx, w.byCookie(o.Secret))
	require.Equal(t, CodeFresh, codeOf(err))
	narrow := w.as("hg-chair")
	narrow.Scopes = []Scope{ScopeRead, ScopeReview}
	_, err = w.TestSignature(ctx, narrow)
	require.Equal(t, CodeScope, codeOf(err))
}

// An act carries how its actor signed in.
func TestActsSayHowTheActorSignedIn(t *testing.T) {
	t.Parallel()
	w := newClocked(t)
	_, o, _ := w.enrolledAs("hg-chair")
	a, ok := w.byCookie(o.Secret).As(authority, proposal.RoleSigner)
	require.True(t, ok)
	require.Equal(t, "password+totp", a.SignedIn)
	b, ok := w.as("hg-chair").As(authority, proposal.RoleSigner)
	require.True(t, ok)
	require.Equal(t, "token", b.SignedIn)
}
