package app

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/activities"
	"vinhdanh/internal/dossier"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// received is a case that was sent on a day and has come to the appraising body.
func received(t *testing.T, w *world) postgres.Proposal {
	t.Helper()
	p := w.sent(t)["BKT-PT"]
	_, err := w.Decide(context.Background(), w.as("ph-reviewer"), DecideInput{Target: Target{Proposal: p.ID}, Verdict: "forward", Minutes: w.minutes(t, "ph-reviewer", p.ID)})
	require.NoError(t, err)
	return p
}

func (w *world) on(day string) { w.Today = func() law.Date { return law.MustDate(day) } }

// What was sent on the last day of R1 and arrives on the first of R2 follows R2; what
// was sent on the last day of R2 goes on under it in R3: the rules are clear, nobody is
// asked, and nobody may choose otherwise.
func TestAClearTransitionalRuleAppliesByItself(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ sent, accepted, provisional, confirmed, rule, other string }{
		{"2023-12-31", "2024-01-01", "R1", "R2", law.RuleNew, "R1"},
		{"2025-06-30", "2025-07-01", "R2", "R2", law.RuleFormer, "R3@2025-08-04"},
	} {
		t.Run(tc.sent, func(t *testing.T) {
			t.Parallel()
			w, ctx := office(t, tc.sent), context.Background()
			p := received(t, w)
			require.Equal(t, tc.provisional, p.Regime)
			w.on(tc.accepted)
			who := w.as("snv-appraiser")
			v, err := w.ConfirmRegime(ctx, who, p.ID, "")
			require.NoError(t, err)
			assert.Equal(t, tc.confirmed, v.To.Regime)
			assert.Equal(t, tc.rule, v.Rule.Rule)
			assert.False(t, v.Rule.Open)
			assert.Equal(t, tc.sent, v.Days.Submitted.String())
			_, err = w.Accept(ctx, who, AcceptInput{Target: Target{Proposal: p.ID}, Regime: tc.other, Reason: "có lợi hơn"})
			require.Equal(t, CodeInvalid, asError(err).Code)
			done, err := w.Accept(ctx, who, AcceptInput{Target: Target{Proposal: p.ID}})
			require.NoError(t, err)
			assert.Equal(t, tc.confirmed, done.Proposal.Regime)
			assert.Equal(t, string(proposal.StageAppraisal), done.Proposal.Stage)
		})
	}
}

// lenient is law data under which R1 ends today and R2 leaves room.
func lenient(t *testing.T, w *world, today law.Date) {
	t.Helper()
	files := law.Default().Files()
	edit := func(file, from, to string) {
		require.Contains(t, files[file], from)
		files[file] = strings.Replace(files[file], from, to, 1)
	}
	edit("regimes.yaml", "to: 2023-12-31", "to: "+today.String())
	edit("regimes.yaml", "from: 2024-01-01", "from: "+today.AddDays(1).String())
	edit("regimes.yaml", "to: 2025-06-30", "to: "+today.AddDays(100).String())
	edit("regimes.yaml", "from: 2025-07-01", "from: "+today.AddDays(101).String())
	edit("regimes.yaml", "      - to: 2025-08-04", "      - to: "+today.AddDays(150).String())
	edit("criteria-global.yaml", "    to: 2025-08-04", "    to: "+today.AddDays(150).String())
	edit("criteria-global.yaml", "    from: 2025-08-05", "    from: "+today.AddDays(151).String())
	edit("regimes.yaml", "to: 2026-09-30", "to: "+today.AddDays(200).String())
	edit("regimes.yaml", "from: 2026-10-01", "from: "+today.AddDays(201).String())
	edit("regimes.yaml", "rule: former", "rule: favourable")
	const launched = `expr: "campaign.level == PROVINCE"` // R2's entry is the last; the new rule is for households
	n := strings.LastIndex(files["criteria-forms.yaml"], launched)
	require.Positive(t, n)
	files["criteria-forms.yaml"] = files["criteria-forms.yaml"][:n] + strings.Replace(files["criteria-forms.yaml"][n:], launched, `expr: 'subject.kind == "household"'`, 1)
	l, err := law.FromFiles(files)
	require.NoError(t, err)
	rules, err := eval.New(l)
	require.NoError(t, err)
	w.Law, w.Rules, w.Pinned, w.Laws = l, rules, dossier.NewPinned(w.Store, l, rules), nil
	w.withLaws()
}

// Where the rule leaves room a person chooses and says why; both stand in the act, and
// each item is shown before and after.
func TestWhereTheRuleLeavesRoomAPersonSays(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	today := law.FromTime(time.Now()).AddDays(1) // midnight may pass meanwhile
	lenient(t, w, today)
	w.on(today.String())
	p := received(t, w)
	require.Equal(t, "R1", p.Regime)
	w.on(today.AddDays(2).String())
	who := w.as("snv-appraiser")
	v, err := w.ConfirmRegime(ctx, who, p.ID, "R2")
	require.NoError(t, err)
	require.True(t, v.Rule.Open)
	assert.Equal(t, []string{"R1", "R2"}, v.Rule.Choices)
	for _, in := range []AcceptInput{{}, {Regime: "R2"}, {Reason: "có lợi hơn"}, {Regime: "R3", Reason: "có lợi hơn"}} {
		in.Target = Target{Proposal: p.ID}
		_, err := w.Accept(ctx, who, in)
		require.Equal(t, CodeInvalid, asError(err).Code, "%+v", in)
		for _, f := range asError(err).Fields {
			assert.NotEmpty(t, f.Vi)
			assert.NotEmpty(t, f.En)
		}
	}
	w.validated(t, p)
	done, err := w.Accept(ctx, who, AcceptInput{Target: Target{Proposal: p.ID}, Regime: "R2", Reason: "Quy định mới có lợi hơn cho đối tượng"})
	require.NoError(t, err)
	require.Equal(t, "R2", done.Proposal.Regime)
	w.validated(t, *done.Proposal)

	view, err := w.Case(ctx, w.as("pgd-clerk"), p.ID, false)
	require.NoError(t, err)
	told := view.Rules.Told
	require.NotNil(t, told)
	assert.Equal(t, []string{"R1", "R2"}, []string{told.Provisional, told.Confirmed})
	assert.Equal(t, "Quy định mới có lợi hơn cho đối tượng", told.Reason)
	require.NotEmpty(t, told.Items)
	assert.NotEmpty(t, told.Items[0].By)
	found, err := w.Store.ValidationsOf(ctx, p.ID)
	require.NoError(t, err)
	require.Len(t, found, 2, "one finding a regime, under one law hash")
	assert.Equal(t, found[0].LawHash, found[1].LawHash)
	assert.NotEqual(t, found[0].ResultHash, found[1].ResultHash)
}

// validated runs the validation activity as the worker does.
func (w *world) validated(t *testing.T, p postgres.Proposal) proposal.Validation {
	t.Helper()
	items, err := w.Store.ItemsOf(context.Background(), p.ID, p.Revision)
	require.NoError(t, err)
	in := workflows.ValidateInput{Proposal: p.ID, Revision: p.Revision, Regime: p.Regime, LawHash: p.LawHash}
	ins := []proposal.InputItem{}
	for _, it := range items {
		in.Items = append(in.Items, it.ID)
		ins = append(ins, proposal.InputItem{ID: it.ID, Commitment: it.Commitment})
	}
	in.Content = proposal.ContentOf(p.Award, ins)
	v, err := (&activities.Validator{Store: w.Store, Pinned: w.Pinned}).Validate(context.Background(), in)
	require.NoError(t, err)
	return v
}
