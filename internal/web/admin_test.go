package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/web/webtest"
)

func TestAdminPagesOfUnitsAndPeople(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	admin := w.As(t, "hg-admin")
	p := admin.Get("/admin")
	require.Equal(t, http.StatusOK, p.Status, p.Text())
	assert.Contains(t, p.Text(), "First set-up")
	p = admin.Get("/admin/units?text=phung+hiep")
	assert.Contains(t, p.Text(), "Phụng Hiệp")
	assert.NotContains(t, p.Text(), "Vị Thủy")

	wrong := admin.Get("/admin/unit-new").Submit("/admin/unit-new", url.Values{"name": {"Trường Mẫu"}, "kind": {"school"}})
	assert.Equal(t, http.StatusUnprocessableEntity, wrong.Status)
	assert.Equal(t, "Trường Mẫu", wrong.Value("name"), "nothing that was typed is lost")
	assert.Contains(t, wrong.Body, `data-field="short_name"`, "the summary leads to the field, by its name in the form")
	made := wrong.Submit("/admin/unit-new", url.Values{
		"short_name": {"Trường Mẫu"}, "level": {"unit"}, "parent": {"phong-gddt-phung-hiep"}, "place": {"Phụng Hiệp"}, "symbol": {"TM"},
	})
	require.Equal(t, "/admin/units/truong-mau", made.Path, made.Text())
	assert.Contains(t, made.Text(), "made a unit")

	person := admin.Get("/admin/person-new").Submit("/admin/person-new", url.Values{
		"full_name": {"Hồ Thị Minh Họa"}, "login": {"tm-clerk"}, "email": {"tm@haugiang.example"}, "locale": {"vi"},
		"seats[0].unit": {"truong-mau"}, "seats[0].role": {"clerk"},
	})
	require.Contains(t, person.Path, "/admin/people/", person.Text())
	assert.Contains(t, person.Text(), "Clerk")
	bad := person.Submit(person.Path+"/roles", url.Values{"unit": {"truong-mau"}, "role": {"king"}})
	assert.Equal(t, http.StatusUnprocessableEntity, bad.Status)
	given := person.Submit(person.Path+"/roles", url.Values{"unit": {"truong-mau"}, "role": {"unit_head"}, "title": {"Hiệu trưởng"}})
	assert.Contains(t, given.Text(), "Hiệu trưởng")
	locked := given.Submit(person.Path+"/access", url.Values{"do": {"deactivate"}})
	assert.Contains(t, locked.Text(), "kept out")

	look := admin.Get("/admin/unit-end?units=truong-mau").Submit("/admin/unit-end", url.Values{
		"do": {"plan"}, "units": {"truong-mau"}, "successor": {"phong-gddt-phung-hiep"}, "on": {"2023-12-01"}, "reason": {"NQ 01"},
	})
	require.Equal(t, http.StatusOK, look.Status, look.Text())
	assert.Contains(t, look.Text(), "Exists until 30/11/2023.")
	assert.Empty(t, admin.Get("/admin/units/truong-mau/edit").Value("valid_to"), "looking writes nothing")
	ended := look.Submit("/admin/unit-end", url.Values{"do": {"end"}, "units": {"truong-mau"}})
	require.Equal(t, "/admin/units/truong-mau", ended.Path, ended.Text())
	assert.Contains(t, ended.Text(), "phong-gddt-phung-hiep")
	assert.Contains(t, admin.Get("/admin/events").Text(), "merged a unit")
}

func TestAdminPagesAreForAdministratorsAndAuditors(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	paths := []string{"/admin", "/admin/units", "/admin/people", "/admin/events", "/admin/units/ubnd-phung-hiep"}
	for _, path := range paths {
		assert.Equal(t, http.StatusForbidden, w.As(t, "pgd-clerk").Get(path).Status, path)
		assert.Equal(t, http.StatusOK, w.As(t, "hg-auditor").Get(path).Status, path)
		p := w.As(t, "hg-admin").English().Get(path)
		assert.Equal(t, http.StatusOK, p.Status, path)
	}
	auditor := w.As(t, "hg-auditor")
	for _, path := range paths {
		for _, link := range auditor.Get(path).Links() {
			assert.NotContains(t, link, "/edit")
			assert.NotContains(t, link, "-new")
		}
	}
	assert.NotContains(t, w.As(t, "pgd-clerk").Get("/").Links(), "/admin")
}

func TestAProvinceIsImportedOnAPage(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	admin := w.As(t, "hg-admin")
	export := admin.Get("/admin/roster/export.xlsx")
	require.Equal(t, http.StatusOK, export.Status)
	p := admin.Get("/admin/roster").Submit("/admin/roster", nil, webtest.File{Field: "file", Name: "don-vi.xlsx", Content: []byte(export.Body)})
	require.Equal(t, http.StatusOK, p.Status, p.Text())
	assert.Contains(t, p.Text(), "As it is")
	done := p.Submit("/admin/roster/import", url.Values{"reason": {"thử"}}, webtest.File{Field: "unused", Name: "", Content: nil})
	assert.Equal(t, "/admin/units", done.Path, done.Text())
	bad := admin.Get("/admin/roster").Submit("/admin/roster", nil, webtest.File{Field: "file", Name: "x.xlsx", Content: []byte("hello")})
	assert.Equal(t, http.StatusUnprocessableEntity, bad.Status)
	assert.Equal(t, http.StatusForbidden, w.As(t, "pgd-clerk").Get("/admin/roster/export.xlsx").Status)
}
