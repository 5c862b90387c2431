package app

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
)

// TestWhoSentTheCaseDoesNotSignItsCorrection: what a person did in the case that a
// correction is about excludes them from signing it, as from signing the decision.
func TestWhoSentTheCaseDoesNotSignItsCorrection(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	d := w.awarded(41)
	w.asOwner(`insert into memberships (user_id, unit, role, title) values ($1::uuid, $2, 'signer', 'Phó Chủ tịch')`, w.users["pgd-head"], authority)
	head := w.as(w.standingLogin())
	f, err := w.CorrectionForm(ctx, head, d.ID)
	require.NoError(t, err)
	c, err := w.DraftCorrection(ctx, head, d.ID, DraftCorrectionInput{Signer: w.users["pgd-head"], Lines: []CorrectionLineInput{
		{Recognition: f.Lines[0].Recognition, Field: "name", Was: wrongName, Is: rightName, Reason: "Đối chiếu căn cước công dân"},
	}})
	require.NoError(t, err)
	_, err = w.SubmitDecision(ctx, head, c.ID)
	require.NoError(t, err)
	_, err = w.SignDecision(ctx, w.as("pgd-head"), c.ID, SignInput{Content: c.Content})
	require.Equal(t, envelope.CodeSeparation, codeOf(err))
}

// TestThoseConcernedHearOfACorrection: who proposed, and the unit of the person; each of
// its own, once, without a name; nobody else.
func TestThoseConcernedHearOfACorrection(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	d := w.awarded(41)
	f, err := w.CorrectionForm(ctx, w.as(w.standingLogin()), d.ID)
	require.NoError(t, err)
	vt := w.as("vt-clerk").Memberships[0].Unit
	w.asOwner(`update subjects set unit = $2 where ref = $1`, f.Lines[0].Subject, vt)
	c := w.corrects(d, 57,
		CorrectionLineInput{Recognition: f.Lines[0].Recognition, Field: "name", Was: wrongName, Is: rightName, Reason: "Đối chiếu căn cước công dân"},
		CorrectionLineInput{Recognition: f.Lines[1].Recognition, Field: "position", Was: f.Lines[1].Position, Is: "Phó Hiệu trưởng (giả định)", Reason: "Ghi sai chức vụ"})
	ledger := "/ledger/subjects/" + f.Lines[0].Subject
	for login, want := range map[string]postgres.Notice{
		"pgd-clerk": {Items: 2, Path: "/decisions/" + c.ID}, "pgd-head": {Items: 2, Path: "/decisions/" + c.ID}, "vt-clerk": {Items: 1, Path: ledger}, w.standingLogin(): {}, "vt-reviewer": {},
	} {
		rows, err := w.Store.NoticesOf(ctx, w.users[login], 100)
		require.NoError(t, err)
		var told []postgres.Notice
		for _, r := range rows {
			if r.Kind == "decision_corrected" {
				var n postgres.Notice
				require.NoError(t, json.Unmarshal(r.Data, &n))
				told = append(told, n)
				require.NotContains(t, string(r.Data), "Dụ", "no name leaves by mail")
			}
		}
		if want.Items == 0 {
			require.Empty(t, told, login)
			continue
		}
		require.Len(t, told, 1, login)
		require.Equal(t, []any{want.Items, want.Path, "41/QĐ-UBND", "57/QĐ-UBND"}, []any{told[0].Items, told[0].Path, told[0].Case, told[0].Decision}, login)
	}
	_, err = w.Ledger(ctx, w.as("vt-clerk"), f.Lines[0].Subject)
	require.NoError(t, err, "where the notice leads is open to who got it")
}

// TestACorrectedWorkplaceIsFoundAndShown: both spellings are found within one's sight, the
// case shows what is right beside what was sent, and duplicates are sought under the right name.
func TestACorrectedWorkplaceIsFoundAndShown(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	d := w.awarded(41)
	head := w.as(w.standingLogin())
	f, err := w.CorrectionForm(ctx, head, d.ID)
	require.NoError(t, err)
	was, is := f.Lines[0].Unit, "Trường Tiểu học Phương Bình Hai (giả định)"
	w.corrects(d, 57,
		CorrectionLineInput{Recognition: f.Lines[0].Recognition, Field: "unit", Was: was, Is: is, Reason: "Ghi sai đơn vị"},
		CorrectionLineInput{Recognition: f.Lines[0].Recognition, Field: "name", Was: wrongName, Is: rightName, Reason: "Đối chiếu căn cước công dân"})
	for _, text := range []string{was, is, "truong phuong binh hai", rightName, wrongName} {
		for login, want := range map[string]int{w.standingLogin(): 1, "pgd-clerk": 1, "vt-clerk": 0, "vt-reviewer": 0} {
			v, err := w.Search(ctx, w.as(login), text)
			require.NoError(t, err)
			require.Len(t, v.Items.Rows, want, "%s looks for %s", login, text)
			if want > 0 {
				require.Equal(t, []string{is, was}, []string{v.Items.Rows[0].Workplace, v.Items.Rows[0].WorkBefore})
			}
		}
	}
	v, err := w.Case(ctx, w.as("pgd-clerk"), d.Lines[0].Proposal, false)
	require.NoError(t, err)
	require.Equal(t, wrongName, v.ItemList[0].Content.Name, "what was sent stays")
	require.Len(t, v.ItemList[0].Corrected, 2)
	require.Equal(t, rightName, v.ItemList[0].Corrected[0].Is)
	require.Empty(t, v.ItemList[1].Corrected)
	again := w.firstItem(w.send("BKT-PT", voting, person(rightName)))
	pair := w.onlyPair(again)
	require.Equal(t, rightName, pair.Sides[1].Name)
}
