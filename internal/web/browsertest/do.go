package browsertest

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// patience is how long a page may take to show what is waited for.
const patience = 15 * time.Second

// Click clicks the first element that the selector finds.
func (b *Tab) Click(selector string) *Tab {
	b.t.Helper()
	return b.visible(selector)
}

// Press clicks the button or link with exactly this text.
func (b *Tab) Press(text string) *Tab {
	b.t.Helper()
	found := b.Eval(`(() => {
		const all = [...document.querySelectorAll("button, a, summary, input[type=submit]")];
		const seen = all.filter((e) => e.getClientRects().length);
		const e = seen.find((e) => (e.innerText || e.value || "").trim() === ` + quote(text) + `) || seen.find((e) => (e.innerText || e.value || "").includes(` + quote(text) + `));
		if (!e) return "";
		document.querySelectorAll("[data-press]").forEach((x) => x.removeAttribute("data-press"));
		e.setAttribute("data-press", ""); return "yes";
	})()`)
	require.Equal(b.t, "yes", found, "no button or link %q on %s:\n%s", text, b.Path(), b.Text())
	b.Run(chromedp.Click(chromedp.CSS("[data-press]")))
	return b
}

// Fill puts a text into the named field of the page in place of what is there, as
// an input method types it.
func (b *Tab) Fill(name, value string) *Tab {
	b.t.Helper()
	b.there(`[name="` + name + `"]`)
	if b.keys {
		return b.typeOver(name, value)
	}
	b.Eval(`(() => { const e = document.querySelector(` + quote(`[name="`+name+`"]`) + `); e.scrollIntoView({block: "center"}); e.focus(); e.select && e.select(); return ""; })()`)
	call(b, input.InsertText, input.InsertTextParams{Text: value})
	require.Equal(b.t, value, b.Eval(`document.activeElement.value || ""`), "%s on %s", name, b.Path())
	return b
}

// there waits until a selector finds something that can be seen.
func (b *Tab) there(selector string) {
	b.t.Helper()
	found := ""
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		found = b.Eval(`(() => { const e = document.querySelector(` + quote(selector) + `); return !e ? "" : e.disabled ? "disabled" : e.getClientRects().length ? "yes" : "hidden"; })()`)
		if found == "yes" {
			return
		}
	}
	b.Shot("failed/" + strings.ReplaceAll(b.t.Name(), "/", "-"))
	require.Equal(b.t, "yes", found, "no %s on %s:\n%s", selector, b.Path(), b.Text())
}

// Choose sets a select, a date or a hidden control by its value and tells the page.
func (b *Tab) Choose(name, value string) *Tab {
	b.t.Helper()
	if b.keys {
		return b.chooseByKeys(name, value)
	}
	ok := b.Eval(`(() => {
		const all = [...document.getElementsByName(` + quote(name) + `)];
		const box = all.find((e) => (e.type === "radio" || e.type === "checkbox") && e.value === ` + quote(value) + `);
		if (box) { box.click(); return "yes"; }
		if (!all.length) return "";
		all[0].value = ` + quote(value) + `;
		all[0].dispatchEvent(new Event("input", { bubbles: true }));
		all[0].dispatchEvent(new Event("change", { bubbles: true }));
		return all[0].value === ` + quote(value) + ` ? "yes" : "";
	})()`)
	require.Equal(b.t, "yes", ok, "no choice %s=%s on %s", name, value, b.Path())
	return b
}

// Attach puts a file into a file field.
func (b *Tab) Attach(name, file string) *Tab {
	b.t.Helper()
	b.Run(chromedp.SetUploadFiles(chromedp.CSS(`input[name="`+name+`"]`), []string{file}))
	return b
}

// Keys sends keys to what has the focus.
func (b *Tab) Keys(keys string) *Tab {
	b.t.Helper()
	b.Run(chromedp.KeyEvent(keys))
	return b
}

// Wait waits until the page shows a text.
func (b *Tab) Wait(text string) *Tab {
	b.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		seen := b.Text()
		if strings.Contains(seen, text) {
			return b
		}
		if time.Now().After(end) {
			b.Shot("failed/" + strings.ReplaceAll(b.t.Name(), "/", "-"))
			require.Contains(b.t, seen, text, "on %s", b.Path())
		}
	}
}

// WaitPath waits until the window is on a path that begins so.
func (b *Tab) WaitPath(prefix string) *Tab {
	b.t.Helper()
	for end := time.Now().Add(patience); !strings.HasPrefix(b.Path(), prefix); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			b.Shot("failed/" + strings.ReplaceAll(b.t.Name(), "/", "-"))
			require.Fail(b.t, "not on "+prefix, "%s: %s", b.Path(), b.Text())
		}
	}
	return b
}

// WaitAt waits until the window is on exactly this path and has loaded it.
func (b *Tab) WaitAt(path string) *Tab {
	b.t.Helper()
	at := ""
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if at = b.Eval(`document.readyState === "complete" ? location.pathname : ""`); at == path {
			return b
		}
	}
	b.Shot("failed/" + strings.ReplaceAll(b.t.Name(), "/", "-"))
	require.Equal(b.t, path, at, "%s", b.Text())
	return b
}

// Text is what a person reads on the page.
func (b *Tab) Text() string {
	b.t.Helper()
	return strings.Join(strings.Fields(b.Eval(`document.body ? document.body.innerText : ""`)), " ")
}

// Path is where the window is, with its query.
func (b *Tab) Path() string {
	b.t.Helper()
	return b.Eval(`location.pathname + location.search`)
}

// Eval runs an expression of JavaScript that gives a text. While a page changes for
// the next one it tries again.
func (b *Tab) Eval(js string) string {
	b.t.Helper()
	var out string
	var err error
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if out, err = chromedp.Run(b.ctx, chromedp.Evaluate[string](js)); err == nil {
			return out
		}
	}
	require.NoError(b.t, err)
	return out
}

// Await is Eval of a promise.
func (b *Tab) Await(js string) string {
	b.t.Helper()
	out, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](js, chromedp.EvalAwaitPromise))
	require.NoError(b.t, err)
	return out
}

// Offline takes the network away or brings it back.
func (b *Tab) Offline(away bool) *Tab {
	b.t.Helper()
	call(b, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: away, DownloadThroughput: -1, UploadThroughput: -1})
	call(b, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{Offline: away, DownloadThroughput: -1, UploadThroughput: -1}},
	})
	return b
}

// Dark asks for dark colours and no motion, as a person's settings would.
func (b *Tab) Dark() *Tab {
	b.t.Helper()
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: "dark"}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
	return b
}

// Paper shows pages as they are printed.
func (b *Tab) Paper() *Tab {
	b.t.Helper()
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	return b
}

// Back presses the browser's back button.
func (b *Tab) Back() *Tab {
	b.t.Helper()
	b.Eval(`(history.back(), "")`)
	time.Sleep(300 * time.Millisecond) // a page from the browser's own cache tells no load
	return b
}

func quote(s string) string {
	b, _ := json.Marshal(s) // a string always marshals
	return string(b)
}

// Send presses the first button of the form whose action ends so, whatever its
// words are in the page's language.
func (b *Tab) Send(action string) *Tab {
	b.t.Helper()
	return b.Leave(`form[action$="` + action + `"] button:not([type="button"])`)
}

// Follow follows the first link whose address ends so.
func (b *Tab) Follow(address string) *Tab {
	b.t.Helper()
	return b.Leave(`main a[href$="` + address + `"]`)
}

// Leave clicks what leads to another page and waits until that one is there.
func (b *Tab) Leave(selector string) *Tab {
	b.t.Helper()
	b.Eval(`(window.leaving = "yes", "")`)
	b.visible(selector)
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if b.Eval(`window.leaving || document.readyState`) == "complete" {
			return b
		}
	}
	b.Shot("failed/" + strings.ReplaceAll(b.t.Name(), "/", "-"))
	require.Fail(b.t, "no page follows "+selector, "%s: %s", b.Path(), b.Text())
	return b
}

// visible clicks what a selector finds, which must be there to be seen.
func (b *Tab) visible(selector string) *Tab {
	b.t.Helper()
	b.there(selector)
	if b.keys {
		return b.Reach(selector).Enter()
	}
	b.Run(chromedp.ScrollIntoView(chromedp.CSS(selector)), chromedp.Click(chromedp.CSS(selector)))
	return b
}
