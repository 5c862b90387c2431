package app

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
)

// aCase is a case in one state, with what the probes need to know of it.
type aCase struct {
	state string
	stage int
	p     postgres.Proposal
	item  string
	sub   string
}

// stands tells whether a seat has a relation to the case.
func (c aCase) stands(at string, s seat) bool {
	if at == "awaited" {
		return s.unit == deref(c.p.WaitingUnit) && contains(c.p.WaitingRoles, s.role)
	}
	return caseRelation(c.stage, c.state != "draft")(at, s)
}

// probe tries one row of the table on a case. through are the codes that an act
// meets behind the door: permission was given, the case itself then said no.
type probe struct {
	action  string
	do      func(ctx context.Context, w *world, s Session, c aCase) error
	through []string
	only    []string // states in which the function looks at the permission at all
}

// beyond is what an act meets that the application let through.
var beyond = []string{envelope.CodeUnknownKey}

// caseProbes is the list to extend: one line per row of the table on cases.
var caseProbes = []probe{
	{"case.recall", func(ctx context.Context, w *world, s Session, c aCase) error {
		_, err := w.Recall(ctx, s, ReasonInput{Target: Target{Proposal: c.p.ID}, Reason: "x"})
		return err
	}, beyond, nil},
	{"case.decide", func(ctx context.Context, w *world, s Session, c aCase) error {
		_, err := w.Decide(ctx, s, DecideInput{Target: Target{Proposal: c.p.ID}, Verdict: "return", Reason: "x"})
		return err
	}, beyond, nil},
	{"case.reconsidered", func(ctx context.Context, w *world, s Session, c aCase) error {
		_, err := w.Decide(ctx, s, DecideInput{Target: Target{Proposal: c.p.ID}, Verdict: "reconsidered", Default: "propose"})
		return err
	}, beyond, nil},
	{"case.accept", func(ctx context.Context, w *world, s Session, c aCase) error {
		_, err := w.Accept(ctx, s, AcceptInput{Target: Target{Proposal: c.p.ID}})
		return err
	}, beyond, nil},
	{"case.appraise", func(ctx context.Context, w *world, s Session, c aCase) error {
		_, err := w.Appraise(ctx, s, AppraiseInput{Target: Target{Proposal: c.p.ID}})
		return err
	}, beyond, nil},
	{"case.hold", func(ctx context.Context, w *world, s Session, c aCase) error {
		_, err := w.Hold(ctx, s, ReasonInput{Target: Target{Proposal: c.p.ID}, Reason: "x"})
		return err
	}, beyond, nil},
	{"case.release", func(ctx context.Context, w *world, s Session, c aCase) error {
		_, err := w.Release(ctx, s, ReasonInput{Target: Target{Proposal: c.p.ID}})
		return err
	}, beyond, nil},
	{"case.withdraw", func(ctx context.Context, w *world, s Session, c aCase) error {
		_, err := w.Withdraw(ctx, s, ReasonInput{Target: Target{Proposal: c.p.ID}, Reason: "x"})
		return err
	}, beyond, nil},
	{"case.reconsider", func(ctx context.Context, w *world, s Session, c aCase) error {
		_, err := w.Reconsider(ctx, s, ReconsiderInput{Target: Target{Proposal: c.p.ID}, Items: []string{c.item}})
		return err
	}, beyond, nil},
	{"case.lower", func(ctx context.Context, w *world, s Session, c aCase) error {
		_, err := w.Lower(ctx, s, LowerInput{Target: Target{Proposal: c.p.ID}, Item: c.item, Award: "GK-H"})
		return err
	}, beyond, nil},
	{"case.resubmit", func(ctx context.Context, w *world, s Session, c aCase) error {
		_, err := w.Resubmit(ctx, s, ResubmitInput{Target: Target{Proposal: c.p.ID}})
		return err
	}, beyond, nil},
	{"case.reassign", func(ctx context.Context, w *world, s Session, c aCase) error {
		_, err := w.Reassign(ctx, s, ReassignInput{Target: Target{Proposal: c.p.ID}, From: district, To: "ubnd-vi-thuy", Reason: "x"})
		return err
	}, beyond, nil},
	{"case.add-paper", func(ctx context.Context, w *world, s Session, c aCase) error {
		_, err := w.AddPaper(ctx, s, PaperInput{Proposal: c.p.ID, Kind: "other", FileName: "x.txt"}, []byte("không phải PDF"))
		return err
	}, []string{CodeBadFile}, nil},
	{"submission.edit", func(ctx context.Context, w *world, s Session, c aCase) error {
		return w.RemoveItem(ctx, s, c.item, 1<<20)
	}, []string{CodeConflict}, []string{"draft"}},
	{"submission.read", func(ctx context.Context, w *world, s Session, c aCase) error {
		_, err := w.Submission(ctx, s, c.sub, false)
		return err
	}, []string{""}, nil},
	{"case.account", func(ctx context.Context, w *world, s Session, c aCase) error {
		_, err := w.Account(ctx, s, c.p.ID)
		return err
	}, []string{""}, []string{"review", "returned", "held", "reception", "appraisal", "council", "issuance", "closed"}},
	{"case.read", func(ctx context.Context, w *world, s Session, c aCase) error {
		_, err := w.Proposal(ctx, s, c.p.ID, false)
		return err
	}, []string{""}, nil},
}

// casesInEveryState makes one case per state.
func casesInEveryState(w *world) []aCase {
	t, ctx := w.t, context.Background()
	t.Helper()
	var out []aCase
	for _, state := range []string{"draft", "review", "returned", "held", "reception", "appraisal", "council", "issuance", "closed"} {
		v := w.imported(t)
		c := aCase{state: state, p: byAward(v)["BKT-PT"].Proposal, sub: v.ID}
		c.item = byAward(v)["BKT-PT"].ItemList[0].ID
		if state != "draft" {
			_, err := w.Send(ctx, w.as("pgd-head"), SendInput{Submission: v.ID})
			require.NoError(t, err)
			c.stage = 1
		}
		target := Target{Proposal: c.p.ID}
		var err error
		switch state {
		case "returned":
			_, err = w.Decide(ctx, w.as("ph-reviewer"), DecideInput{Target: target, Verdict: "return", Reason: "x"})
		case "held":
			_, err = w.Hold(ctx, w.as("ph-reviewer"), ReasonInput{Target: target, Reason: "x"})
		case "closed":
			_, err = w.Withdraw(ctx, w.as("pgd-head"), ReasonInput{Target: target, Reason: "x"})
		case "reception", "appraisal", "council", "issuance":
			w.advance(c.p, state)
			c.stage = stageIndex[state]
		}
		require.NoError(t, err, state)
		c.p, err = w.Store.ProposalIn(ctx, postgres.Scope{All: true}, c.p.ID)
		require.NoError(t, err)
		require.Equal(t, state, caseState(c.p))
		out = append(out, c)
	}
	return out
}

// seats of the matrix on a case: every role in every unit of its way, in another
// district, and in no unit.
func caseSeats() []seat {
	var out []seat
	for _, unit := range []string{proposer, district, standing, theCouncil, authority, "ubnd-vi-thuy", "phong-gddt-vi-thuy", ""} {
		for _, r := range everyRole {
			out = append(out, seat{r, unit})
		}
	}
	return out
}

// Every role in every relation to a case in every state tries every row, and gets
// what the file says, no more and no less.
func TestASVS_8_1_2_and_8_2_3_ThePermissionMatrixOnCases(t *testing.T) {
	t.Parallel()
	w := office(t, "2023-11-20")
	cases := casesInEveryState(w)
	w.deaf()
	table, tried := readRows(t), 0
	for _, pr := range caseProbes {
		require.NotEmpty(t, table.of(pr.action), pr.action)
		for _, c := range cases {
			if pr.only != nil && !contains(pr.only, c.state) {
				continue
			}
			stands := c.stands
			for _, s := range caseSeats() {
				tried++
				now, ever := granted(table.of(pr.action), s, c.state, stands)
				_, sees := granted(table.of("case.read"), s, c.state, stands)
				if s.role == "member" && c.state != "issuance" {
					sees = false // members see what stands on a convened session's agenda
					if pr.action == "case.read" || pr.action == "case.account" || pr.action == "case.add-paper" || pr.action == "case.hold" || pr.action == "case.release" {
						now, ever = false, false
					}
				}
				code := codeOf(pr.do(context.Background(), w, w.sitting(s), c))
				now = now && (sees || pr.action == "case.reassign" && s.role == "admin") || now && pr.action == "submission.read"
				what := fmt.Sprintf("%s of %q tries %s on a case in state %s: %q", s.role, s.unit, pr.action, c.state, code)
				through := contains(pr.through, code)
				switch {
				case now:
					assert.True(t, through, what)
				case through:
					assert.Fail(t, "let through", what)
				case !ever:
					assert.Contains(t, []string{CodeForbidden, CodeNotFound}, code, what)
				}
				if !sees && pr.action != "case.reassign" && !now {
					assert.Equal(t, CodeNotFound, code, "what may not be seen reads like nothing: %s", what)
				}
			}
		}
	}
	require.Greater(t, tried, 10000)
	for _, c := range cases { // and nothing has changed
		p, err := w.Store.ProposalIn(context.Background(), postgres.Scope{All: true}, c.p.ID)
		require.NoError(t, err)
		assert.Equal(t, c.p.Number, p.Number, c.state)
		assert.Equal(t, c.state, caseState(p))
	}
}
