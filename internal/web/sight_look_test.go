package web_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var planting = regexp.MustCompile(`qzwvk([nrfd])([a-t]{2})xj`)

// finding is every mark that somebody met, by surface.
type finding struct {
	w     *town
	table rights
	found map[string]bool // by surface and mark
}

// look searches what came back for marks: each must be granted to its reader.
func (f finding) look(t *testing.T, who *viewer, surface, where string, body []byte) {
	t.Helper()
	for _, m := range planting.FindAllStringSubmatch(strings.ToLower(string(legible(t, body))), -1) {
		c := f.w.byCode(m[2])
		if !f.table.grants(m[1][0], c, who, where) && !f.found["!"+where+m[0]] {
			f.found["!"+where+m[0]] = true
			assert.Fail(t, "a leak", "%s finds %q of a case of %s in state %s (%s) in %s", who.login, m[0], c.p.Unit, c.state, met(c), where)
		}
		f.found[surface+" "+m[0]] = true
	}
}

func met(c planted) string {
	out := ""
	if c.meeting != nil {
		out += "session " + c.meeting.phase
	}
	if c.paper != nil {
		out += " decision " + c.paper.phase
	}
	return out
}

// must fails unless every mark of a kind that the table grants was met on a surface.
func (f finding) must(t *testing.T, who *viewer, surface string, kind byte, granted func(planted) bool) int {
	t.Helper()
	n := 0
	for _, c := range f.w.cases {
		if granted(c) {
			n++
			assert.True(t, f.found[surface+" "+mark(kind, c.code)], "%s does not find %q of a case of %s in state %s (%s) in %s, which the table grants",
				who.login, mark(kind, c.code), c.p.Unit, c.state, met(c), surface)
		}
	}
	return n
}

// legible is the text of a file: of what is packed in a zip (Word, Excel, bundles),
// of a PDF's pages; anything else as it is.
func legible(t *testing.T, body []byte) []byte {
	t.Helper()
	switch {
	case bytes.HasPrefix(body, []byte("PK\x03\x04")):
		z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
		require.NoError(t, err)
		var all bytes.Buffer
		for _, entry := range z.File {
			r, err := entry.Open()
			require.NoError(t, err)
			part, err := io.ReadAll(r)
			require.NoError(t, err)
			require.NoError(t, r.Close())
			all.Write(legible(t, part))
			all.WriteByte('\n')
		}
		return all.Bytes()
	case bytes.HasPrefix(body, []byte("%PDF")):
		name := filepath.Join(t.TempDir(), "x.pdf")
		require.NoError(t, os.WriteFile(name, body, 0o600))
		text, err := exec.Command("pdftotext", "-raw", name, "-").Output()
		require.NoError(t, err, "pdftotext of poppler-utils reads what a PDF says")
		return text
	}
	return body
}

// api asks an operation of the API.
func (w *town) api(t *testing.T, who *viewer, method, path, body string) (int, []byte) {
	t.Helper()
	r, err := http.NewRequest(method, w.Server.URL+"/api/v1"+path, strings.NewReader(body))
	require.NoError(t, err)
	r.Header.Set("Authorization", "Bearer "+who.token)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	res, err := w.Server.Client().Do(r)
	require.NoError(t, err)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.Less(t, res.StatusCode, 500, "%s %s: %s", who.login, path, raw)
	return res.StatusCode, raw
}

// operations are the GET operations of the API, as it describes itself.
func (w *town) operations(t *testing.T) []string {
	t.Helper()
	_, raw := w.api(t, w.viewers[0], http.MethodGet, "/openapi.json", "")
	var doc struct {
		Paths map[string]map[string]json.RawMessage
	}
	require.NoError(t, json.Unmarshal(raw, &doc))
	var out []string
	for path, methods := range doc.Paths {
		if methods["get"] != nil {
			out = append(out, strings.TrimPrefix(path, "/api/v1"))
		}
	}
	slices.Sort(out)
	return out
}

// queries are what lists ask for, where the bare address asks for nothing: words
// without and with accents, which are the beginning of every planted name and no
// mark themselves.
var queries = map[string][]string{
	"/search": {"?q=oqzwv", "?q=%E1%BB%98qzwv", "?q=H%E1%BB%93+V%C4%83n"}, "/search/items": {"", "?q=oqzwv", "?q=%E1%BB%98qzwv", "?unit=" + unitA, "?unit=" + unitB},
	"/search/people": {"?q=oqzwv", "?q=%E1%BB%98qzwv"}, "/search/cases": {"", "?q=oqzwv", "?unit=" + unitB, "?state=draft", "?mine=1", "?sort=due"},
	"/search/submissions": {"", "?q=oqzwv"}, "/search/decisions": {"", "?q=1"}, "/search/units": {"?q=ph"},
	"/search/items/export": {"?format=csv", "?format=xlsx"}, "/search/cases/export": {"?format=csv"}, "/review": {"", "?text=oqzwv"}, "/audit": {"", "?q=oqzwv"},
	"/audit/export": {"?format=csv"}, "/register/export": {"?format=csv"}, "/review/sent/file": {"?format=xlsx", "?format=docx"}, "/lists/items": {"", "?q=oqzwv"},
	"/lists/people": {"?q=oqzwv"}, "/lists/cases": {"", "?q=oqzwv"}, "/lists/submissions": {"", "?q=oqzwv"}, "/lists/decisions": {"", "?q=1"},
	"/proposals": {"", "?text=oqzwv"}, "/queue": {"", "?text=oqzwv"}, "/council/candidates": {"", "?council=" + theCouncil},
	"/council/candidate-groups": {"?council=" + theCouncil}, "/level-list/file": {"?format=xlsx"}, "/units": {"?q=ph"},
	"/audit/refusals/export": {"?format=csv"}, "/lists/items/export": {"?format=csv"}, "/lists/cases/export": {"?format=xlsx"}, "/audit/cases": {"", "?q=oqzwv"},
}

// addresses fills a route in for every case, session and decision: for one reader
// the turn-th few of what is there, so that all readers together meet all of them.
func (w *town) addresses(route string, turn int) []string {
	path := strings.ReplaceAll(strings.TrimPrefix(route, "GET "), "{$}", "")
	if !strings.Contains(path, "{") {
		if asked := queries[path]; asked != nil {
			out := make([]string, len(asked))
			for i, q := range asked {
				out[i] = path + q
			}
			return out
		}
		return []string{path}
	}
	var out []string
	seen := map[string]bool{}
	for i := range w.cases {
		c := w.cases[(i*7+turn)%len(w.cases)]
		to := w.fill(path, c)
		if to != "" && !seen[to] {
			seen[to] = true
			out = append(out, to)
		}
	}
	return out[:min(len(out), 3)]
}

// fill puts a case's ids into a route; "" where it has none.
func (w *town) fill(path string, c planted) string {
	id := c.p.ID
	switch {
	case strings.HasPrefix(path, "/sessions/"):
		if c.meeting == nil {
			return ""
		}
		id = c.meeting.id
	case strings.HasPrefix(path, "/submissions/") || strings.HasPrefix(path, "/approvals/"):
		id = c.p.Submission
	case strings.HasPrefix(path, "/items/"):
		id = c.item
	case strings.HasPrefix(path, "/decision") || strings.HasPrefix(path, "/register/") || strings.HasPrefix(path, "/signing/"):
		if c.paper == nil {
			return ""
		}
		id = c.paper.id
	}
	query := ""
	if strings.HasSuffix(path, "export") {
		query = "?format=csv"
	}
	if strings.HasSuffix(path, "/compare") || strings.HasSuffix(path, "/state") {
		query = "?number=1"
	}
	return strings.NewReplacer("{id}", id, "{case}", c.p.ID, "{item}", c.item, "{kind}", "commendation", "{action}", "forward",
		"{paper}", id, "{name}", "danh-sach.docx", "{file}", "bien-ban.docx", "{n}", "1").Replace(path) + query
}
