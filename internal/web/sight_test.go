package web_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/activities"
	"vinhdanh/internal/notify"
	"vinhdanh/internal/web/webtest"
)

// TestNobodyFindsMoreThanTheTableSays plants marks in cases of two units in every
// state and has people of every role open every page, every operation of the API,
// every file and every list and search: what they meet is what the table of
// permissions grants them, and what it grants they do meet.
func TestNobodyFindsMoreThanTheTableSays(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	t.Run("notices", func(t *testing.T) { w.noticesReachOnlyWhoMayKnow(t) })
	t.Run("pages, API, exports, search", func(t *testing.T) { w.everySurface(t) })
	t.Run("log", func(t *testing.T) { w.nothingIsLogged(t) })
}

// everySurface has everybody open everything.
func (w *town) everySurface(t *testing.T) {
	routes, operations, table := webtest.NewRoutes(t), w.operations(t), readRights(t)
	require.Greater(t, len(operations), 90)
	var pages []string
	for _, p := range w.Site.Patterns() {
		if strings.HasPrefix(p, "GET ") {
			pages = append(pages, p)
		}
	}
	require.Greater(t, len(pages), 100)
	var all sync.WaitGroup
	tokens := make(chan struct{}, 4)
	for turn, who := range w.viewers {
		all.Add(1)
		go func() {
			defer all.Done()
			tokens <- struct{}{}
			defer func() { <-tokens }()
			f := finding{w: w, table: table, found: map[string]bool{}}
			f.lists(t, who)
			f.cases(t, who)
			f.files(t, who)
			for _, page := range pages {
				for _, path := range w.addresses(page, turn*3) {
					p := who.Get(path)
					assert.Less(t, p.Status, 500, "%s %s", who.login, path)
					f.look(t, who, "pages", strings.SplitN(p.Path, "?", 2)[0], []byte(p.Body))
				}
			}
			for _, op := range operations {
				for _, path := range w.addresses(op, turn*3) {
					_, body := w.api(t, who, http.MethodGet, path, "")
					f.look(t, who, "api", strings.SplitN(path, "?", 2)[0], body)
				}
			}
			for _, found := range who.Crawl(routes, "/") {
				for _, p := range found {
					f.look(t, who, "crawl", strings.SplitN(p.Path, "?", 2)[0], []byte(p.Body))
				}
			}
		}()
	}
	all.Wait()
}

// lists, searches and exports show exactly the cases that their reader may see.
func (f finding) lists(t *testing.T, who *viewer) {
	sees := func(c planted) bool { return f.table.sees(c, who) }
	for surface, path := range map[string]string{
		"csv": "/search/items/export?format=csv", "xlsx": "/search/items/export?format=xlsx", "csv of a search": "/search/items/export?format=csv&q=" + url.QueryEscape("Ộqzwv"),
	} {
		p := who.Get(path)
		assert.Equal(t, http.StatusOK, p.Status, "%s %s", who.login, path)
		f.look(t, who, surface, "/search/items/export", []byte(p.Body))
		f.must(t, who, surface, 'n', sees)
	}
	for surface, path := range map[string]string{
		"search": "/lists/items?q=oqzwv&limit=500", "search with accents": "/lists/items?limit=500&q=" + url.QueryEscape("Ộqzwv"),
		"people": "/lists/people?limit=500&q=oqzwv", "list": "/lists/items?limit=500", "export by the API": "/lists/items/export?format=xlsx",
	} {
		code, body := f.w.api(t, who, http.MethodGet, path, "")
		assert.Equal(t, http.StatusOK, code, "%s %s: %s", who.login, path, body)
		f.look(t, who, surface, path[:12], body)
		n := f.must(t, who, surface, 'n', sees)
		assert.Equal(t, n > 0, strings.Contains(string(legible(t, body)), "qzwvkn"), who.login)
	}
}

// cases opens every case at its address: a stranger to it is told that there is none,
// and learns nothing.
func (f finding) cases(t *testing.T, who *viewer) {
	for _, c := range f.w.cases {
		for _, path := range []string{"/proposals/" + c.p.ID, "/proposals/" + c.p.ID + "/items/" + c.item} {
			p := who.Get(path)
			f.look(t, who, "case pages", path, []byte(p.Body))
			if !f.table.sees(c, who) && (c.meeting == nil || c.meeting.phase == "closed") {
				assert.Equal(t, http.StatusNotFound, p.Status, "%s %s", who.login, path)
			}
		}
		for _, path := range []string{"/proposals/" + c.p.ID + "/case", "/proposals/" + c.p.ID + "/return"} {
			_, body := f.w.api(t, who, http.MethodGet, path, "")
			f.look(t, who, "cases of the API", path, body)
		}
	}
	for _, surface := range []string{"case pages", "cases of the API"} {
		f.must(t, who, surface, 'n', func(c planted) bool { return f.table.sees(c, who) })
	}
	f.must(t, who, "case pages", 'f', func(c planted) bool { return f.table.sees(c, who) })
	f.must(t, who, "cases of the API", 'r', func(c planted) bool {
		return (c.state == "returned" || c.state == "held" || c.over() && c.paper == nil) && f.table.grants('r', c, who, "")
	})
}

// files in Word, Excel and PDF are opened: whose they are finds the names in them.
func (f finding) files(t *testing.T, who *viewer) {
	seen := map[string]bool{}
	open := func(surface, path string) {
		if !seen[path] {
			seen[path] = true
			p := who.Get(path)
			f.look(t, who, surface, strings.SplitN(p.Path, "?", 2)[0], []byte(p.Body))
		}
	}
	for _, c := range f.w.cases {
		open("Word", "/submissions/"+c.p.Submission+"/documents/danh-sach.docx")
		if c.meeting != nil {
			open("Excel", "/sessions/"+c.meeting.id+"/agenda.xlsx")
		}
		if c.paper != nil {
			open("PDF", "/register/"+c.paper.id+"/document.pdf")
		}
	}
	f.must(t, who, "Word", 'n', func(c planted) bool {
		withdrawn := c.over() && c.paper == nil
		return !withdrawn && c.has(f.table.of("submission.read"), who, "")
	})
	f.must(t, who, "Excel", 'n', func(c planted) bool {
		return c.meeting != nil && c.has(f.table.of("session.names"), who, c.meeting.phase)
	})
	f.must(t, who, "PDF", 'n', func(c planted) bool {
		return c.paper != nil && c.paper.phase == "numbered" && c.has(f.table.of("decision.read"), who, c.paper.phase)
	})
	if len(who.seats) == 0 {
		assert.Empty(t, f.found, "who belongs to no unit finds nothing")
	}
}

// nothingIsLogged: acts with marks in them, refused and taken, leave lines in the
// log and no mark; nor do all the pages that were opened.
func (w *town) nothingIsLogged(t *testing.T) {
	t.Helper()
	for _, c := range w.cases[:4] {
		for _, who := range w.viewers {
			w.api(t, who, http.MethodPost, "/proposals/"+c.p.ID+"/decide", `{"verdict":"return","reason":"`+mark('r', c.code)+`"}`)
			w.api(t, who, http.MethodGet, "/lists/items?q="+mark('n', c.code), "")
		}
	}
	log := w.Log.String()
	require.Greater(t, strings.Count(log, `"message":"request"`), 1000)
	require.Contains(t, log, `"route"`)
	require.Empty(t, planting.FindString(strings.ToLower(log)), "the log names nobody")
}

// post keeps what was mailed.
type post struct{ mails map[string][]string }

// Send implements notify.Sender: the text as it would leave the house.
func (p post) Send(_ context.Context, m notify.Message) error {
	text, err := notify.Render(m.Kind, m.Locale, m.Data)
	if m.Kind == notify.Digest {
		text.Body = ""
		for _, s := range m.Data[notify.FactSubjects].([]string) {
			text.Body += s + "\n"
		}
		err = nil
	}
	if err == nil {
		p.mails[m.To] = append(p.mails[m.To], text.Subject+"\n"+text.Body)
	}
	return err
}

var reference = regexp.MustCompile(`HS-\d{4}-\d{4}`)

// noticesReachOnlyWhoMayKnow: notices, mails and digests carry no mark at all and
// speak of cases only to those who may see them; members hear of sessions.
func (w *town) noticesReachOnlyWhoMayKnow(t *testing.T) {
	ctx, table := context.Background(), readRights(t)
	mails := post{mails: map[string][]string{}}
	d := &activities.Dispatcher{Store: w.App.Store, Sender: mails, PublicURL: "https://vinhdanh.example"}
	require.NoError(t, d.Dispatch(ctx))
	conn, err := pgx.Connect(ctx, w.Owner)
	require.NoError(t, err)
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, `update digests set next_try = now() - interval '1 hour', due_on = current_date - 1`)
	require.NoError(t, err)
	require.NoError(t, d.Dispatch(ctx))
	byRef := map[string]planted{}
	for _, c := range w.cases {
		byRef[reference.FindString(c.p.Ref)] = c
	}
	told, sessions := map[string]int{}, 0
	for _, who := range w.viewers {
		u, err := w.App.Store.UserByLogin(ctx, who.login)
		require.NoError(t, err)
		_, inbox := w.api(t, who, http.MethodGet, "/inbox", "")
		_, notices := w.api(t, who, http.MethodGet, "/notices?limit=500", "")
		var said []string
		said = append(said, mails.mails[u.Email]...)
		said = append(said, who.Get("/notices").Body, string(notices), string(inbox))
		for _, text := range said {
			assert.Empty(t, planting.FindString(strings.ToLower(text)), "%s is told a name or a reason:\n%s", who.login, text)
			for _, ref := range reference.FindAllString(text, -1) {
				told[who.login]++
				c := byRef[ref]
				// Whose level had the case knows of its recall and withdrawal.
				assert.True(t, table.sees(c, who) || c.has(table.of("session.read"), who, met(c)), "%s is told of %s, a case of %s in state %s (%s)", who.login, ref, c.p.Unit, c.state, met(c))
			}
		}
		if strings.HasPrefix(who.login, "hg-member") {
			assert.Zero(t, told[who.login], "%s hears of sessions, not of cases", who.login)
			assert.Contains(t, string(notices), `"/sessions/`)
			sessions++
			links := strings.Join(who.Get("/").Links(), " ")
			if who.login == "hg-member-3" {
				assert.Contains(t, links, "/declare", "the first page leads to the declaration")
			} else {
				assert.Contains(t, links, "/ballot", "and then to the ballot")
			}
		}
	}
	assert.Equal(t, 3, sessions)
	for _, login := range []string{"pgd-clerk", "pgd-head", "vt-clerk", "ph-reviewer", "vt-reviewer", "snv-appraiser", "hd-secretary"} {
		assert.Positive(t, told[login], "%s is told of cases", login)
	}
	assert.Zero(t, told["tanlong1-clerk"]+told["hg-admin"]+told["ph-member-1"])
}
