package eval

import "vinhdanh/internal/law"

// reachedBy tells whether something that is valid until a day is still valid when a
// period of one year begins. On which day a school year begins no date here says: what
// ends within its first calendar year needs a person, unless the period says from when.
func (p Period) reachedBy(until law.Date) (yes, maybe bool) {
	if !p.From.IsZero() {
		yes = !until.Before(p.From)
		return yes, yes
	}
	first, ok := p.year()
	if !ok {
		return false, true
	}
	yes = until.Year > first || until.Year == first && p.Kind == law.PeriodCalendar
	return yes, until.Year >= first
}

// before tells whether a period, of whatever kind, lies within the time up to the end of
// the item's. What ends later but begins before is unclear; so is a period that cannot
// be read.
func (p Period) before(item Period) (yes, maybe bool) {
	last, readable := item.year()
	if year, same := p.at(item); same && readable {
		return year <= last, year <= last
	}
	end, known := item.ends("")
	until, readable := p.ends("")
	if !known || !readable {
		return false, true
	}
	first, ok := p.begins()
	return !until.after(end), !ok || !first.after(end)
}

// overlaps tells whether two readable periods share a year.
func (p Period) overlaps(other Period) bool {
	a, ok := p.begins()
	b, too := p.ends("")
	c, also := other.begins()
	d, all := other.ends("")
	return ok && too && also && all && a.year <= d.year && c.year <= b.year
}
