package browsertest

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// Widths that pages are looked at.
const (
	Desktop = 1280
	Tablet  = 820
	Phone   = 390
	Small   = 360 // the phones that are sold most
	Reflow  = 320 // a desktop of 1280 at 400 % (WCAG 1.4.10)
)

// Tab is one person's browser window.
type Tab struct {
	t    testing.TB
	base *url.URL
	ctx  context.Context
	keys bool   // by the keyboard alone
	lang string // that the pages were turned to; "": the person's own

	mu     sync.Mutex
	faults []string
	bytes  map[string]float64 // over the wire, by type, since the last Go
	kinds  map[network.RequestID]string
}

// Open opens a window of a width on a site, with cookies of its own: those given
// and nobody else's.
func Open(t testing.TB, base string, width int, cookies ...*http.Cookie) *Tab {
	t.Helper()
	parent, err := browser()
	require.NoError(t, err)
	ctx, cancel := chromedp.NewContext(parent, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	ctx, cancelTime := context.WithTimeout(ctx, 15*time.Minute)
	t.Cleanup(cancelTime)
	u, err := url.Parse(base)
	require.NoError(t, err)
	b := &Tab{t: t, base: u, ctx: ctx, bytes: map[string]float64{}, kinds: map[network.RequestID]string{}}
	require.NoError(t, chromedp.Listen(ctx, b.hear))
	call(b, network.Enable, network.EnableParams{})
	call(b, log.Enable, cdp.Empty{})
	b.Width(width)
	for _, c := range cookies {
		b.Cookie(c)
	}
	return b
}

// Window opens one more window of the same person: it shares the cookies.
func (b *Tab) Window() *Tab {
	b.t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	b.t.Cleanup(cancel)
	n := &Tab{t: b.t, base: b.base, ctx: ctx, lang: b.lang, bytes: map[string]float64{}, kinds: map[network.RequestID]string{}}
	require.NoError(b.t, chromedp.Listen(ctx, n.hear))
	call(n, network.Enable, network.EnableParams{})
	call(n, log.Enable, cdp.Empty{})
	return n.Width(Desktop)
}

// Forget takes a cookie out of the jar, as the end of a session does.
func (b *Tab) Forget(name string) *Tab {
	b.t.Helper()
	call(b, network.DeleteCookies, network.DeleteCookiesParams{Name: name, URL: b.base.String()})
	return b
}

// Width gives the window another width, as turning or shrinking it does.
func (b *Tab) Width(width int) *Tab {
	b.t.Helper()
	height := int64(900)
	if width <= Phone {
		height = 844
	}
	call(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: int64(width), Height: height, DeviceScaleFactor: 1, Mobile: width <= Tablet,
	})
	return b
}

// Uncached makes every page a first visit: nothing is taken from the browser's store.
func (b *Tab) Uncached() *Tab {
	b.t.Helper()
	call(b, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
	return b
}

// Cookie puts a cookie into the window's jar.
func (b *Tab) Cookie(c *http.Cookie) {
	b.t.Helper()
	call(b, network.SetCookie, network.SetCookieParams{
		Name: c.Name, Value: c.Value, URL: b.base.String(), Path: "/", Secure: &c.Secure, HTTPOnly: &c.HttpOnly,
	})
}

// English turns the pages to English, whatever language the person prefers.
func (b *Tab) English() *Tab { b.t.Helper(); return b.language("en") }

// Vietnamese turns the pages to Vietnamese, whatever language the person prefers.
func (b *Tab) Vietnamese() *Tab { b.t.Helper(); return b.language("vi") }

func (b *Tab) language(lang string) *Tab {
	b.Cookie(&http.Cookie{Name: "__Host-lang", Value: lang, Secure: true, HttpOnly: true})
	b.lang = lang
	return b
}

// Speaks fails the test where the page is in another language than was asked for.
func (b *Tab) Speaks() *Tab {
	b.t.Helper()
	if lang := b.Eval(`document.documentElement.lang`); b.lang != "" && lang != b.lang {
		b.t.Errorf("%s is in %q, not in %q", b.Path(), lang, b.lang)
	}
	return b
}

// Cookies are the names and values that the window holds.
func (b *Tab) Cookies() map[string]string {
	b.t.Helper()
	out := map[string]string{}
	for _, c := range call(b, network.GetCookies, network.GetCookiesParams{}).Cookies {
		out[c.Name] = c.Value
	}
	return out
}

// hear notes what went wrong and what went over the wire.
func (b *Tab) hear(ev any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := ev.(type) {
	case *runtime.EventExceptionThrown:
		b.faults = append(b.faults, "script: "+fmt.Sprint(e.ExceptionDetails.Text, e.ExceptionDetails.Exception))
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError && !strings.Contains(e.Entry.Text, "Failed to load resource") {
			b.faults = append(b.faults, "console: "+e.Entry.Text)
		}
	case *network.EventRequestWillBeSent:
		b.kinds[e.RequestID] = e.Type.String()
		u, err := url.Parse(e.Request.URL)
		if err == nil && u.Host != "" && u.Host != b.base.Host && !strings.HasPrefix(u.Scheme, "chrome") {
			b.faults = append(b.faults, "left the site: "+u.Host)
		}
	case *network.EventLoadingFinished:
		b.bytes[b.kinds[e.RequestID]] += e.EncodedDataLength
	}
}

// Run runs steps of the driver.
func (b *Tab) Run(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	require.NoError(b.t, chromedp.Do(b.ctx, steps...))
}

// call sends one command of the DevTools protocol.
func call[P, R any](b *Tab, command cdp.Command[P, R], params P) R {
	b.t.Helper()
	out, err := chromedp.Call(b.ctx, command, params)
	require.NoError(b.t, err)
	return out
}

// Go opens an address of the site and waits until it is there.
func (b *Tab) Go(path string) *Tab {
	b.t.Helper()
	b.mu.Lock()
	clear(b.bytes)
	b.mu.Unlock()
	var err error
	for range 3 { // a page that is on its way elsewhere cuts the first try off
		ctx, cancel := context.WithTimeout(b.ctx, time.Minute) // a busy browser may lose the word that the page is there
		err = chromedp.Do(ctx, chromedp.Navigate(b.base.String()+path), chromedp.WaitReady(chromedp.CSS("body")))
		cancel()
		if err == nil {
			return b
		}
		time.Sleep(300 * time.Millisecond)
	}
	require.NoError(b.t, err, path)
	return b
}

// Wire is how many bytes the page took since the last Go, fonts aside.
func (b *Tab) Wire() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	sum := 0.0
	for kind, n := range b.bytes {
		if kind != network.ResourceTypeFont.String() {
			sum += n
		}
	}
	return int(sum)
}

// Clean fails the test if anything went wrong that a person might not see.
func (b *Tab) Clean() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	require.Empty(b.t, b.faults, "on %s", b.base)
}

// Faults are the faults heard so far, which are then forgotten.
func (b *Tab) Faults() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := b.faults
	b.faults = nil
	return out
}

// Shot leaves a picture of the whole page in screenshots/NAME.png.
func (b *Tab) Shot(name string) {
	b.t.Helper()
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	require.NoError(b.t, err)
	file := filepath.Join(Root(b.t), "screenshots", name+".png")
	require.NoError(b.t, os.MkdirAll(filepath.Dir(file), 0o755))
	require.NoError(b.t, os.WriteFile(file, png, 0o644))
}
