package app

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"vinhdanh/internal/law"
	"vinhdanh/internal/proposal"
)

// TestMinutes: from the frozen result, as page, PDF, Word; the agenda as Excel with
// the same sums; to those who may see the session only.
func TestMinutes(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	p := w.send("BKT-PT", voting, person("Nguyễn Văn Ví Dụ"), person("Trần Thị Thiếu Phiếu"))
	secretary := w.as(w.holder(theCouncil, proposal.RoleSecretary))
	draft := w.draftOf("Chưa họp")
	_, err := w.Minutes(ctx, secretary, draft.ID)
	require.Equal(t, CodeNotReady, codeOf(err))
	s := w.vote(map[string]bool{"Trần Thị Thiếu Phiếu": true}, p)
	d, err := w.Minutes(ctx, secretary, s.ID)
	require.NoError(t, err)
	var text []string
	for _, b := range d.Blocks {
		text = append(text, b.Text)
		for _, r := range b.Rows {
			text = append(text, strings.Join(r, " | "))
		}
	}
	all := strings.Join(text, "\n")
	require.Contains(t, all, "có mặt: 11 (tối thiểu phải có mặt: 8)")
	require.Contains(t, all, "1 | Ông Nguyễn Văn Ví Dụ | ")
	require.Contains(t, all, "| 11 | 0 | 0 | 0 | 0 | 11/11 = 100,0\u00a0% (8) | Đạt")
	require.Contains(t, all, "| 1 | 10 | 0 | 0 | 0 | 1/11 = 9,0\u00a0% (8) | Không đạt")
	require.Contains(t, all, "biểu quyết công khai theo danh sách; đạt khi có ít nhất 70/100 tổng số thành viên Hội đồng (8/11) tán thành")
	for _, format := range []string{"pdf", "docx"} {
		f, err := w.MinutesFile(ctx, secretary, s.ID, format)
		require.NoError(t, err)
		require.NotEmpty(t, f.Content)
		keep(t, f.Name, f.Content)
	}
	_, err = w.MinutesFile(ctx, secretary, s.ID, "exe")
	require.Equal(t, CodeNotFound, codeOf(err))
	_, err = w.Minutes(ctx, w.as("ph-secretary"), s.ID)
	require.Equal(t, CodeNotFound, codeOf(err))
	f, err := w.AgendaSheet(ctx, secretary, s.ID, "xlsx")
	require.NoError(t, err)
	book, err := excelize.OpenReader(bytes.NewReader(f.Content))
	require.NoError(t, err)
	rows, err := book.GetRows(book.GetSheetName(0))
	require.NoError(t, err)
	require.Contains(t, strings.Join(rows[len(rows)-1], "|"), "Trần Thị Thiếu Phiếu")
	require.Contains(t, rows[len(rows)-1], "Không đạt")
	_, err = w.AgendaSheet(ctx, w.as("pgd-clerk"), s.ID, "xlsx")
	require.Equal(t, CodeNotFound, codeOf(err))
}

// TestDecisionOptions: signers with the mode of their office, the law's sums, and
// the texts that are composed by themselves; to the standing body only.
func TestDecisionOptions(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	p := w.send("BKT-PT", voting, person("Nguyễn Văn Ví Dụ"), person("Trần Thị Giả Định"))
	w.finishCouncil(w.vote(nil, p))
	head := w.as(w.standingLogin())
	o, err := w.DecisionOptions(ctx, head, DecisionOptionsInput{Proposals: []string{p.ID}})
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(o.Signers), 2)
	require.Equal(t, "", o.Signers[0].Mode)
	require.Equal(t, "KT.", o.Signers[1].Mode)
	sum, _, err := w.Law.Bonus("BKT-PT", law.Kind("individual"), w.Today())
	require.NoError(t, err)
	require.Equal(t, 2*sum, o.Total)
	require.Empty(t, o.Missing)
	require.Len(t, o.Items, 2)
	require.Equal(t, "năm 2023", o.Defaults.Period)
	require.NotEmpty(t, o.Defaults.Bases)
	_, err = w.DecisionOptions(ctx, w.as("pgd-clerk"), DecisionOptionsInput{Proposals: []string{p.ID}})
	require.Equal(t, CodeForbidden, codeOf(err))

	d, err := w.DraftDecision(ctx, head, DraftDecisionInput{Proposals: []string{p.ID}})
	require.NoError(t, err)
	again, err := w.RedraftDecision(ctx, head, d.ID, DraftDecisionInput{Proposals: []string{p.ID}, Signer: o.Signers[1].User, Occasion: "nhân dịp thử"})
	require.NoError(t, err)
	require.Equal(t, d.Ref, again.Ref)
	require.NotEqual(t, d.Content, again.Content)
	require.Equal(t, o.Signers[1].Name, again.SignerName)
	_, err = w.RedraftDecision(ctx, w.as("pgd-clerk"), d.ID, DraftDecisionInput{Proposals: []string{p.ID}})
	require.Equal(t, CodeNotFound, codeOf(err))
	_, err = w.SubmitDecision(ctx, head, d.ID)
	require.NoError(t, err)
	_, err = w.RedraftDecision(ctx, head, d.ID, DraftDecisionInput{Proposals: []string{p.ID}})
	require.Equal(t, CodeConflict, codeOf(err))
}
