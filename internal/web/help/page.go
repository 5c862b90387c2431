package help

import (
	"bytes"
	"html/template"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"vinhdanh/internal/web/ui"
)

// general is the page for who asks about nothing in particular.
const general = "general"

// markdown drops raw HTML, which is goldmark's default.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Table))

var areaName = regexp.MustCompile(`^[a-z]{1,30}$`)

// Page is a page of help.
type Page struct {
	Area    string
	Title   string
	Body    template.HTML
	Support string
	Others  []Other
}

// Other is another page of help.
type Other struct{ Area, Title string }

// text reads a page; false when the area has none.
func text(area, lang string) (string, bool) {
	if !areaName.MatchString(area) {
		return "", false
	}
	raw, err := texts.ReadFile("text/" + area + "." + lang + ".md")
	return string(raw), err == nil
}

// titled splits the first heading off a page.
func titled(source string) (title, body string) {
	first, rest, _ := strings.Cut(source, "\n")
	return strings.TrimSpace(strings.TrimPrefix(first, "#")), rest
}

// Areas lists the areas that have a page, the general one first.
func Areas() []string {
	out := []string{general}
	entries, _ := texts.ReadDir("text") // embedded
	for _, e := range entries {
		if area, ok := strings.CutSuffix(e.Name(), ".vi.md"); ok && area != general {
			out = append(out, area)
		}
	}
	return out
}

func show(c *ui.Context) error {
	area := c.Field("of")
	source, ok := text(area, c.Lang)
	if !ok {
		area = general
		source, _ = text(general, c.Lang)
	}
	p := Page{Area: area, Support: c.Support()}
	var body string
	p.Title, body = titled(source)
	var b bytes.Buffer
	if err := markdown.Convert([]byte(body), &b); err != nil {
		return err
	}
	p.Body = template.HTML(b.String()) // ours, made by goldmark without raw HTML
	for _, other := range Areas() {
		if t, ok := text(other, c.Lang); ok && other != area {
			title, _ := titled(t)
			p.Others = append(p.Others, Other{Area: other, Title: title})
		}
	}
	return c.Render("page", p)
}
