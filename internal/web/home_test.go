package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"vinhdanh/internal/web/webtest"
)

// What waits for a person leads to what that person may see.
func TestWhatWaitsCanBeOpened(t *testing.T) {
	w := webtest.New(t)
	w.AtCouncil(t, w.Sent(t, "Nguyễn Thị Mẫu"))
	w.Sent(t, "Trần Văn Mẫu")
	for _, login := range []string{"pgd-clerk", "pgd-head", "ph-reviewer", "snv-appraiser", "snv-director", "hd-secretary", "hg-member-1", "hg-chair", "hg-registrar", "hg-auditor"} {
		v := w.As(t, login)
		for _, l := range v.Get("/").Links() {
			if strings.HasPrefix(l, "/proposals/") {
				assert.Equal(t, http.StatusOK, v.Get(l).Status, "%s is led to %s", login, l)
			}
		}
	}
}
