package web_test

import (
	"fmt"
	"testing"

	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// The pages that everybody has, looked at in a browser: nothing that axe finds,
// nothing wider than the window, no script or style refused, in both languages.
func TestEveryonesPagesInTheBrowser(t *testing.T) {
	w := webtest.New(t)
	w.Sent(t, "Nguyễn Thị Thủy", "Trần Văn Hòa", "Lê Thị Hoa")
	w.Sent(t, "Phạm Văn An")
	pages := map[string]string{
		"home": "/", "search": "/search?q=thuy", "items": "/search/items?q=nguyen", "cases": "/search/cases?state=open", "people": "/search/people?q=hoa",
		"notices": "/notices", "preferences": "/notices/preferences", "help": "/help?of=search", "words": "/help/words", "pictures": "/pictures",
	}
	for name, path := range pages {
		for _, width := range []int{browsertest.Desktop, browsertest.Phone} {
			for _, english := range []bool{false, true} {
				tab := browsertest.Open(t, w.Server.URL, width, w.Cookie(t, "ph-reviewer"))
				lang := "vi"
				if english {
					tab, lang = tab.English(), "en"
				}
				tab.Go(path).Axe().Fits().Shot(fmt.Sprintf("everyone/%s-%d-%s", name, width, lang))
				tab.Clean()
			}
		}
	}
}
