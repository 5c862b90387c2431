package api_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api"
	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
)

func TestFromListToReception(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	body, kind := form(t, apitest.List(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định"), map[string]string{"options": `{"period":"2023"}`})
	pre := good[app.ImportPreview](t, w, ask{method: "POST", path: "/import/preview", as: "pgd-clerk", body: body, kind: kind})
	require.Equal(t, 2, pre.Counts.Items)
	require.Len(t, pre.Verdicts, 2)

	p := sentCase(t, w, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định")
	require.Equal(t, "review", p.Stage)
	view := good[app.ProposalView](t, w, ask{method: "GET", path: "/proposals/" + p.ID + "?explain=true", as: "ph-reviewer"})
	require.Len(t, view.ItemList, 2)
	require.NotNil(t, view.ItemList[0].Law)

	back := good[app.Done](t, w, ask{method: "POST", path: "/proposals/" + p.ID + "/decide", as: "ph-reviewer", body: map[string]any{
		"verdict": "return", "reason": "Thiếu biên bản họp.", "fields": []any{map[string]any{"item": view.ItemList[0].ID, "field": "birth_year", "remark": "Chưa khớp."}},
	}})
	require.Equal(t, "accepted", back.Status)
	require.True(t, back.Proposal.Returned)

	sub := good[app.SubmissionView](t, w, ask{method: "GET", path: "/submissions/" + p.Submission, as: "pgd-clerk"})
	it := sub.Proposals[0].ItemList[0]
	it.Content.BirthYear = 1979
	edited := good[app.ItemView](t, w, ask{method: "PUT", path: "/items/" + it.ID, as: "pgd-clerk", body: map[string]any{"version": sub.Version, "content": it.Content}})
	require.Equal(t, 1979, edited.Content.BirthYear)
	stale := bad(t, w, ask{method: "PUT", path: "/items/" + it.ID, as: "pgd-clerk", body: map[string]any{"version": sub.Version, "content": it.Content}})
	require.Equal(t, app.CodeConflict, stale.Code)

	again := good[app.Done](t, w, ask{method: "POST", path: "/proposals/" + p.ID + "/resubmit", as: "pgd-head", body: map[string]any{}})
	require.Equal(t, 2, again.Proposal.Revision)
	on := good[app.Done](t, w, ask{method: "POST", path: "/proposals/" + p.ID + "/decide", as: "ph-reviewer", body: forward})
	require.Equal(t, "reception", on.Proposal.Stage)

	inbox := good[app.Inbox](t, w, ask{method: "GET", path: "/inbox", as: "snv-appraiser"})
	require.Len(t, inbox.Waiting, 1)
	account := good[app.CaseAccount](t, w, ask{method: "GET", path: "/cases/" + p.ID + "/account", as: "hg-auditor"})
	require.Len(t, account.Steps, 4)
	attempt := good[app.AttemptView](t, w, ask{method: "GET", path: "/attempts/" + on.Attempt, as: "ph-reviewer"})
	require.Equal(t, "accepted", attempt.Status)
	require.Equal(t, app.CodeNotFound, bad(t, w, ask{method: "GET", path: "/attempts/" + on.Attempt, as: "pgd-clerk"}).Code)
}

func TestPapersAndTemplate(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{MaxFile: 1 << 20})
	sub := drafted(t, w, "pgd-clerk", "Nguyễn Văn Ví Dụ")
	path := "/submissions/" + sub.ID + "/papers"
	body, kind := form(t, []byte("%PDF-1.7 mẫu"), map[string]string{"kind": "letter"})
	paper := good[app.PaperRow](t, w, ask{method: "POST", path: path, as: "pgd-clerk", body: body, kind: kind})
	require.Len(t, paper.SHA256, 64)
	body, kind = form(t, nil, map[string]string{"kind": "other", "secret_ref": "Số 12 ngày 01/11/2023"})
	require.Empty(t, good[app.PaperRow](t, w, ask{method: "POST", path: path, as: "pgd-clerk", body: body, kind: kind}).SHA256)
	for name, c := range map[string]struct {
		file   []byte
		fields map[string]string
		code   string
	}{
		"program":      {[]byte("MZ\x90\x00 not a paper"), map[string]string{"kind": "other"}, app.CodeBadFile},
		"secret":       {[]byte("%PDF-1.7"), map[string]string{"kind": "other", "secret_ref": "mật"}, app.CodeSecretPaper},
		"too large":    {append([]byte("%PDF-1.7"), make([]byte, 1<<20)...), map[string]string{"kind": "other"}, app.CodeTooLarge},
		"body too big": {append([]byte("%PDF-1.7"), make([]byte, 3<<20)...), map[string]string{"kind": "other"}, app.CodeTooLarge},
		"no file":      {nil, map[string]string{"kind": "other"}, app.CodeInvalid},
		"no kind":      {[]byte("%PDF-1.7"), nil, app.CodeInvalid},
	} {
		body, kind := form(t, c.file, c.fields)
		require.Equal(t, c.code, bad(t, w, ask{method: "POST", path: path, as: "pgd-clerk", body: body, kind: kind}).Code, name)
	}
	rec := send(t, w, ask{method: "GET", path: "/import/template.xlsx", as: "pgd-clerk"})
	require.Equal(t, http.StatusOK, rec.Code)
	require.Contains(t, rec.Header().Get("Content-Type"), "spreadsheetml")
	require.Equal(t, "PK", rec.Body.String()[:2])
	body, kind = form(t, []byte("không phải bảng tính"), nil)
	require.Equal(t, app.CodeBadFile, bad(t, w, ask{method: "POST", path: "/import/preview", as: "pgd-clerk", body: body, kind: kind}).Code)
	body, kind = form(t, apitest.List(t, "A"), map[string]string{"options": `{"colour":1}`})
	require.Equal(t, "colour", bad(t, w, ask{method: "POST", path: "/import/preview", as: "pgd-clerk", body: body, kind: kind}).Fields[0].Field)
}

func TestPaging(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	for range 3 {
		drafted(t, w, "pgd-clerk", "Nguyễn Văn Ví Dụ")
	}
	seen := map[string]bool{}
	path := "/api/v1/submissions?limit=2"
	for n := 0; path != ""; n++ {
		require.Less(t, n, 2)
		rec := send(t, w, ask{method: "GET", path: path, as: "pgd-clerk"})
		v := good[api.Page[app.SubmissionRow]](t, w, ask{method: "GET", path: path, as: "pgd-clerk"})
		for _, s := range v.Items {
			seen[s.ID] = true
		}
		if v.Next != "" {
			require.Contains(t, rec.Header().Get("Link"), `<`+v.Next+`>; rel="next"`)
		} else {
			require.Contains(t, rec.Header().Get("Link"), `rel="prev"`)
		}
		path = v.Next
	}
	require.Len(t, seen, 3)
	require.Equal(t, "limit", bad(t, w, ask{method: "GET", path: "/submissions?limit=500", as: "pgd-clerk"}).Fields[0].Field)
	found := good[api.Page[app.ProposalRow]](t, w, ask{method: "GET", path: "/proposals?text=nguyen+van+vi+du", as: "pgd-clerk"})
	require.Len(t, found.Items, 3)
	require.Empty(t, good[api.Page[app.ProposalRow]](t, w, ask{method: "GET", path: "/proposals?closed=true", as: "pgd-clerk"}).Items)
}
