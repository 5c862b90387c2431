package ui

import "strings"

// navigation is the entries that the reader's roles open.
func (c *Context) navigation() []NavEntry {
	if !c.SignedIn() {
		return nil
	}
	var out []NavEntry
	for _, n := range c.site.nav {
		if len(n.Roles) > 0 && !c.Session.Has(n.Roles...) {
			continue
		}
		here := c.R.URL.Path == n.Path || n.Path != "/" && strings.HasPrefix(c.R.URL.Path, n.Path+"/")
		out = append(out, NavEntry{Path: n.Path, Text: c.T(n.Key), Here: here})
	}
	return out
}
