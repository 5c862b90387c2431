package browsertest

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

//go:embed axe/axe.min.js
var axe string

// Axe fails the test where axe finds the page not accessible (WCAG 2.2 A and AA,
// and axe's best practices).
func (b *Tab) Axe() *Tab {
	b.t.Helper()
	b.Speaks()
	b.Eval(axe + `; ""`)
	out, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"]})
		.then((r) => JSON.stringify(r.violations.map((v) => ({id: v.id, help: v.help, nodes: v.nodes.slice(0, 5).map((n) => n.html.slice(0, 200) + " — " + (n.failureSummary || "").slice(0, 300))}))))`,
		chromedp.EvalAwaitPromise))
	require.NoError(b.t, err)
	var found []struct {
		ID, Help string
		Nodes    []string
	}
	require.NoError(b.t, json.Unmarshal([]byte(out), &found))
	var lines []string
	for _, v := range found {
		lines = append(lines, fmt.Sprintf("%s: %s\n  %s", v.ID, v.Help, strings.Join(v.Nodes, "\n  ")))
	}
	if len(lines) > 0 {
		b.t.Errorf("axe on %s:\n%s", b.Path(), strings.Join(lines, "\n"))
	}
	return b
}

// Fits fails the test where the page is wider than its window.
func (b *Tab) Fits() *Tab {
	b.t.Helper()
	time.Sleep(20 * time.Millisecond) // fonts may still move a line
	wide := b.Eval(`document.documentElement.scrollWidth > innerWidth + 1 ? [...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".scroll, .mainnav, pre")).slice(0, 5).map((e) => e.outerHTML.slice(0, 120)).join("\n") || "wide" : ""`)
	if wide != "" {
		b.t.Errorf("%s is wider than its window:\n%s", b.Path(), wide)
	}
	return b
}
