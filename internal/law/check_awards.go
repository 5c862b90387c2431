package law

import (
	"fmt"
	"slices"

	"vinhdanh/internal/proposal"
)

func (k *checker) awards() {
	for _, a := range k.l.document.Awards {
		k.once(a.Pos, "award "+a.Code)
		k.text(a.Pos, "award "+a.Code, a.Names)
		k.awardWords(a)
		for i, rule := range a.Rules {
			p := a.At(fmt.Sprintf("rules[%d]", i))
			k.scoped(p, "award "+a.Code, rule.Regimes)
			k.cite(p, "award "+a.Code, rule.Cite)
			if unknownPlaceholder(rule.Printed) != "" {
				k.add(p, "award %s: printed has an unknown placeholder: %q", a.Code, rule.Printed)
			}
			for _, regime := range rule.Regimes {
				k.awardRule(p, a, rule, regime)
			}
			for j, t := range rule.ByType {
				k.typeRule(a.At(fmt.Sprintf("rules[%d].by_type[%d]", i, j)), a, rule, t)
			}
		}
	}
}

// typeRule checks what a rule says otherwise for some types: each of them one of the
// award's, said once, and the whole rule as it then reads.
func (k *checker) typeRule(p Pos, a *Award, rule AwardRule, t TypeRule) {
	k.cite(p, "award "+a.Code, t.Cite)
	if len(t.Types) == 0 {
		k.add(p, "award %s: by_type names no type of commendation", a.Code)
		return
	}
	for i, typ := range t.Types {
		said := slices.Contains(t.Types[:i], typ)
		for _, other := range rule.ByType {
			said = said || !slices.Equal(other.Types, t.Types) && slices.Contains(other.Types, typ)
		}
		if !a.HasType(typ) || said {
			k.add(p, "award %s: by_type has type %q twice, or the award is not given for it", a.Code, typ)
		}
	}
	for _, regime := range rule.Regimes {
		k.awardRule(p, a, rule.forType(t.Types[0]), regime)
	}
}

func (k *checker) awardWords(a *Award) {
	if _, ok := verbs[a.Verb]; !ok {
		k.add(a.Pos, "award %s: verb %q is not one of cong_nhan, tang, truy_tang, phong_tang", a.Code, a.Verb)
	}
	if _, ok := verbs[a.Posthumous]; a.Posthumous != "" && !ok {
		k.add(a.Pos, "award %s: posthumous %q is no known verb", a.Code, a.Posthumous)
	}
	if a.Class != "title" && a.Class != "form" {
		k.add(a.Pos, "award %s: class %q is neither title nor form", a.Code, a.Class)
	}
	if a.Printed == "" || unknownPlaceholder(a.Printed) != "" {
		k.add(a.Pos, "award %s: printed is empty or has an unknown placeholder: %q", a.Code, a.Printed)
	}
	if _, err := k.l.RetentionClass(a.Retention); err != nil {
		k.add(a.Pos, "award %s: there is no retention class %q", a.Code, a.Retention)
	}
	if len(a.Kinds) == 0 || len(a.Types) == 0 || len(a.Rules) == 0 {
		k.add(a.Pos, "award %s: needs kinds, types and rules", a.Code)
	}
	for _, kind := range a.Kinds {
		if !slices.Contains(knownKinds, kind) {
			k.add(a.Pos, "award %s: there is no kind %q", a.Code, kind)
		}
	}
	for _, t := range a.Types {
		if !slices.Contains(knownTypes, t) {
			k.add(a.Pos, "award %s: there is no type of commendation %q", a.Code, t)
		}
	}
}

func (k *checker) awardRule(p Pos, a *Award, rule AwardRule, regime string) {
	what := "award " + a.Code + " in " + regime
	if len(k.offices(rule.Authority, regime)) == 0 {
		k.add(p, "%s: there is no authority %q", what, rule.Authority)
	}
	if _, err := k.l.Dossier(rule.Dossier, regime); err != nil {
		k.add(p, "%s: there is no dossier %q", what, rule.Dossier)
	}
	if len(rule.Criteria) == 0 {
		k.add(p, "%s: names no criteria", what)
	}
	for _, code := range rule.Criteria {
		if _, _, err := k.l.Criterion(code, regime); err != nil {
			k.add(p, "%s: there is no criterion %q", what, code)
		}
	}
	k.way(p, what, rule, regime)
}

// way checks that the route of a rule fits who decides and who votes.
func (k *checker) way(p Pos, what string, rule AwardRule, regime string) {
	offices := k.offices(rule.Authority, regime)
	route, _, ok := pick(k.l, k.l.Routes, regime, func(r *RouteTemplate) ([]string, bool) { return r.Regimes, r.Code == rule.Route })
	if !ok {
		k.add(p, "%s: there is no route %q", what, rule.Route)
		return
	}
	above := slices.ContainsFunc(offices, func(o Office) bool { return o.Level == proposal.LevelCentral })
	upward := slices.ContainsFunc(route.Stages, func(s StageTemplate) bool { return s.Kind == proposal.StageOutcome })
	if above != upward {
		k.add(p, "%s: what authority %s decides goes by a route that submits upward, and nothing else does: %s", what, rule.Authority, rule.Route)
	}
	votes := slices.ContainsFunc(route.Stages, func(s StageTemplate) bool { return s.Kind == proposal.StageCouncil })
	if votes != (rule.Council != "") {
		k.add(p, "%s: route %s and council %q do not fit: a council stage needs a rule, and a rule a stage", what, rule.Route, rule.Council)
		return
	}
	for _, o := range offices {
		if _, err := k.l.CouncilRule(rule.Council, regime, actingLevel(o.Level)); votes && err != nil {
			k.add(p, "%s: there is no council rule %q at level %s", what, rule.Council, o.Level)
		}
	}
}

func (k *checker) criteria() {
	for _, c := range k.l.Criteria {
		what := "criterion " + c.Code
		k.named(c.Pos, whose(c.Cite, what), c.Regimes)
		k.datesOf(c, whose(c.Cite, what))
		k.cite(c.Pos, what, c.Cite)
		k.text(c.Pos, what, c.Text)
		forms := 0
		for _, given := range []bool{c.Expr != "", len(c.All) > 0, len(c.Any) > 0} {
			if given {
				forms++
			}
		}
		if forms != 1 {
			k.add(c.Pos, "%s: needs exactly one of expr, all, any", what)
		}
		if c.Otherwise != "" && c.Otherwise != "needs_person" {
			k.add(c.At("otherwise"), "%s: otherwise may only be needs_person", what)
		}
		for _, regime := range c.Regimes {
			k.parts(c, regime, nil)
		}
	}
	for _, g := range k.l.Global {
		k.scoped(g.Pos, "global", g.Regimes)
		for _, regime := range g.Regimes {
			for _, code := range g.Criteria {
				if _, _, err := k.l.Criterion(code, regime); err != nil {
					k.add(g.Pos, "global: there is no criterion %q in %s", code, regime)
				}
			}
		}
	}
	for _, r := range k.l.Regimes {
		if _, err := k.l.GlobalCriteria(r.ID); err != nil {
			k.add(r.Pos, "regime %s has no global criteria", r.ID)
		}
	}
}

// parts follows all and any down, so that a name that leads nowhere or in a
// circle is found before anything is evaluated.
func (k *checker) parts(c *Criterion, regime string, above []string) {
	if slices.Contains(above, c.Code) {
		k.add(c.Pos, "criterion %s contains itself (%v)", c.Code, above)
		return
	}
	for _, code := range append(slices.Clone(c.All), c.Any...) {
		part, _, err := k.l.Criterion(code, regime)
		if err != nil {
			k.add(c.Pos, "criterion %s: there is no criterion %q in %s", c.Code, code, regime)
			continue
		}
		k.parts(part, regime, append(slices.Clone(above), c.Code))
	}
}
