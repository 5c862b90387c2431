package browsertest

import (
	"encoding/json"
	"strings"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
)

// ByKeys takes the mouse away: from now on Fill, Choose, Send, Follow, Leave and
// Click press real keys. Tab leads to the element, where the focus must be seen and
// nothing may lie over it; then Enter presses, Space checks, arrows choose, and text
// is typed. Only the choice of a file stays the driver's: that window is the
// system's, not the page's.
func (b *Tab) ByKeys() *Tab { b.keys = true; return b }

// mostStops is more stops than any page has.
const mostStops = 700

// Reach presses Tab until what a selector finds first has the focus. Of a group of
// radio buttons, one that has the focus is enough.
func (b *Tab) Reach(selector string) *Tab {
	b.t.Helper()
	is := `(() => {
		const e = document.activeElement, want = document.querySelector(` + quote(selector) + `);
		if (!want) return "gone";
		return e === want || (want.type === "radio" && e.type === "radio" && e.name === want.name && e.form === want.form) ? "yes" : "";
	})()`
	for range mostStops {
		switch b.Eval(is) {
		case "yes":
			b.seen()
			return b
		case "gone":
			require.Fail(b.t, "nothing is "+selector, b.Path())
		}
		b.Keys(kb.Tab)
	}
	b.Shot("failed/" + strings.ReplaceAll(b.t.Name(), "/", "-"))
	require.Fail(b.t, "Tab never reaches "+selector, b.Path())
	return b
}

// seen fails the test where the focus cannot be seen.
func (b *Tab) seen() {
	b.t.Helper()
	if what := b.Eval(covered); what != "" {
		b.t.Errorf("the focus is covered on %s: %s", b.Path(), what)
	}
	if at := b.Eval(focused); strings.HasPrefix(at, "UNSEEN ") {
		b.t.Errorf("the focus is not seen on %s: %s", b.Path(), at)
	}
}

func (b *Tab) typeOver(name, value string) *Tab {
	b.t.Helper()
	b.Reach(`[name="` + name + `"]`)
	b.Run(chromedp.KeyEvent("a", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	call(b, input.InsertText, input.InsertTextParams{Text: value}) // as an input method types Vietnamese
	require.Equal(b.t, value, b.Eval(`document.activeElement.value || ""`), "%s on %s", name, b.Path())
	return b
}

func (b *Tab) chooseByKeys(name, value string) *Tab {
	b.t.Helper()
	kind := b.Eval(`(() => { const e = document.getElementsByName(` + quote(name) + `)[0]; return e ? e.type : ""; })()`)
	switch kind {
	case "radio":
		b.Reach(`input[type="radio"][name="` + name + `"]`)
		if b.Eval(`document.activeElement.checked ? "yes" : ""`) == "" {
			b.Space()
		}
		b.press(kb.ArrowDown, value, `document.activeElement.value`)
	case "checkbox":
		b.Reach(`input[type="checkbox"][name="` + name + `"][value="` + value + `"]`).Space()
	case "select-one":
		b.Reach(`[name="` + name + `"]`)
		b.Keys(kb.Home)
		b.press(kb.ArrowDown, value, `document.activeElement.value`)
	case "date":
		b.Reach(`[name="` + name + `"]`)
		y, m, d := value[:4], value[5:7], value[8:]
		order := b.Eval(`new Intl.DateTimeFormat(navigator.language).formatToParts(new Date()).map((p) => p.type[0]).filter((c) => "ymd".includes(c)).join("")`)
		b.Keys(map[string]string{"mdy": m + d + y, "dmy": d + m + y, "ymd": y + m + d}[order])
		if got := b.Eval(`document.activeElement.value || document.getElementsByName(` + quote(name) + `)[0].value`); got != value {
			require.Equal(b.t, value, got, "%s on %s, order %s", name, b.Path(), order)
		}
	default:
		require.Fail(b.t, "no choice "+name, "%q on %s", kind, b.Path())
	}
	return b
}

// press presses a key until the page holds a value.
func (b *Tab) press(key, value, holds string) {
	b.t.Helper()
	for range 200 {
		if b.Eval(holds) == value {
			return
		}
		b.Keys(key)
	}
	require.Equal(b.t, value, b.Eval(holds), "on %s", b.Path())
}

// Drop drags a file from the desk over an element and lets it go there.
func (b *Tab) Drop(selector, file string) *Tab {
	b.t.Helper()
	b.there(selector)
	var at struct{ X, Y float64 }
	where := b.Eval(`(() => { const e = document.querySelector(` + quote(selector) + `); e.scrollIntoView({block: "center"}); const r = e.getBoundingClientRect(); return JSON.stringify({X: r.left + r.width / 2, Y: r.top + r.height / 2}); })()`)
	require.NoError(b.t, json.Unmarshal([]byte(where), &at))
	data := &input.DragData{Items: []*input.DragDataItem{}, Files: []string{file}, DragOperationsMask: 1}
	for _, what := range []input.DispatchDragEventType{input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop} {
		call(b, input.DispatchDragEvent, input.DispatchDragEventParams{Type: what, X: at.X, Y: at.Y, Data: data})
	}
	return b
}
