// Package browsertest drives a real Chromium for tests. A Tab is one person's
// browser window: it goes to pages, fills in and sends forms, reads, takes
// screenshots, and notes whatever a careful person would have seen: errors of
// scripts, what the Content-Security-Policy stopped, requests that left the site.
//
// Screenshots are left in the folder screenshots/ at the top of the tree, which git
// ignores.
package browsertest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// names that Chromium goes by.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// Find is the browser's program. The error says how to get one.
func Find() (string, error) {
	if p := os.Getenv("CHROMIUM"); p != "" {
		return p, nil
	}
	for _, n := range names {
		if p, err := exec.LookPath(n); err == nil {
			return p, nil
		}
	}
	return "", fmt.Errorf("NO BROWSER: the pages cannot be tested. Install chromium (make deps; on Debian: apt-get install chromium) or set CHROMIUM to its program")
}

// browser is started once per test program.
var browser = sync.OnceValues(func() (context.Context, error) {
	program, err := Find()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "vinhdanh-chromium-")
	if err != nil {
		return nil, err
	}
	stop = append(stop, func() { _ = os.RemoveAll(dir) })
	options := append([]chromedp.ExecAllocatorOption{}, chromedp.DefaultExecAllocatorOptions[:]...)
	options = append(options, chromedp.ExecPath(program), chromedp.UserDataDir(dir), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("no-first-run", true),
		chromedp.Flag("lang", "vi"))
	alloc, cancelAlloc := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(alloc)
	stop = append(stop, cancelAlloc, cancel)
	return ctx, chromedp.Do(ctx)
})

var stop []func()

// Run runs a package's tests and ends the browser after them: from TestMain, around
// what else the package needs, as in os.Exit(browsertest.Run(func() int { … })).
func Run(tests func() int) int {
	defer func() {
		for i := len(stop) - 1; i >= 0; i-- {
			stop[i]()
		}
	}()
	return tests()
}

// Root is the top of the tree.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	require.NoError(t, err)
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		require.NotEqual(t, dir, up, "no go.mod above the test")
		dir = up
	}
}
