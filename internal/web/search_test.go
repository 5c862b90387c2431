package web_test

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"vinhdanh/internal/web/webtest"
)

func TestSearchFindsWithAndWithoutAccents(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	p := w.Sent(t, "Nguyễn Thị Thủy", "Trần Văn Hòa", "Lê Thị Hoa")
	for _, login := range []string{"pgd-clerk", "ph-reviewer", "hg-auditor"} {
		v := w.As(t, login)
		for _, q := range []string{"thủy", "Thuỷ", "THUY", "nguyen thuy", norm.NFD.String("Nguyễn Thị Thủy"), "thi thu"} {
			page := v.Get("/search?" + url.Values{"q": {q}}.Encode())
			require.Equal(t, http.StatusOK, page.Status)
			assert.Contains(t, page.Text(), "Nguyễn Thị Thủy", "%s, %q", login, q)
			assert.NotContains(t, page.Text(), "Trần Văn Hòa", "%s, %q", login, q)
		}
		page := v.Get("/search/items?q=" + url.QueryEscape("Hòa"))
		assert.Less(t, strings.Index(page.Text(), "Trần Văn Hòa"), strings.Index(page.Text(), "Lê Thị Hoa"), "exact accents first")
		assert.Contains(t, page.Text(), p.Ref)
		assert.Contains(t, v.Get("/search?q="+url.QueryEscape(p.Ref)).Text(), p.UnitName)
		assert.NotContains(t, v.Get("/search?q=khong-co-ai").Text(), p.Ref)
	}
}

// Searching, listing, counting and exporting say nothing of what is not theirs to
// people of another district, without a unit, or whose role sees no case.
func TestSearchLeaksNothing(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	p := w.Sent(t, "Nguyễn Thị Thủy", "Trần Văn Hòa")
	nobody := w.Session(t, "tanlong1-clerk")
	require.NoError(t, w.App.Store.EndMembership(t.Context(), nobody.User, nobody.Memberships[0].Unit, "clerk", "2023-01-01"))
	view := w.As(t, "pgd-clerk").Get("/proposals/" + p.ID)
	require.Equal(t, http.StatusOK, view.Status, "the data that could leak is there")
	paths := []string{
		"/search?q=thuy", "/search?q=" + url.QueryEscape(p.Ref), "/search/items", "/search/items?q=thuy", "/search/cases", "/search/people?q=thuy",
		"/search/cases?q=" + url.QueryEscape(p.Ref), "/search/cases?unit=" + p.Unit, "/search/submissions", "/search/decisions",
		"/search/items?unit=" + p.Unit, "/search/items/export?format=csv", "/search/cases/export?format=csv", "/",
	}
	for _, login := range []string{"vt-clerk", "vt-head", "vt-reviewer", "hg-admin", "tanlong1-clerk"} {
		v := w.As(t, login)
		for _, path := range paths {
			page := v.Get(path)
			require.Equal(t, http.StatusOK, page.Status, "%s %s", login, path)
			for _, secret := range []string{"Nguyễn Thị Thủy", "Trần Văn Hòa", p.ID} {
				assert.NotContains(t, page.Body, secret, "%s %s", login, path)
			}
			if !strings.Contains(path, "q=HS") {
				assert.NotContains(t, page.Body, p.Ref, "%s %s", login, path)
			}
		}
	}
}

func TestListsFilterPageAndExport(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	var names []string
	for _, family := range []string{"Nguyễn", "Trần", "Lê", "Phạm", "Võ"} {
		for _, given := range []string{"An", "Bình", "Cường", "Dũng", "Em", "Giang"} {
			names = append(names, family+" Văn "+given)
		}
	}
	p := w.Sent(t, names...)
	v := w.As(t, "ph-reviewer")
	first := v.Get("/search/items")
	next := first.Link("Trang sau")
	require.NotEmpty(t, next, first.Text())
	second := v.Get(next)
	for _, n := range names {
		assert.True(t, strings.Contains(first.Text(), n) != strings.Contains(second.Text(), n), "%s stands on one page of the two", n)
	}
	assert.Contains(t, v.Get("/search/items?award=BKT-PT&state=open&kind=individual&q=nguyen").Text(), "Nguyễn Văn An")
	assert.NotContains(t, v.Get("/search/items?state=closed").Text(), "Nguyễn Văn An")
	assert.NotContains(t, v.Get("/search/items?outcome=recognised").Text(), "Nguyễn Văn An")
	assert.Contains(t, v.Get("/search/cases?mine=1").Text(), p.Ref, "it waits for the reviewer")
	assert.NotContains(t, w.As(t, "pgd-clerk").Get("/search/cases?mine=1").Text(), p.Ref)
	assert.Contains(t, v.Get("/search/cases?unit="+p.Unit).Text(), "Đơn vị: "+p.UnitName)

	file := v.Get("/search/items/export?format=csv&q=nguyen")
	require.Equal(t, http.StatusOK, file.Status)
	assert.Contains(t, file.Header.Get("Content-Disposition"), "truong-hop")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.Body, "\ufeff"))).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 7, "the heading and the six that the page shows")
	assert.Equal(t, "Nguyễn Văn An", rows[1][1])
	assert.Equal(t, http.StatusUnprocessableEntity, v.Get("/search/items/export?format=pdf").Status)

	for _, bad := range []string{"/search/items?state=x", "/search/items?from=yesterday", "/search/cases?after=x", "/search/items?q=" + strings.Repeat("x", 300)} {
		page := v.Get(bad)
		assert.Equal(t, http.StatusUnprocessableEntity, page.Status, bad)
		assert.Contains(t, page.Text(), "Chưa thực hiện được", bad)
	}
	for _, path := range []string{"/search", "/search?q=an", "/search/items", "/search/cases", "/search/people?q=an", "/search/submissions", "/search/decisions", "/search/units?q=phong"} {
		page := w.As(t, "ph-reviewer").English().Get(path)
		assert.Equal(t, http.StatusOK, page.Status, path)
		assert.NotContains(t, page.Text(), "Tìm", path)
	}
}

func TestExportsAreBounded(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	w.Sent(t, "Nguyễn Văn An")
	v := w.As(t, "ph-reviewer")
	for range 200 {
		if v.Get("/search/items/export?format=csv").Status == http.StatusTooManyRequests {
			return
		}
	}
	require.Fail(t, "nobody was asked to slow down")
}
