package postgres

import "slices"

// CaseFilter narrows lists of cases, and of the items in them; zero values do
// not. One filter serves list, count, export and figures alike, so that a count
// is always the length of the list that it leads to.
type CaseFilter struct {
	State    string // draft, open, returned, on_hold, closed
	Stage    string // where open cases stand
	Award    string
	Unit     string // the proposing unit
	Campaign string
	Period   string // of an item
	Outcome  string // of an item; pending: none yet
	Kind     string // of an item's subject: individual, collective, household
	Class    string // of an item: leader, direct
	Decision string // id of a numbered decision that names the item
	Subject  string // reference of the item's subject
	Role     string // the role that an open case waits for
	Mine     bool   // open cases that wait for the reader
	Own      bool   // cases of the units in which the reader is clerk or head
	Late     bool   // open cases due before Today
	Today    string // ISO civil date
	From, To string // ISO civil dates of the sending, both included
	Text     string // a reference, its number, or names; as typed
	Offices  Scope  // what the reader holds, for Mine: units and roles, parallel
	Due      bool   // order: the earliest due day first, else the newest first
}

// ofItems tells whether the filter asks something of single items.
func (f CaseFilter) ofItems() bool {
	return f.Period != "" || f.Outcome != "" || f.Kind != "" || f.Class != "" || f.Decision != "" || f.Subject != ""
}

// cases adds what the filter asks of cases p. $1 and $2 of the clause are the
// reader's units and roles.
func (f CaseFilter) cases(c *clause) {
	switch f.State {
	case "draft":
		c.and(`p.number = 0`)
	case "open":
		c.and(`not p.closed and p.number > 0`)
	case "returned":
		c.and(`p.returned and not p.closed`)
	case "on_hold":
		c.and(`p.on_hold and not p.closed`)
	case "closed":
		c.and(`p.closed`)
	}
	if f.Stage != "" {
		c.and(`p.stage = %s and not p.closed`, f.Stage)
	}
	if f.Role != "" {
		c.and(`%s = any(p.waiting_roles) and not p.closed and p.number > 0`, f.Role)
	}
	if f.Mine {
		if units := slices.Compact(slices.Sorted(slices.Values(f.Offices.Units))); len(units) == 1 {
			c.and(`p.waiting_unit = %s`, units[0])
		} else {
			c.and(`p.waiting_unit = any(%s::text[])`, units)
		}
		// As a value, not as a join: the list is then read in the order of its index.
		c.and(`not p.closed and p.number > 0 and coalesce((select true from unnest(%s::text[], %s::text[]) as w(unit, role)
			where w.unit = p.waiting_unit and w.role = any(p.waiting_roles) limit 1), false)`, f.Offices.Units, f.Offices.Roles)
	}
	if f.Own {
		c.and(`p.unit in (select w.unit from unnest($1::text[], $2::text[]) as w(unit, role) where w.role in ('clerk', 'unit_head'))`)
	}
	if f.Late {
		c.and(`not p.closed and coalesce(p.due_on, 'infinity'::date) < %s::date`, f.Today)
	}
	if f.From != "" {
		c.and(`p.sent_on >= %s::date`, f.From)
	}
	if f.To != "" {
		c.and(`p.sent_on <= %s::date`, f.To)
	}
	for column, v := range f.equal() {
		c.and(column+` = %s`, v)
	}
}

// draftsOf tells whether drafts are asked for by somebody who prepares none: only
// the proposing unit sees them.
func (f CaseFilter) draftsOf(sc Scope) bool {
	return f.State == "draft" && !sc.All && !slices.ContainsFunc(sc.Roles, func(r string) bool { return slices.Contains(unitPeople, r) })
}

// equal yields the columns of cases that must have one value, in fixed order so
// that the same filter is the same statement.
func (f CaseFilter) equal() func(func(string, string) bool) {
	return func(yield func(string, string) bool) {
		for _, e := range [][2]string{{"p.award", f.Award}, {"p.unit", f.Unit}, {"p.campaign", f.Campaign}} {
			if e[1] != "" && !yield(e[0], e[1]) {
				return
			}
		}
	}
}

// items adds what the filter asks of items i.
func (f CaseFilter) items(c *clause) {
	if f.Period != "" {
		c.and(`i.period = %s`, f.Period)
	}
	if f.Class != "" {
		c.and(`i.class = %s`, f.Class)
	}
	if f.Outcome == "pending" {
		c.and(`i.outcome = ''`)
	} else if f.Outcome != "" {
		c.and(`i.outcome = %s`, f.Outcome)
	}
	if f.Kind != "" {
		c.and(`(select s.kind from subjects s where s.ref = i.subject) = %s`, f.Kind)
	}
	if f.Decision != "" {
		c.and(`i.id in (select x.item from decision_items x join decisions d on d.id = x.decision
			where d.id = as_uuid(%s) and d.number_text <> '')`, f.Decision)
	}
	if f.Subject != "" {
		c.and(`i.subject = %s`, f.Subject)
	}
}

// scoped begins a clause with the reader's scope: $1 to $5.
func scoped(sc Scope) *clause {
	return &clause{args: sc.args(), conds: []string{visible}}
}

// capacities are the reader's units and roles as case_readers names them.
func (sc Scope) capacities() []string {
	out := make([]string, len(sc.Units))
	for i := range sc.Units {
		out[i] = sc.Units[i] + " " + sc.Roles[i]
	}
	return out
}

// proposing lists the reader's units if they are clerk or head there and nothing
// else anywhere; false otherwise.
func (sc Scope) proposing() ([]string, bool) {
	if sc.All || len(sc.Units) == 0 {
		return nil, false
	}
	units := []string{}
	for i, r := range sc.Roles {
		if !slices.Contains(unitPeople, r) {
			return nil, false
		}
		if !slices.Contains(units, sc.Units[i]) {
			units = append(units, sc.Units[i])
		}
	}
	return units, true
}
