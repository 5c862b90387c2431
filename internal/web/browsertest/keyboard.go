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

// covered is what of the page lies over what has the focus, or "": parts that stick to
// the window's edge must not (WCAG 2.2, 2.4.11).
const covered = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body || e.id === "main") return "";
	const b = e.getBoundingClientRect(), hidden = [];
	const points = [[b.left + b.width / 2, b.top + Math.min(b.height, 44) / 2], [b.left + b.width / 2, b.bottom - 2]];
	for (const [x, y] of points) {
		const top = document.elementFromPoint(x, y);
		if (top && (e.contains(top) || top.contains(e) || [...(e.labels || [])].some((l) => l.contains(top)))) return "";
		hidden.push(top ? top.outerHTML.slice(0, 80) : "outside the window");
	}
	return (e.name || e.innerText || e.tagName).trim() + " under " + hidden[0];
})()`

// Walk presses Tab through the page, to the end or so many times, and gives what had
// the focus and could not be seen, because something lay over it.
func (b *Tab) Walk(most int) (stops int, hidden []string) {
	b.t.Helper()
	for range most {
		b.Keys(kb.Tab)
		at := b.Eval(`(() => { const e = document.activeElement; return !e || e === document.body ? "" : e.outerHTML.slice(0, 60); })()`)
		if at == "" {
			break
		}
		stops++
		if what := b.Eval(covered); what != "" {
			hidden = append(hidden, what)
		}
	}
	return stops, hidden
}

// Enter presses Enter on what has the focus.
func (b *Tab) Enter() *Tab { return b.Keys(kb.Enter) }

// Space presses the space bar on what has the focus.
func (b *Tab) Space() *Tab { return b.Keys(" ") }

// Type types into what has the focus.
func (b *Tab) Type(text string) *Tab { return b.Keys(text) }
