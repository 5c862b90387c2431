package app

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// aboveOffice is an office whose BKT-PT is decided by the Prime Minister: the sample
// list then goes the whole way upward.
func aboveOffice(t *testing.T, today string) *world {
	t.Helper()
	files := law.Default().Files()
	at := strings.Index(files["awards.yaml"], "  - code: BKT-PT\n")
	require.Positive(t, at)
	head, tail := files["awards.yaml"][:at], files["awards.yaml"][at:]
	block, rest, _ := strings.Cut(tail[1:], "\n  - code: ")
	block = strings.ReplaceAll(block, "authority: PROVINCE_CHAIR", "authority: PRIME_MINISTER")
	block = strings.ReplaceAll(block, "route: PROVINCE\n", "route: STATE\n")
	require.Contains(t, block, "route: STATE\n")
	files["awards.yaml"] = head + tail[:1] + block + "\n  - code: " + rest
	l, err := law.FromFiles(files)
	require.NoError(t, err)
	w := newWorld(t)
	rules, err := eval.New(l)
	require.NoError(t, err)
	w.Law, w.Rules, w.Pinned, w.Laws = l, rules, dossier.NewPinned(w.Store, l, rules), nil
	w.withLaws()
	w.Today = func() law.Date { return law.MustDate(today) }
	return w
}

// upTo takes the sample case to the consultation.
func (w *world) upTo(t *testing.T) (postgres.Proposal, Target) {
	t.Helper()
	ctx := context.Background()
	v := w.imported(t)
	_, err := w.Send(ctx, w.as("pgd-head"), SendInput{Submission: v.ID})
	require.NoError(t, err)
	p := byAward(v)["BKT-PT"].Proposal
	w.advance(p, "appraisal")
	target := Target{Proposal: p.ID}
	_, err = w.Appraise(ctx, w.as("snv-appraiser"), AppraiseInput{Target: target, Text: "Đủ điều kiện."})
	require.NoError(t, err)
	p, err = w.Store.ProposalIn(ctx, postgres.Scope{All: true}, p.ID)
	require.NoError(t, err)
	require.Equal(t, "consultation", p.Stage)
	return p, target
}

func TestAnAwardFromAboveGoesTheWholeWay(t *testing.T) {
	t.Parallel()
	w, ctx := aboveOffice(t, "2023-11-20"), context.Background()
	p, target := w.upTo(t)
	appraiser, head := w.as("snv-appraiser"), w.as(w.standingLogin())

	// Agencies are asked and answer; silence counts when its day has passed.
	_, err := w.Consult(ctx, w.as("ph-reviewer"), ConsultInput{Target: target, Verdict: "asked", Agencies: []string{"POLICE"}, Number: "1/SNV"})
	require.Equal(t, CodeForbidden, codeOf(err), "who reviewed below does not consult")
	_, err = w.Consult(ctx, appraiser, ConsultInput{Target: target, Verdict: "asked", Agencies: []string{"CIA"}, Number: "1/SNV"})
	require.Equal(t, envelope.CodeData, codeOf(err), "the route does not name it")
	_, err = w.Consult(ctx, appraiser, ConsultInput{Target: target, Verdict: "asked", Agencies: []string{"POLICE", "TAX"}, Number: "1/SNV"})
	require.NoError(t, err)
	v, err := w.Upward(ctx, appraiser, p.ID)
	require.NoError(t, err)
	require.Equal(t, "2023-12-04", v.Agencies[0].Due, "ten working days")
	require.Equal(t, "Prime Minister", v.Authority.EN)
	_, err = w.Consult(ctx, appraiser, ConsultInput{Target: target, Verdict: "answered", Agency: "TAX", Answer: "silent"})
	require.Equal(t, envelope.CodeData, codeOf(err), "it still has time")
	_, err = w.Consult(ctx, appraiser, ConsultInput{Target: target, Verdict: "forward"})
	require.Equal(t, envelope.CodeData, codeOf(err), "nobody has answered")
	_, err = w.Consult(ctx, appraiser, ConsultInput{Target: target, Verdict: "answered", Agency: "POLICE", Answer: "agree"})
	require.NoError(t, err)
	_, err = w.Consult(ctx, appraiser, ConsultInput{Target: target, Verdict: "answered", Agency: "TAX", Answer: "object", Text: "Còn nợ thuế."})
	require.NoError(t, err)
	v, err = w.Upward(ctx, appraiser, p.ID)
	require.NoError(t, err)
	require.Equal(t, "Còn nợ thuế.", v.Agencies[1].Text)
	_, err = w.Consult(ctx, appraiser, ConsultInput{Target: target, Verdict: "forward"})
	require.NoError(t, err)

	// The public has ten working days, not nine.
	_, err = w.Publish(ctx, appraiser, PublishInput{Target: target, Verdict: "opened", Where: "portal", To: "2023-12-01"})
	require.Equal(t, CodeInvalid, codeOf(err))
	_, err = w.Publish(ctx, appraiser, PublishInput{Target: target, Verdict: "opened", Where: "portal"})
	require.NoError(t, err)
	_, err = w.Publish(ctx, appraiser, PublishInput{Target: target, Verdict: "received", Text: "Tôi ủng hộ."})
	require.NoError(t, err)
	_, err = w.Publish(ctx, appraiser, PublishInput{Target: target, Verdict: "forward"})
	require.Equal(t, envelope.CodeData, codeOf(err), "the public still has time")
	w.Today = func() law.Date { return law.MustDate("2023-12-05") }
	_, err = w.Publish(ctx, appraiser, PublishInput{Target: target, Verdict: "forward"})
	require.NoError(t, err)

	now, err := w.Store.ProposalIn(ctx, postgres.Scope{All: true}, p.ID)
	require.NoError(t, err)
	require.Equal(t, 1, w.finishCouncil(w.vote(nil, now)).Delivered)
	w.letterUp(t, p, target)
	w.cameBack(t, p, target, head)
}

// letterUp takes the letter through its three hands.
func (w *world) letterUp(t *testing.T, p postgres.Proposal, target Target) {
	t.Helper()
	ctx := context.Background()
	head, signer := w.as(w.standingLogin()), w.as(w.holder(authority, proposal.RoleSigner))
	paper, err := w.AddPaper(ctx, head, PaperInput{Proposal: p.ID, Kind: "upward_letter", FileName: "tt.pdf"}, []byte("%PDF-1.7 tờ trình"))
	require.NoError(t, err)
	_, err = w.SubmitUp(ctx, signer, SubmitUpInput{Target: target, Verdict: "signed", Letter: paper.SHA256})
	require.Equal(t, CodeForbidden, codeOf(err), "it was not prepared")
	_, err = w.SubmitUp(ctx, head, SubmitUpInput{Target: target, Verdict: "prepared", Letter: paper.SHA256})
	require.NoError(t, err)
	_, err = w.SubmitUp(ctx, head, SubmitUpInput{Target: target, Verdict: "signed", Letter: paper.SHA256})
	require.Equal(t, CodeForbidden, codeOf(err), "who prepared does not sign")
	other := strings.Repeat("0", 64)
	_, err = w.SubmitUp(ctx, signer, SubmitUpInput{Target: target, Verdict: "signed", Letter: other})
	require.Equal(t, envelope.CodeData, codeOf(err), "another text")
	waits, err := w.UpwardQueue(ctx, signer)
	require.NoError(t, err)
	require.Len(t, waits, 1)
	_, err = w.SubmitUp(ctx, signer, SubmitUpInput{Target: target, Verdict: "signed", Letter: paper.SHA256})
	require.NoError(t, err)
	registrar := w.as(w.holder(authority, proposal.RoleRegistrar))
	_, err = w.SubmitUp(ctx, registrar, SubmitUpInput{Target: target, Verdict: "numbered", Number: "90/TTr-UBND"})
	require.NoError(t, err)
	unit := w.as("pgd-head")
	v, err := w.Upward(ctx, unit, p.ID)
	require.NoError(t, err)
	require.Equal(t, "outcome", v.Kind)
	require.Equal(t, "90/TTr-UBND", v.Number)
	require.Empty(t, v.Comments, "what the public wrote is not the unit's to read")
	for _, x := range v.Agencies {
		require.Empty(t, x.Text)
	}
}

// cameBack enters what was decided above, and looks at case, ledger and notices.
func (w *world) cameBack(t *testing.T, p postgres.Proposal, target Target, head Session) {
	t.Helper()
	ctx := context.Background()
	unit := w.as("pgd-head")
	before, err := w.UnreadNotices(ctx, unit)
	require.NoError(t, err)
	items, err := w.Store.ItemsOf(ctx, p.ID, p.Revision)
	require.NoError(t, err)
	require.Greater(t, len(items), 2)
	first := []AboveItemInput{{Item: items[0].ID, Outcome: "recognised"}}
	_, err = w.UpperOutcome(ctx, unit, UpperOutcomeInput{Target: target, Items: first, Number: "1/QĐ-TTg", Date: "2023-12-04"})
	require.Equal(t, CodeForbidden, codeOf(err))
	_, err = w.UpperOutcome(ctx, head, UpperOutcomeInput{Target: target, Items: first})
	require.Equal(t, CodeInvalid, codeOf(err), "an award has its decision")
	_, err = w.UpperOutcome(ctx, head, UpperOutcomeInput{Target: target, Items: first, Number: "1/QĐ-CTN", Date: "2023-12-04", Issuer: "STATE_PRESIDENT"})
	require.Equal(t, envelope.CodeData, codeOf(err), "somebody else decides this award")
	_, err = w.UpperOutcome(ctx, head, UpperOutcomeInput{Target: target, Items: first, Number: "1234/QĐ-TTg", Date: "2023-12-04"})
	require.NoError(t, err)
	rest := []AboveItemInput{}
	for _, it := range items[1:] {
		if it.Outcome == "" || it.Outcome == "passed" {
			rest = append(rest, AboveItemInput{Item: it.ID, Outcome: "not_awarded", Reason: "Chưa đủ điều kiện"})
		}
	}
	_, err = w.UpperOutcome(ctx, head, UpperOutcomeInput{Target: target, Items: rest})
	require.NoError(t, err)
	v, err := w.Upward(ctx, unit, p.ID)
	require.NoError(t, err)
	require.True(t, v.Closed)
	require.Len(t, v.Above, 2)
	after, err := w.UnreadNotices(ctx, unit)
	require.NoError(t, err)
	require.GreaterOrEqual(t, after, before+2, "the unit is told of each answer")

	db, err := pgx.Connect(ctx, w.owner)
	require.NoError(t, err)
	defer db.Close(ctx)
	var rows int
	var number, authority string
	var foreign bool
	err = db.QueryRow(ctx, `select count(*), max(decision_number), max(authority), bool_and(source = 'above' and decision is null)
		from recognitions r join items i on i.id = r.item where i.proposal = $1::uuid`, p.ID).Scan(&rows, &number, &authority, &foreign)
	require.NoError(t, err)
	require.Equal(t, 1, rows)
	require.Equal(t, "1234/QĐ-TTg", number)
	require.Equal(t, "PRIME_MINISTER", authority)
	require.True(t, foreign, "marked as a decision that is not ours")
	breaches, err := w.Store.Breaches(ctx)
	require.NoError(t, err)
	require.Empty(t, breaches)
}
