package law

import (
	"fmt"
	"slices"

	"vinhdanh/internal/proposal"
)

// checker collects what does not fit, each with file and line.
type checker struct {
	l        *Law
	regimes  map[string]bool
	seen     map[string]Pos // section, code, part and regime to the entry that has them
	problems []error
}

// check is everything that the shape of the YAML cannot say. It returns all
// problems, not the first only.
func (l *Law) check() []error {
	k := &checker{l: l, regimes: map[string]bool{}, seen: map[string]Pos{}}
	for _, r := range l.Regimes {
		k.regimes[r.ID] = true
	}
	k.regimeDates()
	k.money()
	k.years()
	k.plain()
	k.signing()
	k.grounds()
	k.reissues()
	k.corrections()
	k.numbers()
	k.process()
	k.required()
	k.awards()
	k.criteria()
	k.draftEntries()
	k.quotas()
	k.ladders()
	k.clocks()
	k.several()
	return k.problems
}

func (k *checker) add(p Pos, format string, args ...any) {
	k.problems = append(k.problems, wrong(p, format, args...))
}

func (k *checker) cite(p Pos, what string, c Cite) {
	if c.Article == "" {
		k.add(p, "%s: article is missing", what)
	} else if !c.Mark.known() {
		k.add(p, "%s: mark %q is not one of confirmed, secondary, unconfirmed, old", what, c.Mark)
	}
}

// once reports a key that stands twice.
func (k *checker) once(p Pos, key string) {
	if first, ok := k.seen[key]; ok {
		k.add(p, "%s stands twice, first at %s", key, first)
		return
	}
	k.seen[key] = p
}

// scoped checks the regimes of an entry: known, at least one, and no other entry
// of that code for them.
func (k *checker) scoped(p Pos, what string, regimes []string) {
	k.named(p, what, regimes)
	for _, r := range regimes {
		k.once(p, what+" in "+r)
	}
}

// named checks that an entry names regimes, and such as there are.
func (k *checker) named(p Pos, what string, regimes []string) {
	if len(regimes) == 0 {
		k.add(p, "%s: names no regime", what)
	}
	for _, r := range regimes {
		if !k.regimes[r] {
			k.add(p, "%s: there is no regime %q", what, r)
		}
	}
}

func (k *checker) text(p Pos, what string, t Text) {
	if t.VI == "" || t.EN == "" {
		k.add(p, "%s: the text must be given in vi and en", what)
	}
}

func (k *checker) regimeDates() {
	if len(k.l.Regimes) == 0 {
		k.add(Pos{File: "data"}, "there are no regimes")
		return
	}
	sorted := slices.Clone(k.l.Regimes)
	slices.SortStableFunc(sorted, func(a, b *Regime) int { return a.From.Compare(b.From) })
	for i, r := range sorted {
		k.once(r.Pos, "regime "+r.ID)
		k.cite(r.Pos, "regime "+r.ID, r.Cite)
		if r.From.IsZero() || !r.To.IsZero() && r.To.Before(r.From) {
			k.add(r.Pos, "regime %s: from is missing or lies after to", r.ID)
		}
		if r.AssumedFrom != "" && (!k.regimes[r.AssumedFrom] || r.AssumedFrom == r.ID) {
			k.add(r.Pos, "regime %s: assumed_from %q is no other regime", r.ID, r.AssumedFrom)
		}
		for _, s := range r.Stack {
			k.text(r.Pos, "regime "+r.ID+" stack", s)
		}
		k.transitions(r)
		k.earlier(r)
		if i == len(sorted)-1 {
			continue
		}
		if next := sorted[i+1]; r.To.IsZero() || r.To.AddDays(1) != next.From {
			k.add(next.Pos, "regime %s must begin the day after regime %s ends: no overlap, no gap", next.ID, r.ID)
		}
	}
}

func (k *checker) money() {
	for _, b := range k.l.BaseSalary {
		k.cite(b.Pos, "base_salary", b.Cite)
		k.once(b.Pos, "base_salary from "+b.From.String())
		if b.From.IsZero() || b.Dong <= 0 || b.Dong > 1e9 {
			k.add(b.Pos, "base_salary: needs a day and a sum between 1 and 1,000,000,000 đồng")
		}
	}
	for _, m := range k.l.Multiples {
		k.cite(m.Pos, "multiple of "+m.Award, m.Cite)
		a, err := k.l.Award(m.Award)
		if err != nil {
			k.add(m.Pos, "multiple: there is no award %q", m.Award)
			continue
		}
		for _, kind := range m.Kinds {
			if !a.HasKind(kind) {
				k.add(m.Pos, "multiple: award %s is not for kind %q", m.Award, kind)
			}
			k.scoped(m.Pos, "multiple of "+m.Award+" for "+string(kind), m.Regimes)
		}
		t := m.times()
		if len(m.Kinds) == 0 || m.Hundredths <= 0 || m.Hundredths > 100_000 || t.Num <= 0 || t.Den <= 0 || t.Num > 1000 || t.Den > 1000 {
			k.add(m.Pos, "multiple of %s: needs kinds, hundredths above zero and a sensible factor", m.Award)
		}
	}
	for _, r := range k.l.document.Rounding {
		k.cite(r.Pos, "rounding", r.Cite)
		k.scoped(r.Pos, "rounding", r.Regimes)
		if r.UpTo <= 0 {
			k.add(r.Pos, "rounding: up_to must be above zero")
		}
	}
}

func (k *checker) years() {
	for _, y := range k.l.Years {
		k.cite(y.Pos, fmt.Sprintf("calendar %d", y.Year), y.Cite)
		k.once(y.Pos, fmt.Sprintf("calendar %d", y.Year))
		for i, o := range y.Off {
			p := y.At(fmt.Sprintf("off[%d]", i))
			first, last := o.Span()
			if first.Year != y.Year || last.Year != y.Year || last.Before(first) || o.Name == "" {
				k.add(p, "day off %q: needs a name and days within %d", o.Name, y.Year)
				continue
			}
			if o.Article+string(o.Mark) != "" {
				k.cite(p, "day off "+o.Name, Cite{Article: o.Article, Mark: o.Mark})
			}
			for d := first; !d.After(last); d = d.AddDays(1) {
				k.once(p, "day off "+d.String())
			}
		}
		for i, d := range y.MakeUp {
			p := y.At(fmt.Sprintf("make_up[%d]", i))
			k.once(p, "make-up day "+d.String())
			if day := int(d.Weekday()); d.Year != y.Year || day != 0 && day != 6 {
				k.add(p, "make-up day %s: must be a Saturday or Sunday of %d", d, y.Year)
			}
		}
	}
}

func (k *checker) plain() {
	for _, p := range k.l.Papers {
		k.once(p.Pos, "paper "+p.Code)
		k.text(p.Pos, "paper "+p.Code, p.Names)
	}
	for _, r := range k.l.Retention {
		k.once(r.Pos, "retention "+r.Code)
		k.text(r.Pos, "retention "+r.Code, r.Names)
		k.cite(r.Pos, "retention "+r.Code, r.Cite)
	}
	for _, d := range k.l.Dossiers {
		k.scoped(d.Pos, "dossier "+d.Code, d.Regimes)
		k.cite(d.Pos, "dossier "+d.Code, d.Cite)
		for i, n := range d.Papers {
			if _, err := k.l.Paper(n.Paper); err != nil {
				k.add(d.At(fmt.Sprintf("papers[%d]", i)), "dossier %s: there is no paper %q", d.Code, n.Paper)
			}
			if n.AddedBy != "" {
				k.level(d.At(fmt.Sprintf("papers[%d]", i)), "dossier "+d.Code, n.AddedBy)
			}
		}
	}
	for _, a := range k.l.Agencies {
		k.once(a.Pos, "agency "+a.Code)
		k.text(a.Pos, "agency "+a.Code, a.Names)
		k.cite(a.Pos, "agency "+a.Code, a.Cite)
	}
	for _, a := range k.l.Authorities {
		k.scoped(a.Pos, "authority "+a.Code, a.Regimes)
		k.cite(a.Pos, "authority "+a.Code, a.Cite)
		for _, o := range a.Offices {
			k.level(a.Pos, "authority "+a.Code, o.Level)
			k.text(a.Pos, "authority "+a.Code, o.Name)
			for _, h := range o.Includes {
				k.text(a.Pos, "authority "+a.Code, h.Name)
				k.cite(a.Pos, "authority "+a.Code, h.Cite)
			}
			if t := unknownPlaceholder(o.Name.VI); t != "" {
				k.add(a.Pos, "authority %s: unknown placeholder in %q", a.Code, t)
			}
		}
	}
}

var levels = []proposal.Level{proposal.LevelUnit, proposal.LevelCommune, proposal.LevelDistrict, proposal.LevelDepartment, proposal.LevelProvince, proposal.LevelCentral}

func (k *checker) level(p Pos, what string, level proposal.Level) {
	if !slices.Contains(levels, level) {
		k.add(p, "%s: there is no level %q", what, level)
	}
}

// perLevel is scoped for entries that may differ by level.
func (k *checker) perLevel(p Pos, what string, at []proposal.Level, regimes []string) {
	for _, level := range at {
		k.level(p, what, level)
	}
	if len(at) == 0 {
		at = levels
	}
	for _, level := range at {
		k.scoped(p, what+" at "+string(level), regimes)
	}
}
