package app

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/dossier"
)

// Two references found to be one are read as one, in the ledger and by the rules; taken
// back, they are apart again. A successor has the awards of what it follows.
func TestIdentitiesAreJoinedAndTakenApart(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	w.recorded(paperRow("Nguyễn Văn Ví Dụ"), paperRow("Nguyễn Văn Ví Dụ", "unit", standing, "birth_year", "", "period", "2020", "decision_number", "9/QĐ-UBND"),
		paperRow("Phòng Mẫu", "kind", "tập thể", "birth_year", "", "award", "TTLDTT"), paperRow("Phòng Mẫu Mới", "kind", "tập thể", "birth_year", "", "award", "TTLDTT", "period", "2020"))
	s := w.as(w.standingLogin())
	a, b := w.refOf("Nguyễn Văn Ví Dụ", proposer), w.refOf("Nguyễn Văn Ví Dụ", standing)
	v, err := w.Ledger(ctx, s, a)
	require.NoError(t, err)
	require.Len(t, v.Rows, 1)
	require.Len(t, v.Candidates, 1)
	require.Equal(t, b, v.Candidates[0].Ref)
	_, err = w.JoinSubjects(ctx, s, JoinInput{Subject: a, Other: a, Kind: "same", Reason: "x"})
	require.Equal(t, CodeInvalid, codeOf(err))
	_, err = w.JoinSubjects(ctx, s, JoinInput{Subject: a, Other: w.refOf("Phòng Mẫu", proposer), Kind: "same", Reason: "x"})
	require.Equal(t, CodeInvalid, codeOf(err), "a person is no collective")
	v, err = w.JoinSubjects(ctx, s, JoinInput{Subject: a, Other: b, Kind: "same", Reason: "Đã đối chiếu quyết định"})
	require.NoError(t, err)
	require.Len(t, v.Rows, 2)
	require.Empty(t, v.Candidates)
	titles, err := w.Store.LedgerOf(ctx, []string{a, b})
	require.NoError(t, err)
	require.Len(t, titles, 4, "each reference has the awards of both")
	_, err = w.JoinSubjects(ctx, s, JoinInput{Subject: b, Other: a, Kind: "same", Reason: "x"})
	require.Equal(t, CodeDuplicate, codeOf(err))
	v, err = w.UndoJoin(ctx, s, UndoJoinInput{Join: v.Joins[0].ID, Reason: "Nhầm hai người trùng tên"})
	require.NoError(t, err)
	require.Len(t, v.Rows, 1)
	require.NotNil(t, v.Joins[0].EndedAt, "it stays on record")
	_, err = w.UndoJoin(ctx, s, UndoJoinInput{Join: v.Joins[0].ID, Reason: "lần nữa"})
	require.Equal(t, CodeConflict, codeOf(err))

	older, newer := w.refOf("Phòng Mẫu", proposer), w.refOf("Phòng Mẫu Mới", proposer)
	_, err = w.JoinSubjects(ctx, s, JoinInput{Subject: newer, Other: older, Kind: "succession", Reason: "x"})
	require.Equal(t, CodeInvalid, codeOf(err), "from which day?")
	v, err = w.JoinSubjects(ctx, s, JoinInput{Subject: newer, Other: older, Kind: "succession", Since: "2022-07-01", Reason: "Sáp nhập"})
	require.NoError(t, err)
	require.Equal(t, 2, v.Counted)
	v, err = w.Ledger(ctx, s, older)
	require.NoError(t, err)
	require.Equal(t, 1, v.Counted, "what came before has not the awards of what came after")
	_, err = w.JoinSubjects(ctx, s, JoinInput{Subject: older, Other: newer, Kind: "succession", Since: "2022-07-01", Reason: "x"})
	require.Equal(t, CodeConflict, codeOf(err))
}

// The rules see what counts: historical records and those of joined subjects, across
// units, under the identity of the item's subject.
func TestRulesSeeTheWholeLedger(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-15"), context.Background()
	p := w.send("CSTDT", voting, person("Nguyễn Văn Ví Dụ"))
	w.recorded(paperRow("Nguyễn Văn Ví Dụ", "birth_year", ""), paperRow("Nguyễn Văn Ví Dụ", "unit", standing, "period", "2020", "decision_number", "9/QĐ-UBND"),
		paperRow("Nguyễn Văn Ví Dụ", "birth_year", "", "award", "", "award_text", "Danh hiệu cũ", "decision_number", "7/QĐ-UBND"))
	items, err := w.Store.ItemsOf(ctx, p.ID, 1)
	require.NoError(t, err)
	held := func() string {
		facts, err := dossier.Facts(ctx, w.Store, p, items)
		require.NoError(t, err)
		out := ""
		for _, x := range facts[0].Titles {
			out += fmt.Sprint(x.Award, x.Period.Label, " ")
		}
		return out
	}
	require.Equal(t, "CSTDCS2021 ", held())
	s := w.as(w.standingLogin())
	_, err = w.JoinSubjects(ctx, s, JoinInput{Subject: items[0].Subject, Other: w.refOf("Nguyễn Văn Ví Dụ", standing), Kind: "same", Reason: "Chuyển công tác"})
	require.NoError(t, err)
	require.ElementsMatch(t, []string{"CSTDCS2021", "CSTDCS2020"}, strings.Fields(held()))
}
