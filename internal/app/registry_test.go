package app

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// submitted are decisions that wait for the head of the authority, one per proposal.
func (w *world) submitted(ps ...postgres.Proposal) []DecisionView {
	w.t.Helper()
	var out []DecisionView
	for _, p := range ps {
		head := w.as(w.standingLogin())
		d, err := w.DraftDecision(context.Background(), head, DraftDecisionInput{Proposals: []string{p.ID}})
		require.NoError(w.t, err)
		_, err = w.SubmitDecision(context.Background(), head, d.ID)
		require.NoError(w.t, err)
		out = append(out, d)
	}
	return out
}

func TestBriefSaysWhoAndWhatWasContested(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-15"), context.Background()
	p := w.send("BKT-PT", voting, person("Nguyễn Văn Ví Dụ"), person("Lê Văn Thiếu Phiếu"))
	w.finishCouncil(w.vote(map[string]bool{"Lê Văn Thiếu Phiếu": true}, p))
	d := w.submitted(p)[0]
	signer := w.as(w.holder(authority, proposal.RoleSigner))
	desk, err := w.SigningDesk(ctx, signer)
	require.NoError(t, err)
	require.Len(t, desk, 1)
	b := desk[0]
	require.True(t, b.Mine)
	require.Equal(t, []SigningCount{{Code: "individual", Count: 1, Total: b.Total}}, b.Kinds)
	require.NotEmpty(t, b.Abstract)
	why := map[string]string{}
	for _, c := range b.Contested {
		why[c.Line] += c.Why + " "
	}
	require.Contains(t, why["Ông Lê Văn Thiếu Phiếu"], ContestedEnded)
	require.NotEmpty(t, why["Ông Nguyễn Văn Ví Dụ"], "no facts were stated, so the law needs a person")
	_, err = w.SigningBrief(ctx, w.as("pgd-head"), d.ID)
	require.Equal(t, CodeNotFound, codeOf(err), "how others fared is not the proposing unit's business")
	other, err := w.SigningDesk(ctx, w.deputy())
	require.NoError(t, err)
	require.Empty(t, other, "it waits for another signer")
}

func TestSigningManyReportsEach(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-15"), context.Background()
	ds := w.submitted(w.passed("Nguyễn Văn Ví Dụ", "Trần Thị Giả Định", "Lê Văn Minh Họa")...)
	signer := w.as(w.holder(authority, proposal.RoleSigner))
	in := SignManyInput{Nonce: "form-1", Documents: []SignDocument{
		{ID: ds[0].ID, Content: ds[0].Content}, {ID: ds[1].Ref, Content: strings.Repeat("0", 64)},
		{ID: ds[2].ID, Content: ds[2].Content}, {ID: ds[0].Ref, Content: ds[0].Content},
	}}
	in.Rehearse = true
	r, err := w.SignMany(ctx, signer, in)
	require.NoError(t, err)
	require.Equal(t, []string{ManyReady, ManyRefused, ManyReady}, statuses(r))
	rows, err := w.SigningDesk(ctx, signer)
	require.NoError(t, err)
	require.Len(t, rows, 3, "a rehearsal signs nothing")

	in.Rehearse = false
	r, err = w.SignMany(ctx, signer, in)
	require.NoError(t, err)
	require.Equal(t, []string{ManyDone, ManyRefused, ManyDone}, statuses(r))
	require.Equal(t, ManyReport{Results: r.Results, Done: 2, Refused: 1}, r)
	require.NotEmpty(t, r.Results[1].Vi)
	again, err := w.SignMany(ctx, signer, in)
	require.NoError(t, err)
	require.Equal(t, []string{ManyDone, ManyRefused, ManyDone}, statuses(again), "the same form signs each once")
	in.Nonce = "form-2"
	late, err := w.SignMany(ctx, signer, in)
	require.NoError(t, err)
	require.Equal(t, []string{ManyRefused, ManyRefused, ManyRefused}, statuses(late))
	stranger, err := w.SignMany(ctx, w.as("vt-clerk"), in)
	require.NoError(t, err)
	for _, x := range stranger.Results {
		require.Equal(t, CodeNotFound, x.Code)
		require.Empty(t, x.Award, "a stranger learns nothing of it")
	}
}

func statuses(r ManyReport) []string {
	return ids(r.Results, func(x ManyResult) string { return x.Status })
}

func TestNumberingManyAndTheRegister(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-15"), context.Background()
	ps := w.passed("Nguyễn Văn Ví Dụ", "Trần Thị Giả Định")
	a, b := w.decide(ps[0]), w.decide(ps[1])
	registrar := w.as(w.holder(authority, proposal.RoleRegistrar))
	desk, err := w.NumberingDesk(ctx, registrar)
	require.NoError(t, err)
	require.Len(t, desk.Waiting, 2)
	r, err := w.NumberMany(ctx, registrar, NumberManyInput{Nonce: "n", Documents: []NumberDocument{{ID: a.ID, Number: 2011}, {ID: b.ID, Number: 2011}}})
	require.NoError(t, err)
	require.Equal(t, []string{ManyDone, ManyRefused}, statuses(r))
	require.Equal(t, "2011/QĐ-UBND", r.Results[0].Number)
	require.Equal(t, CodeNumberTaken, r.Results[1].Code)
	r, err = w.NumberMany(ctx, registrar, NumberManyInput{Nonce: "n", Documents: []NumberDocument{{ID: a.ID, Number: 2011}}})
	require.NoError(t, err)
	require.Equal(t, []string{ManyDone}, statuses(r), "the same form numbers once")

	reg, err := w.Register(ctx, registrar, RegisterQuery{Year: 2023, Symbol: "QĐ-UBND"})
	require.NoError(t, err)
	require.Len(t, reg.Lines, 1)
	require.Equal(t, 2011, reg.Lines[0].Running)
	require.NotEmpty(t, reg.Lines[0].Abstract)
	require.NotEmpty(t, reg.Lines[0].SignerName)
	require.Equal(t, "QĐ-UBND", reg.Years[0].Symbol)
	for _, login := range []string{"pgd-clerk", "vt-clerk", "hg-admin"} {
		none, err := w.Register(ctx, w.as(login), RegisterQuery{})
		require.NoError(t, err)
		require.Empty(t, none.Lines, login)
		require.Empty(t, none.Years, login)
	}
}

func TestHandoverIsMarkedAndNeverChanged(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-15"), context.Background()
	p := w.send("BKT-PT", voting, person("Nguyễn Văn Ví Dụ"), person("Trần Thị Giả Định"))
	w.finishCouncil(w.vote(nil, p))
	d := w.decide(p)
	registrar := w.as(w.holder(authority, proposal.RoleRegistrar))
	_, err := w.Handover(ctx, registrar, d.ID)
	require.Equal(t, CodeNotReady, codeOf(err))
	w.issue(d, NumberInput{Number: 12})
	v, err := w.Handover(ctx, registrar, d.ID)
	require.NoError(t, err)
	require.Equal(t, 2, v.Count)
	require.Len(t, v.Units, 1)
	require.NotEmpty(t, v.Payer)
	require.Equal(t, d.Total, v.Total)
	items := []string{v.Units[0].Lines[0].Item}

	mark := HandoverInput{Items: items, State: "received", Nonce: "m1"}
	_, err = w.MarkHandover(ctx, registrar, d.ID, mark)
	require.Equal(t, CodeInvalid, codeOf(err), "who received it is named")
	mark.Receiver = "Phạm Thị Nhận Thay"
	for _, date := range []string{"2023-11-16", "2023-11-14"} {
		mark.Date = date
		_, err = w.MarkHandover(ctx, registrar, d.ID, mark)
		require.Equal(t, CodeInvalid, codeOf(err), date)
	}
	mark.Date = "2023-11-15"
	for range 2 {
		v, err = w.MarkHandover(ctx, registrar, d.ID, mark)
		require.NoError(t, err)
		require.Equal(t, 1, v.Given)
	}
	marks, err := w.Store.HandoverMarks(ctx, d.ID)
	require.NoError(t, err)
	require.Len(t, marks, 1, "the same form marks once")
	v, err = w.MarkHandover(ctx, registrar, d.ID, HandoverInput{Items: items, State: "undone", Note: "nhầm"})
	require.NoError(t, err)
	require.Zero(t, v.Given)
	_, err = w.MarkHandover(ctx, w.as("pgd-head"), d.ID, mark)
	require.Equal(t, CodeForbidden, codeOf(err))
	own, err := w.Handover(ctx, w.as("pgd-head"), d.ID)
	require.NoError(t, err)
	require.Equal(t, 2, own.Count)
	_, err = w.Handover(ctx, w.as("vt-clerk"), d.ID)
	require.Equal(t, CodeNotFound, codeOf(err))

	x, err := w.ExportHandover(ctx, registrar, d.ID, "xlsx", "vi")
	require.NoError(t, err)
	f, err := excelize.OpenReader(bytes.NewReader(x.Data))
	require.NoError(t, err)
	rows, err := f.GetRows(f.GetSheetName(0))
	require.NoError(t, err)
	require.Contains(t, rows[1][0], x.SHA256)
	require.Len(t, rows, 2+1+2+0)
	require.Contains(t, strings.Join(rows[len(rows)-1], " "), "Trần Thị Giả Định")
}

func TestExportsSayWhatIsShownUnderOneHash(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	p := w.passed("=HYPERLINK(1)")[0]
	v, err := w.Timeline(ctx, w.auditor(), p.Ref, "")
	require.NoError(t, err)
	sheet := TimelineSheet(v, "vi")
	for _, format := range []string{"csv", "xlsx", "json"} {
		x, err := w.ExportTimeline(ctx, w.auditor(), p.Ref, "", format, "vi")
		require.NoError(t, err)
		require.Equal(t, sheet.SHA256(), x.SHA256, format)
		if format != "xlsx" {
			require.Contains(t, string(x.Data), x.SHA256)
			require.Contains(t, string(x.Data), sheet.Rows[2][11])
		}
	}
	_, err = w.ExportTimeline(ctx, w.auditor(), p.Ref, "", "pdf", "vi")
	require.Equal(t, CodeInvalid, codeOf(err))
	w.costly = newBounded()
	x, err := w.ExportXES(ctx, w.auditor(), AuditQuery{Kind: "commendation"})
	require.NoError(t, err)
	require.Contains(t, string(x.Data), `<string key="concept:name" value="council-result"></string>`)
	require.Contains(t, string(x.Data), `xes.version="1849.2016"`)
	require.NotContains(t, string(x.Data), "HYPERLINK", "no name leaves in a log for process mining")
	_, err = w.ExportXES(ctx, w.as("hg-admin"), AuditQuery{})
	require.Equal(t, CodeForbidden, codeOf(err))
}
