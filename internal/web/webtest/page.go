package webtest

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// Text is what a person reads on the page, without spaces twice.
func (p *Page) Text() string {
	if p.Doc == nil {
		return p.Body
	}
	var b strings.Builder
	walk(p.Doc, func(n *html.Node) bool {
		if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style" || n.Data == "head") {
			return false
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data + " ")
		}
		return true
	})
	return strings.Join(strings.Fields(b.String()), " ")
}

// Form is the form with that action, or nil.
func (p *Page) Form(action string) *html.Node {
	return p.Find(func(n *html.Node) bool { return n.Data == "form" && attr(n, "action") == action })
}

// Links are the addresses that the page leads to within the site.
func (p *Page) Links() []string {
	var out []string
	if p.Doc == nil {
		return nil
	}
	walk(p.Doc, func(n *html.Node) bool {
		if n.Type == html.ElementNode && n.Data == "a" && strings.HasPrefix(attr(n, "href"), "/") {
			out = append(out, attr(n, "href"))
		}
		return true
	})
	return out
}

// Link is the address behind the first link whose text contains the words, or "".
func (p *Page) Link(words string) string {
	n := p.Find(func(n *html.Node) bool {
		return n.Data == "a" && strings.Contains(textOf(n), words)
	})
	if n == nil {
		return ""
	}
	return attr(n, "href")
}

// Find is the first element that f accepts, or nil.
func (p *Page) Find(f func(*html.Node) bool) *html.Node {
	var found *html.Node
	if p.Doc == nil {
		return nil
	}
	walk(p.Doc, func(n *html.Node) bool {
		if found == nil && n.Type == html.ElementNode && f(n) {
			found = n
		}
		return found == nil
	})
	return found
}

// Value is what the named field of the page holds.
func (p *Page) Value(name string) string {
	n := p.Find(func(n *html.Node) bool { return attr(n, "name") == name })
	switch {
	case n == nil:
		return ""
	case n.Data == "textarea":
		return textOf(n)
	case n.Data == "select":
		return chosen(n)
	}
	return attr(n, "value")
}

func preset(form *html.Node) url.Values {
	out := url.Values{}
	walk(form, func(n *html.Node) bool {
		if n.Type != html.ElementNode || attr(n, "name") == "" {
			return true
		}
		name := attr(n, "name")
		switch n.Data {
		case "input":
			switch attr(n, "type") {
			case "checkbox", "radio":
				if has(n, "checked") {
					out.Add(name, attr(n, "value"))
				}
			case "submit", "button", "file":
			default:
				out.Add(name, attr(n, "value"))
			}
		case "textarea":
			out.Add(name, textOf(n))
		case "select":
			out.Add(name, chosen(n))
		}
		return true
	})
	return out
}

func chosen(sel *html.Node) string {
	first, picked := "", ""
	seen := false
	walk(sel, func(n *html.Node) bool {
		if n.Type == html.ElementNode && n.Data == "option" {
			if !seen {
				first, seen = attr(n, "value"), true
			}
			if has(n, "selected") {
				picked = attr(n, "value")
			}
		}
		return true
	})
	if picked == "" {
		return first
	}
	return picked
}

func walk(n *html.Node, f func(*html.Node) bool) {
	if !f(n) {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c, f)
	}
}

// Attr is an attribute of an element, or "".
func Attr(n *html.Node, name string) string { return attr(n, name) }

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func textOf(n *html.Node) string {
	var b strings.Builder
	walk(n, func(c *html.Node) bool {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
		return true
	})
	return strings.TrimSpace(b.String())
}
