package main

import (
	"crypto/sha256"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/postgres"
)

// TestASVS_8_4_1_NobodySeesOthersCases: a second district's people, a user without a role,
// and an admin see nothing of a case on any path, and the error for what is
// hidden is the one for what does not exist.
func TestASVS_8_4_1_NobodySeesOthersCases(t *testing.T) {
	t.Parallel()
	w := shared(t)
	p := w.appraised("ph-reviewer-2", w.atRest(w.sent("LDTT", 1)))
	v, err := local.hold(w.ctx, w.stage, []string{p.ID})
	require.NoError(t, err)
	d, err := w.stage.decide(w.ctx, districtOffice, p.ID, 3200)
	require.NoError(t, err)
	live := w.sent("LDTT", 1)
	rows, err := w.app.Store.Trail(w.ctx, live.CaseID)
	require.NoError(t, err)

	strangers := map[string]app.Session{"no roles": w.nobody()}
	for _, login := range []string{"vt-clerk", "vt-head", "vt-reviewer", "hg-admin"} {
		strangers[login] = w.who(login)
	}
	for name, s := range strangers {
		for _, x := range []postgres.Proposal{p, live} {
			w.blind(name, s, x)
		}
		hidden := func(what string, f func(id string) error, ids ...string) {
			want := f(uuid.NewString())
			require.Equal(t, app.CodeNotFound, codeOf(want), "%s: %s: %v", name, what, want)
			for _, id := range ids {
				require.Equal(t, want, f(id), "%s: %s %s", name, what, id)
			}
		}
		hidden("session", func(id string) error { return second(w.app.SessionView(w.ctx, s, id)) }, v.ID, v.Ref)
		hidden("decision", func(id string) error { return second(w.app.DecisionView(w.ctx, s, id)) }, d.ID, d.Ref)
		hidden("decision's PDF", func(id string) error { return second(w.app.DecisionPDF(w.ctx, s, id)) }, d.ID)
		hidden("decision's preview", func(id string) error { return second(w.app.PreviewDecision(w.ctx, s, id)) }, d.ID)
		hidden("attempt", func(id string) error { return second(w.app.Attempt(w.ctx, s, id)) }, rows[0].Nonce)
		w.emptyLists(name, s)
	}
}

// blind tries one case by each of its names on each path.
func (w *town) blind(name string, s app.Session, p postgres.Proposal) {
	w.t.Helper()
	paths := map[string]func(id string) error{
		"proposal": func(id string) error { return second(w.app.Proposal(w.ctx, s, id, true)) },
		"account":  func(id string) error { return second(w.app.Account(w.ctx, s, id)) },
		"decide": func(id string) error {
			return second(w.app.Decide(w.ctx, s, app.DecideInput{Target: app.Target{Proposal: id}, Verdict: "forward"}))
		},
		"recall": func(id string) error {
			return second(w.app.Recall(w.ctx, s, app.ReasonInput{Target: app.Target{Proposal: id}, Reason: "x"}))
		},
		"withdraw": func(id string) error {
			return second(w.app.Withdraw(w.ctx, s, app.ReasonInput{Target: app.Target{Proposal: id}, Reason: "x"}))
		},
		"hold": func(id string) error {
			return second(w.app.Hold(w.ctx, s, app.ReasonInput{Target: app.Target{Proposal: id}, Reason: "x"}))
		},
		"add a paper": func(id string) error {
			return second(w.app.AddPaper(w.ctx, s, app.PaperInput{Proposal: id, Kind: "minutes", FileName: "x.pdf"}, []byte("%PDF-1.4")))
		},
	}
	for path, f := range paths {
		missing := f(uuid.NewString())
		require.Equal(w.t, app.CodeNotFound, codeOf(missing), "%s: %s: %v", name, path, missing)
		for _, id := range []string{p.ID, p.Ref, p.CaseID} {
			require.Equal(w.t, missing, f(id), "%s: %s %s", name, path, id)
		}
	}
	missing := second(w.app.Submission(w.ctx, s, uuid.NewString(), true))
	require.Equal(w.t, app.CodeNotFound, codeOf(missing))
	require.Equal(w.t, missing, second(w.app.Submission(w.ctx, s, p.Submission, true)), name)
	missing = second(w.app.Send(w.ctx, s, app.SendInput{Submission: uuid.NewString()}))
	require.Equal(w.t, missing, second(w.app.Send(w.ctx, s, app.SendInput{Submission: p.Submission})), name)
	for path, f := range map[string]func() error{
		"history":  func() error { return second(w.app.History(w.ctx, s, p.CaseID)) },
		"bundle":   func() error { return second(w.app.Bundle(w.ctx, s, p.CaseID)) },
		"refusals": func() error { return second(w.app.Refusals(w.ctx, s, p.CaseID, 10)) },
	} {
		require.Equal(w.t, app.CodeForbidden, codeOf(f()), "%s: %s", name, path)
	}
}

// emptyLists: whatever a stranger lists names nothing of the first district.
func (w *town) emptyLists(name string, s app.Session) {
	w.t.Helper()
	proposals, err := w.app.Proposals(w.ctx, s, postgres.Filter{Limit: 1000})
	require.NoError(w.t, err)
	require.Empty(w.t, proposals, name)
	submissions, err := w.app.Submissions(w.ctx, s, 500, 0)
	require.NoError(w.t, err)
	require.Empty(w.t, submissions, name)
	sessions, err := w.app.Sessions(w.ctx, s, 500, 0)
	require.NoError(w.t, err)
	require.Empty(w.t, sessions, name)
	decisions, err := w.app.Decisions(w.ctx, s, 500, 0)
	require.NoError(w.t, err)
	require.Empty(w.t, decisions, name)
	candidates, err := w.app.DecisionCandidates(w.ctx, s, app.CandidateQuery{})
	require.NoError(w.t, err)
	require.Empty(w.t, candidates.Rows, name)
	in, err := w.app.Inbox(w.ctx, s)
	require.NoError(w.t, err)
	require.Empty(w.t, in.Waiting, name)
	require.Empty(w.t, in.Decisions, name)
	told, err := json.Marshal(in.Notices)
	require.NoError(w.t, err)
	require.False(w.t, strings.Contains(string(told), "phung-hiep"), "%s: %s", name, told)
	require.Empty(w.t, in.Notices, name)
}

// nobody is a new user without any membership.
func (w *town) nobody() app.Session {
	w.t.Helper()
	token := "vd_" + uuid.NewString()
	hash := sha256.Sum256([]byte(token))
	require.NoError(w.t, w.app.Store.Seed(w.ctx, nil, []postgres.SeedUser{{
		User: postgres.User{ID: uuid.NewString(), Login: "nobody", FullName: "Hồ Văn Chưa Có Vai Trò", Locale: "vi"}, Sample: true,
		TokenID: uuid.NewString(), TokenHash: hash[:],
	}}, nil))
	s, err := w.app.SignInByToken(w.ctx, token)
	require.NoError(w.t, err)
	require.Empty(w.t, s.Memberships)
	_, err = w.app.SignInByToken(w.ctx, token+"x")
	require.Equal(w.t, app.CodeUnauthorised, codeOf(err))
	return s
}

func second[T any](_ T, err error) error { return err }
