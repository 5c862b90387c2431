package web_test

import (
	"net/http"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"

	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

func TestPermissionsPage(t *testing.T) {
	w := webtest.New(t)
	all := w.As(t, "hg-admin").Get("/permissions")
	assert.Contains(t, all.Text(), "Council session")
	assert.Contains(t, all.Text(), "Year of birth")
	one := w.As(t, "hg-auditor").English().Get("/permissions?kind=decision&role=signer")
	assert.Contains(t, one.Text(), "Send back unsigned")
	assert.NotContains(t, one.Text(), "Number and issue")
	for _, login := range []string{"pgd-clerk", "ph-chair"} {
		assert.Equal(t, http.StatusForbidden, w.As(t, login).Get("/permissions").Status, login)
	}
	for _, v := range []struct {
		path    string
		width   int
		english bool
	}{{"/permissions?kind=case", browsertest.Desktop, false}, {"/permissions?kind=session&role=secretary", browsertest.Phone, true}} {
		tab := browsertest.Open(t, w.Server.URL, v.width, w.Cookie(t, "hg-admin"))
		if v.english {
			tab.English()
		}
		tab.Go(v.path).Axe().Fits()
		tab.Clean()
		tab.Shot("permissions-" + strconv.Itoa(v.width))
	}
}
