package web_test

import (
	"archive/zip"
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
	"vinhdanh/internal/web/webtest"
)

var adminPages = []string{
	"/admin/law", "/admin/health", "/admin/restore", "/admin/outbox", "/admin/schedules", "/admin/keys", "/admin/settings", "/admin/campaigns", "/admin/texts",
	"/admin/text?name=notice/returned&locale=vi", "/campaigns", "/campaigns/hau-giang-2023",
}

func TestAdminPagesOpenInBothLanguages(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	for _, path := range adminPages {
		for _, login := range []string{"hg-admin", "hg-auditor", "ct-admin"} {
			for lang, v := range map[string]*webtest.Visitor{"vi": w.As(t, login).Vietnamese(), "en": w.As(t, login).English()} {
				p := v.Get(path)
				assert.Equal(t, http.StatusOK, p.Status, "%s %s: %.300s", login, path, p.Text())
				assert.Contains(t, p.Body, `<html lang="`+lang+`">`, "%s %s", login, path)
			}
		}
		want := http.StatusForbidden
		if strings.HasPrefix(path, "/campaigns") || path == "/admin/campaigns" {
			want = http.StatusOK // everybody who has a unit sees campaigns
		}
		assert.Equal(t, want, w.As(t, "pgd-clerk").Get(path).Status, path)
	}
}

func lawZip(t *testing.T, old, new string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range law.Default().Files() {
		f, err := z.Create(name)
		require.NoError(t, err)
		_, err = f.Write([]byte(strings.ReplaceAll(text, old, new)))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

func TestLawDataAreChangedOnPages(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	admin := w.As(t, "hg-admin")
	bad := admin.Get("/admin/law").Submit("/admin/law", nil, webtest.File{Field: "file", Name: "law.zip", Content: lawZip(t, "LDTT_RATING]", "NOTHING]")})
	assert.Contains(t, bad.Text(), "awards.yaml:", "file and line of what is wrong")
	p := admin.Get("/admin/law").Submit("/admin/law", url.Values{"note": {"x"}}, webtest.File{Field: "file", Name: "law.zip", Content: lawZip(t, "dong: 1800000", "dong: 1900000")})
	require.Contains(t, p.Path, "/admin/law/", p.Text())
	assert.Contains(t, p.Text(), "from 1,800,000 đồng to 1,900,000 đồng")
	sim := p.Submit(p.Path+"/simulate", nil)
	assert.Contains(t, sim.Text(), "0 would change")
	past := p.Submit(p.Path+"/activate", url.Values{"from": {"2020-01-01"}, "note": {"x"}})
	assert.Equal(t, http.StatusUnprocessableEntity, past.Status)
	done := p.Submit(p.Path+"/activate", url.Values{"from": {"2023-11-15"}, "note": {"decree"}})
	require.Equal(t, "/admin/law", done.Path, done.Text())
	assert.Contains(t, done.Text(), "decree")
	assert.Nil(t, w.As(t, "hg-auditor").Get("/admin/law").Form("/admin/law"), "auditors upload nothing")
}

func TestMachineryPagesAct(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	admin := w.As(t, "hg-admin")
	p := admin.Get("/admin/schedules").Submit("/admin/schedules/dispatch", url.Values{"do": {"run"}})
	require.Equal(t, "/admin/schedules", p.Path, p.Text())
	assert.Equal(t, []string{"dispatch"}, w.Operations.Ran())
	p = p.Submit("/admin/schedules/archive", url.Values{"do": {"pause"}})
	assert.Equal(t, http.StatusUnprocessableEntity, p.Status, "a pause says why")
	p = p.Submit("/admin/schedules/archive", url.Values{"do": {"pause"}, "reason": {"maintenance"}})
	assert.Contains(t, p.Text(), "maintenance")
	p = admin.Get("/admin/outbox").Submit("/admin/test-mail", nil)
	assert.Contains(t, p.Text(), "The test mail waits")
	p = admin.Get("/admin/keys").Submit("/admin/keys", url.Values{"signed": {"nonsense"}, "reason": {"x"}})
	assert.Equal(t, http.StatusUnprocessableEntity, p.Status)
	assert.NotContains(t, admin.Get("/admin/settings").Text(), "postgres://")
}

func TestTextsAndCampaignsAreWordedOnPages(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	admin := w.As(t, "hg-admin")
	p := admin.Get("/admin/text?name=notice/returned&locale=vi")
	bad := p.Submit("/admin/text", url.Values{"do": {"save"}, "body": {`{{printf "%s" .case_ref}}`}})
	assert.Equal(t, http.StatusUnprocessableEntity, bad.Status)
	look := p.Submit("/admin/text", url.Values{"do": {"preview"}, "body": {"Xin bổ sung {{.points}} mục."}})
	assert.Contains(t, look.Text(), "Xin bổ sung 3 mục.")
	saved := look.Submit("/admin/text", url.Values{"do": {"save"}})
	assert.Contains(t, saved.Value("body"), "Xin bổ sung {{.points}} mục.")
	back := saved.Submit("/admin/text", url.Values{"do": {"restore"}})
	assert.NotContains(t, back.Value("body"), "Xin bổ sung")

	c := admin.Get("/admin/campaign-new").Submit("/admin/campaign-new", url.Values{
		"title": {"Phong trào Mẫu"}, "launcher.unit": {"ubnd-tinh-hau-giang"}, "contents": {"Một\n\nHai"}, "open.quotas": {"20"}, "status": {"draft"},
	})
	require.Equal(t, "/campaigns/phong-trao-mau", c.Path, c.Text())
	assert.Equal(t, http.StatusNotFound, w.As(t, "pgd-clerk").Get("/campaigns/phong-trao-mau").Status, "a draft is its administrators' only")
	form := admin.Get("/admin/campaigns/phong-trao-mau/edit")
	open := form.Submit("/admin/campaigns/phong-trao-mau/edit", url.Values{"status": {"open"}})
	require.Equal(t, http.StatusOK, open.Status, open.Text())
	assert.Contains(t, w.As(t, "pgd-clerk").Get("/campaigns/phong-trao-mau").Text(), "Phong trào Mẫu")
	cut := admin.Get("/admin/campaigns/phong-trao-mau/edit").Submit("/admin/campaigns/phong-trao-mau/edit", url.Values{
		"quota_numbers[0].award": {"BKT-PT"}, "quota_numbers[0].limit": {"3"}, "quota_numbers[0].does": {"cut"}, "quota_numbers[0].beyond": {"deferred"},
		"quota_numbers[1].award": {"BKT-PT"}, "quota_numbers[1].limit": {"9"}, "quota_numbers[1].beyond": {"deferred"},
	})
	assert.Contains(t, cut.Text(), "3 (The whole campaign) – Cuts: where more get their majority, only so many pass, most votes in favour, is deferred", cut.Text())
	assert.Equal(t, 1, strings.Count(cut.Text(), "– Cuts: where"), "a number that does not say so only warns")
	stale := form.Submit("/admin/campaigns/phong-trao-mau/edit", url.Values{"title": {"Khác"}, "nonce": {"another"}})
	assert.Equal(t, http.StatusConflict, stale.Status, "two tabs")
}
