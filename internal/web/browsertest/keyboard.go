package browsertest

import (
	"strings"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
)

// focused is what has the focus: its text or its label, and whether the focus is seen.
const focused = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body) return "";
	const s = getComputedStyle(e);
	const label = e.labels && e.labels.length ? e.labels[0].innerText : (e.getAttribute("aria-label") || e.innerText || e.value || e.name || "");
	const seen = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0;
	return (seen || e.id === "main" ? "" : "UNSEEN ") + label.trim().replace(/\s+/g, " ");
})()`

// TabTo presses Tab until what has the focus bears a text. It fails where the focus
// is not seen on the way, or the text is never reached.
func (b *Tab) TabTo(text string) *Tab {
	b.t.Helper()
	var way []string
	for range 300 {
		b.Keys(kb.Tab)
		at := b.Eval(focused)
		require.NotContains(b.t, at, "UNSEEN ", "the focus is not seen on %s", b.Path())
		if strings.Contains(at, text) {
			return b
		}
		way = append(way, at)
	}
	require.Fail(b.t, "Tab never reaches "+text, "%s: %v", b.Path(), way[:min(len(way), 60)])
	return b
}

// Enter presses Enter on what has the focus.
func (b *Tab) Enter() *Tab { return b.Keys(kb.Enter) }

// Space presses the space bar on what has the focus.
func (b *Tab) Space() *Tab { return b.Keys(" ") }

// Type types into what has the focus.
func (b *Tab) Type(text string) *Tab { return b.Keys(text) }
