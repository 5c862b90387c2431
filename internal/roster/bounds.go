package roster

import "slices"

// Bounds say how far the person who brings a workbook administers. The zero value
// bounds everything away.
type Bounds struct {
	All     bool            // the whole installation
	Units   map[string]bool // the units within reach
	Foreign map[string]bool // logins of people who also have roles elsewhere
	Self    string          // the own login: nobody changes the own roles
}

// covers tells whether a unit is within reach, or would stand below one that is.
func (b Bounds) covers(tree Tree, unit string) bool {
	for range len(tree) + 1 {
		if b.All || b.Units[unit] {
			return true
		}
		if unit = tree[unit].Parent; unit == "" {
			return false
		}
	}
	return false
}

var outOfReach = Problem{VI: "Ngoài phạm vi quản trị của bạn.", EN: "Outside what you administer."}

// unit says whether a row may write its unit.
func (b Bounds) unit(tree Tree, was Unit, known bool, will Unit) []Problem {
	if b.All {
		return nil
	}
	out := outOfReach
	switch {
	case known && !b.Units[will.ID]:
		out.Field = "id"
	case will.Parent == "" || will.Parent != was.Parent && !b.covers(tree, will.Parent):
		out.Field = "parent"
	}
	for _, l := range []struct{ field, was, will string }{
		{"authority", was.Authority, will.Authority}, {"standing_body", was.StandingBody, will.StandingBody}, {"council", was.Council, will.Council},
	} {
		if out.Field == "" && l.will != "" && l.will != l.was && l.will != will.ID && !b.covers(tree, l.will) {
			out.Field = l.field
		}
	}
	if out.Field == "" {
		return nil
	}
	return []Problem{out}
}

// person says whether a row may write its person and roles.
func (b Bounds) person(tree Tree, was, p Person) []Problem {
	if p.Login == b.Self && slices.ContainsFunc(p.Seats, func(s Seat) bool { return !slices.Contains(was.Seats, s) }) {
		return []Problem{problem("login", "Không ai tự thay đổi vai trò của chính mình.", "Nobody changes the own roles.")}
	}
	out := outOfReach
	if b.Foreign[p.Login] {
		out.Field = "login"
		return []Problem{out}
	}
	for _, s := range p.Seats {
		if !b.covers(tree, s.Unit) {
			out.Field = "unit"
			return []Problem{out}
		}
	}
	return nil
}
