package app

import (
	"context"
	"slices"

	"vinhdanh/internal/act"
	"vinhdanh/internal/council"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// Scope is what a personal access token is good for, however much its owner may do.
type Scope string

// The scopes, from the mildest to the weightiest.
const (
	ScopeRead    Scope = "read"    // what the person may read
	ScopePropose Scope = "propose" // lists, drafts, papers, sending, answers to returns
	ScopeReview  Scope = "review"  // opinions, reception, appraisal, drafts of decisions
	ScopeCouncil Scope = "council" // sessions and ballots
	ScopeSign    Scope = "sign"    // signing and sending back
	ScopeIssue   Scope = "issue"   // number and date
	ScopeAudit   Scope = "audit"   // what auditors read
	ScopeAccount Scope = "account" // one's own sessions, tokens and factors
	ScopeAdmin   Scope = "admin"   // units, people, law data
	ScopeAll     Scope = "all"     // everything the person may do
)

// Scopes lists every scope that a token can have.
var Scopes = []Scope{
	ScopeRead, ScopePropose, ScopeReview, ScopeCouncil, ScopeSign, ScopeIssue, ScopeAudit, ScopeAccount, ScopeAdmin, ScopeAll,
}

func scopesOf(names []string) []Scope {
	out := make([]Scope, 0, len(names))
	for _, n := range names {
		if slices.Contains(Scopes, Scope(n)) {
			out = append(out, Scope(n))
		}
	}
	return out
}

// May tells whether the session is good for a scope. A session without scopes is
// good for nothing.
func (s Session) May(want Scope) bool {
	return want != "" && (slices.Contains(s.Scopes, ScopeAll) || slices.Contains(s.Scopes, want))
}

// demand is what an act asks of the session, beside what the roles say.
type demand struct {
	scope Scope
	fresh bool // a sign-in in the last minutes, where there is a page to ask for it
}

// actDemands is the one table of acts on cases. An act that is not here is good for
// no token but one that has ScopeAll.
var actDemands = map[string]map[string]demand{
	workflows.TypeCommendation: {
		string(proposal.ActionSend): {scope: ScopePropose}, string(proposal.ActionResubmit): {scope: ScopePropose},
		string(proposal.ActionRecall): {scope: ScopePropose}, string(proposal.ActionWithdraw): {scope: ScopePropose},
		string(proposal.ActionReconsider): {scope: ScopePropose},
		string(proposal.ActionDecide):     {scope: ScopeReview}, string(proposal.ActionAccept): {scope: ScopeReview},
		string(proposal.ActionAppraise): {scope: ScopeReview}, string(proposal.ActionHold): {scope: ScopeReview},
		string(proposal.ActionRelease): {scope: ScopeReview}, string(proposal.ActionLower): {scope: ScopeReview},
		string(proposal.ActionReassign): {scope: ScopeReview}, string(proposal.ActionConsult): {scope: ScopeReview},
		string(proposal.ActionPublish): {scope: ScopeReview}, string(proposal.ActionSubmitUp): {scope: ScopeReview}, // see letterDemand
		string(proposal.ActionUpperOutcome): {scope: ScopeReview},
	},
	workflows.TypeCouncil: {
		council.ActionConvene: {scope: ScopeCouncil}, council.ActionOpen: {scope: ScopeCouncil},
		council.ActionCast: {scope: ScopeCouncil}, council.ActionCountPaper: {scope: ScopeCouncil},
		council.ActionClose: {scope: ScopeCouncil}, council.ActionCancel: {scope: ScopeCouncil},
		council.ActionBallotKey: {scope: ScopeCouncil}, council.ActionCastSealed: {scope: ScopeCouncil},
		council.ActionFreeze: {scope: ScopeCouncil}, council.ActionCountSealed: {scope: ScopeCouncil},
		council.ActionAttest: {scope: ScopeCouncil}, council.ActionAdmitLate: {scope: ScopeCouncil},
		council.ActionRecuse: {scope: ScopeCouncil}, council.ActionTeam: {scope: ScopeCouncil}, council.ActionSignCount: {scope: ScopeCouncil},
		council.ActionPriority: {scope: ScopeCouncil},
	},
	workflows.TypeIssuance: {
		proposal.ActionSubmit: {scope: ScopeReview}, proposal.ActionSign: {scope: ScopeSign, fresh: true},
		proposal.ActionSendBack: {scope: ScopeSign}, proposal.ActionNumber: {scope: ScopeIssue},
	},
	workflows.TypeRevocation: {
		proposal.ActionRevoke: {scope: ScopeReview}, proposal.ActionAnswer: {scope: ScopePropose},
		string(proposal.ActionAppraise): {scope: ScopeReview}, proposal.ActionSubmit: {scope: ScopeReview},
		proposal.ActionSign: {scope: ScopeSign, fresh: true}, proposal.ActionSendBack: {scope: ScopeSign}, proposal.ActionRefuse: {scope: ScopeSign},
		proposal.ActionNumber: {scope: ScopeIssue}, string(proposal.ActionWithdraw): {scope: ScopeReview},
	},
}

// mayAct is asked before anything is signed, whatever door the act came through.
func (a *App) mayAct(ctx context.Context, s Session, r act.Request) error {
	d := actDemands[r.Workflow][r.Action]
	if r.Action == string(proposal.ActionSubmitUp) {
		d = letterDemand(r)
	}
	if d.scope == "" {
		d.scope = ScopeAll
	}
	if err := a.needScope(ctx, s, d.scope, r.Action, r.Case); err != nil {
		return err
	}
	if d.fresh {
		return a.needFresh(ctx, s, r.Action, r.Case)
	}
	return nil
}

// needScope refuses a session that is not good for what it asks.
func (a *App) needScope(ctx context.Context, s Session, want Scope, action, target string) error {
	if s.Step != "" {
		return a.refuse(ctx, s, action, target, fail(CodeSecondFactor, "the session has not shown its second factor"))
	}
	if !s.May(want) {
		return a.refuse(ctx, s, action, target, fail(CodeScope, "the token lacks the scope "+string(want)))
	}
	return nil
}

// needFresh refuses a page's session whose sign-in is too long ago. A token is as
// good as its scopes say.
func (a *App) needFresh(ctx context.Context, s Session, action, target string) error {
	if s.Web == "" || s.Fresh(a.door.now()) {
		return nil
	}
	return a.refuse(ctx, s, action, target, fail(CodeFresh, "the sign-in is too long ago for this"))
}

// Permit asks whether a session is good for an operation of the API. One that is in
// no table is good for no token but one that has ScopeAll.
func (a *App) Permit(ctx context.Context, s Session, o Operation) error {
	want := ScopeOf(o)
	if want == "" {
		want = ScopeAll
	}
	return a.needScope(ctx, s, want, o.ID, "")
}
