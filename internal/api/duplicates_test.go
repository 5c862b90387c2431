package api_test

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api"
	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
	"vinhdanh/internal/importing"
)

// twice is one invented person proposed by two units; the first case has come to the
// standing body. It returns both cases, the first one's item and the pair.
func twice(t *testing.T, w *apitest.World) (mine, theirs app.ProposalRow, item, pair string) {
	t.Helper()
	ctx := context.Background()
	mine = w.Sent(t, "Danh Thị Diệu Hiền")
	v, err := w.App.AcceptImport(ctx, w.Session(t, "vt-clerk"), apitest.List(t, "Bà DANH THỊ DIỆU HIỀN"),
		app.ImportInput{PeriodKind: "calendar", Period: "2023", LetterNumber: "9/TTr", LetterDate: "2023-11-10", Choices: []importing.Choice{{Code: "BKT-PT"}}})
	require.NoError(t, err)
	sent, err := w.App.Send(ctx, w.Session(t, "vt-head"), app.SendInput{Submission: v.ID})
	require.NoError(t, err)
	require.Nil(t, sent.Proposals[0].Error)
	w.AtCouncil(t, mine)
	seen := good[app.ProposalView](t, w, ask{method: "GET", path: "/proposals/" + mine.ID, as: "pgd-clerk"})
	item = seen.ItemList[0].ID
	hits := good[[]app.DuplicateView](t, w, ask{method: "GET", path: "/items/" + item + "/duplicates", as: "snv-appraiser"})
	require.Len(t, hits, 1)
	return mine, sent.Proposals[0].Proposal, item, hits[0].Pair
}

func TestDuplicatesAreListedResolvedAndUndone(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	_, theirs, _, pair := twice(t, w)
	open := func(state string) []app.DuplicateView {
		return good[api.Page[app.DuplicateView]](t, w, ask{method: "GET", path: "/duplicates?state=" + state, as: "snv-appraiser"}).Items
	}
	require.Len(t, open("open"), 1)
	require.Empty(t, open("said"))
	at := "/duplicates/" + pair
	v := good[app.DuplicateView](t, w, ask{method: "GET", path: at, as: "snv-appraiser"})
	require.NotEmpty(t, v.Parts)
	resolve := ask{method: "POST", path: at + "/resolve", as: "snv-appraiser", body: map[string]any{"word": "different", "reason": "Hai người cùng tên."}, header: map[string]string{"Idempotency-Key": "k1"}}
	said := good[app.DuplicateView](t, w, resolve)
	require.Equal(t, "different", said.State)
	require.Len(t, good[app.DuplicateView](t, w, resolve).Words, 1, "the same key says it once")
	require.Empty(t, open("open"))
	require.Len(t, open("said"), 1)
	require.Equal(t, http.StatusConflict, bad(t, w, ask{method: "POST", path: at + "/resolve", as: "snv-appraiser", body: map[string]any{"word": "same", "reason": "x"}}).Status, "nobody overrules unseen")
	undone := good[app.DuplicateView](t, w, ask{method: "POST", path: at + "/undo", as: "snv-appraiser", body: map[string]any{"reason": "Nhầm cặp.", "after": said.Words[0].ID}})
	require.Empty(t, undone.State)
	require.Len(t, undone.Words, 2, "everything said stays on record")
	require.Len(t, open("open"), 1)
	require.Equal(t, app.CodeInvalid, bad(t, w, ask{method: "POST", path: at + "/resolve", as: "snv-appraiser", body: map[string]any{"word": "maybe", "reason": "x"}}).Code)
	require.NotEmpty(t, good[app.DuplicateView](t, w, ask{method: "GET", path: at, as: "hg-auditor"}).Words)
	require.Equal(t, app.CodeForbidden, bad(t, w, ask{method: "POST", path: at + "/resolve", as: "hg-auditor", body: map[string]any{"word": "same", "reason": "x"}}).Code)
	require.NotEmpty(t, theirs.Ref)
}

// Who sees one side learns that there is another and nothing of it; who sees neither
// side learns nothing, by any address.
func TestADuplicateTellsNothingOfItsOtherSide(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	mine, theirs, item, pair := twice(t, w)
	other := good[app.ProposalView](t, w, ask{method: "GET", path: "/proposals/" + theirs.ID, as: "vt-clerk"}).ItemList[0]
	secret := func(of app.ProposalRow, name, unit string) []string {
		return []string{of.ID, of.Ref, of.Submission, name, unit}
	}
	for login, hidden := range map[string][]string{
		"pgd-clerk": secret(theirs, "DANH THỊ DIỆU HIỀN", "vi-thanh"),
		"pgd-head":  secret(theirs, "DANH THỊ DIỆU HIỀN", "vi-thanh"),
		"vt-clerk":  secret(mine, "Danh Thị Diệu Hiền", "phung-hiep"),
		"hg-chair":  secret(theirs, "DANH THỊ DIỆU HIỀN", "vi-thanh"), // the Council has not reached the other
	} {
		own := item
		if login == "vt-clerk" {
			own = other.ID
		}
		for _, path := range []string{"/items/" + own + "/duplicates", "/duplicates/" + pair} {
			rec := send(t, w, ask{method: "GET", path: path, as: login})
			require.Equal(t, http.StatusOK, rec.Code, "%s %s %s", login, path, rec.Body)
			for _, s := range hidden {
				require.NotContains(t, rec.Body.String(), s, "%s %s", login, path)
			}
			var one app.DuplicateView
			if path == "/duplicates/"+pair {
				require.NoError(t, json.Unmarshal(rec.Body.Bytes(), &one))
				require.Zero(t, one.Score)
				require.Empty(t, one.Parts)
				require.Empty(t, one.Words)
				require.False(t, one.May)
			}
		}
		require.Equal(t, http.StatusForbidden, send(t, w, ask{method: "GET", path: "/duplicates", as: login}).Code, login)
		require.Equal(t, http.StatusForbidden, send(t, w, ask{method: "POST", path: "/duplicates/" + pair + "/resolve", as: login, body: map[string]any{"word": "same", "reason": "x"}}).Code, login)
	}
	for _, login := range []string{"tanlong1-clerk", "hg-admin"} {
		for _, a := range []ask{
			{method: "GET", path: "/items/" + item + "/duplicates"}, {method: "GET", path: "/duplicates/" + pair},
			{method: "POST", path: "/duplicates/" + pair + "/resolve", body: map[string]any{"word": "same", "reason": "x"}},
			{method: "POST", path: "/duplicates/" + pair + "/undo", body: map[string]any{"reason": "x"}},
		} {
			a.as = login
			require.Equal(t, http.StatusNotFound, send(t, w, a).Code, "%s %s", login, a.path)
		}
	}
	// A list that names the person again learns the same, and no more.
	body, kind := form(t, apitest.List(t, "danh thi dieu hien"), map[string]string{"options": `{"period_kind":"calendar","period":"2023"}`})
	rec := send(t, w, ask{method: "POST", path: "/import/preview", as: "tanlong1-clerk", body: body, kind: kind})
	require.Equal(t, http.StatusOK, rec.Code, rec.Body)
	var pre app.ImportPreview
	require.NoError(t, json.Unmarshal(rec.Body.Bytes(), &pre))
	require.NotEmpty(t, pre.Verdicts[0].Strength)
	require.NotEmpty(t, pre.Verdicts[0].Duplicate.VI)
	for _, s := range append(secret(mine, "Danh Thị Diệu Hiền", "phung-hiep"), secret(theirs, "DANH THỊ DIỆU HIỀN", "vi-thanh")...) {
		require.NotContains(t, rec.Body.String(), s)
	}
}
