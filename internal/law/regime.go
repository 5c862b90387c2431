package law

import (
	"fmt"
	"slices"

	"vinhdanh/internal/proposal"
)

// RegimeOn is the regime in force on a day, as it stood then.
func (l *Law) RegimeOn(d Date) (*Regime, error) {
	for _, r := range l.stretches {
		if !d.IsZero() && !d.Before(r.From) && (r.To.IsZero() || !d.After(r.To)) {
			return r, nil
		}
	}
	return nil, fail("no_regime",
		fmt.Sprintf("không có quy định nào được nhập cho ngày %s; hãy kiểm tra ngày hoặc bổ sung dữ liệu pháp luật", d.VN()),
		fmt.Sprintf("the data has no regime for %s; check the date or add the regime", d))
}

// Regime finds a regime by its id, or as it stood by the id of the stretch.
func (l *Law) Regime(id string) (*Regime, error) {
	for _, r := range l.stretches {
		if r.ID == id {
			return r, nil
		}
	}
	return nil, fail("no_regime", fmt.Sprintf("không có quy định %q", id), fmt.Sprintf("there is no regime %q", id))
}

// pick finds the entry of a regime among entries of one code: its own, else its
// draft where the data apply drafts. Where the regime has none and stands on another
// one, that one's entry is returned with its id. among tells whether an entry has the wanted code (and level, kind …) and lists
// its regimes.
func pick[T any](l *Law, list []T, regime string, among func(T) ([]string, bool)) (T, string, bool) {
	find := func(id string, drafts bool) (T, bool) {
		base, last := baseOf(id), l.lastDay(id)
		for _, item := range list {
			if regimes, ok := among(item); ok && slices.Contains(regimes, base) && draft(item) == drafts && within(item, last) {
				return item, true
			}
		}
		var none T
		return none, false
	}
	item, ok := find(regime, false)
	if !ok && l.AppliesDrafts(regime) {
		item, ok = find(regime, true)
	}
	if ok {
		return item, "", true
	}
	if r, err := l.Regime(regime); err == nil && r.AssumedFrom != "" {
		item, ok = find(r.AssumedFrom, false)
		return item, r.AssumedFrom, ok
	}
	return item, "", false
}

func atLevel(levels []proposal.Level, level proposal.Level) bool {
	return len(levels) == 0 || slices.Contains(levels, level)
}

func missing(what, code, regime string) error {
	w, ok := sectionWords[what]
	if !ok {
		w = Text{VI: what, EN: what}
	}
	return fail("no_"+what,
		fmt.Sprintf("quy định %s không có %s %q", RegimeName(regime).VI, w.VI, code),
		fmt.Sprintf("regime %s has no %s %q", RegimeName(regime).EN, w.EN, code))
}

// Criterion finds a criterion by code and regime. assumed tells that it was
// taken from another regime; its Cite then says from which.
func (l *Law) Criterion(code, regime string) (c *Criterion, assumed bool, err error) {
	found, from, ok := pick(l, l.Criteria, regime, func(c *Criterion) ([]string, bool) { return c.Regimes, c.Code == code })
	if !ok {
		return nil, false, missing("criterion", code, regime)
	}
	return found, from != "", nil
}

// GlobalCriteria are the codes of the criteria that hold for every award.
func (l *Law) GlobalCriteria(regime string) ([]string, error) {
	g, _, ok := pick(l, l.Global, regime, func(g *GlobalRules) ([]string, bool) { return g.Regimes, true })
	if !ok {
		return nil, missing("global", "*", regime)
	}
	return g.Criteria, nil
}

// Deadline is the number of working days of a code at a level.
func (l *Law) Deadline(code, regime string, level proposal.Level) (Deadline, error) {
	found, from, ok := pick(l, l.Deadlines, regime, func(d *Deadline) ([]string, bool) {
		return d.Regimes, d.Code == code && atLevel(d.Levels, level)
	})
	if !ok {
		return Deadline{}, missing("deadline", code, regime)
	}
	d := *found
	d.Cite = d.Cite.assumed(from)
	return d, nil
}

// CouncilRule is the vote rule of a code at a level, with the source of each of
// its numbers; its Rule method gives what travels in a case.
func (l *Law) CouncilRule(code, regime string, level proposal.Level) (CouncilRule, error) {
	found, from, ok := pick(l, l.CouncilRules, regime, func(c *CouncilRule) ([]string, bool) {
		return c.Regimes, c.Code == code && atLevel(c.Levels, level)
	})
	if !ok {
		return CouncilRule{}, missing("council_rule", code, regime)
	}
	c := *found
	c.Cite = c.Cite.assumed(from)
	c.Threshold.Cite = c.Threshold.Cite.assumed(from)
	c.Quorum.Cite = c.Quorum.Cite.assumed(from)
	c.assumeOptions(from)
	return c, nil
}

// Dossier is the list of papers of a code.
func (l *Law) Dossier(code, regime string) (Dossier, error) {
	found, from, ok := pick(l, l.Dossiers, regime, func(d *Dossier) ([]string, bool) { return d.Regimes, d.Code == code })
	if !ok {
		return Dossier{}, missing("dossier", code, regime)
	}
	d := *found
	d.Cite = d.Cite.assumed(from)
	return d, nil
}

// Paper finds a kind of paper by its code.
func (l *Law) Paper(code string) (*Paper, error) {
	for _, p := range l.Papers {
		if p.Code == code {
			return p, nil
		}
	}
	return nil, missing("paper", code, "*")
}

// Agency finds a body that is consulted by its code.
func (l *Law) Agency(code string) (*Agency, error) {
	for _, a := range l.Agencies {
		if a.Code == code {
			return a, nil
		}
	}
	return nil, missing("agency", code, "*")
}

// RetentionClass finds a class of keeping by its code.
func (l *Law) RetentionClass(code string) (*Retention, error) {
	for _, r := range l.Retention {
		if r.Code == code {
			return r, nil
		}
	}
	return nil, missing("retention", code, "*")
}

// Assumed is a cite as it reads in a regime that stands on another one's text.
func (l *Law) Assumed(c Cite, regime string) Cite {
	if r, err := l.Regime(regime); err == nil {
		return c.assumed(r.AssumedFrom)
	}
	return c
}
