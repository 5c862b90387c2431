package prove

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"vinhdanh/internal/law"
	"vinhdanh/internal/proposal"
)

// Problem is a property that does not hold, with the path that shows it.
type Problem struct {
	At    law.Pos          // where the route stands in the data
	Route string           // "R1/PROVINCE"
	Award string           // the first award that shows it
	Path  []proposal.Level // levels from the proposer up
	Text  law.Text
	Steps []Step
}

// String is the problem with its path, in "vi" or "en".
func (p Problem) String(locale string) string {
	var b strings.Builder
	text := p.Text.EN
	if locale == "vi" {
		text = p.Text.VI
	}
	levels := make([]string, len(p.Path))
	for i, l := range p.Path {
		levels[i] = say(locale, law.Word(l))
	}
	fmt.Fprintf(&b, "%s: %s, %s (%s): %s", p.At, p.Route, p.Award, strings.Join(levels, " → "), text)
	for i, s := range p.Steps {
		fmt.Fprintf(&b, "\n  %d. %s", i+1, s.in(locale))
	}
	return b.String()
}

// Report is what was walked, and what does not hold.
type Report struct {
	Routes   int // regime × award × level of proposer
	Shapes   int // of them, differing
	States   int // reached in all walks
	Problems []Problem
}

// paths are the levels from a proposing unit up that the trees of units know.
var paths = [][]proposal.Level{
	{proposal.LevelUnit, proposal.LevelDistrict, proposal.LevelProvince},
	{proposal.LevelUnit, proposal.LevelCommune, proposal.LevelDistrict, proposal.LevelProvince},
	{proposal.LevelCommune, proposal.LevelDistrict, proposal.LevelProvince},
	{proposal.LevelDistrict, proposal.LevelProvince},
	{proposal.LevelUnit, proposal.LevelCommune, proposal.LevelProvince},
	{proposal.LevelCommune, proposal.LevelProvince},
	{proposal.LevelUnit, proposal.LevelDepartment, proposal.LevelProvince},
	{proposal.LevelDepartment, proposal.LevelProvince},
	{proposal.LevelUnit, proposal.LevelProvince},
}

// unitOf resolves as a tree of units does: the office that signs for a level is the
// unit of that level itself, which may be the proposer's own.
func unitOf(path []proposal.Level) func(proposal.Level, law.Body) (string, error) {
	return func(level proposal.Level, body law.Body) (string, error) {
		switch body {
		case law.BodyProposer:
			return string(path[0]), nil
		case law.BodyAuthority:
			return string(level), nil
		}
		return string(level) + "/" + string(body), nil
	}
}

// tiers tells which paths a regime knows: the district went on 01/07/2025, and what
// the routes of the regime name says so.
func tiers(l *law.Law, regime string) (district bool) {
	for _, r := range l.Routes {
		in := slices.Contains(r.Regimes, regime)
		if g, err := l.Regime(regime); err == nil && g.AssumedFrom != "" {
			in = in || slices.Contains(r.Regimes, g.AssumedFrom)
		}
		for _, s := range r.Stages {
			district = district || in && slices.Contains(s.Levels, proposal.LevelDistrict)
		}
	}
	return district
}

// Routes proves every route of the data.
func Routes(l *law.Law) Report {
	var rep Report
	shapes := map[string]bool{}
	for _, regime := range l.Regimes {
		district := tiers(l, regime.ID)
		awards, err := l.Awards(regime.From)
		if err != nil {
			continue // no regime on that day: the loading says so
		}
		for _, a := range awards {
			for _, path := range paths {
				if slices.Contains(path, proposal.LevelDistrict) == district || slices.Contains(path, proposal.LevelDepartment) || len(path) == 2 {
					rep.each(l, law.RouteQuery{Regime: regime.ID, Award: a.Code, Path: path, Resolve: unitOf(path)}, shapes)
				}
			}
		}
	}
	return rep
}

// each proves the ways of one award for one proposer: the ordinary one, and those that
// single types of commendation have.
func (rep *Report) each(l *law.Law, q law.RouteQuery, shapes map[string]bool) {
	rep.one(l, q, shapes)
	rule, err := l.AwardRule(q.Award, q.Regime)
	if err != nil {
		return
	}
	for _, t := range rule.ByType {
		q.Type = t.Types[0]
		rep.one(l, q, shapes)
	}
}

// one proves one way of one award for one proposer.
func (rep *Report) one(l *law.Law, q law.RouteQuery, shapes map[string]bool) {
	regime, award, path := q.Regime, q.Award, q.Path
	rule, err := l.RuleFor(award, regime, q.Type)
	if err != nil {
		return
	}
	problem := Problem{Route: regime + "/" + rule.Route, Award: award, Path: path}
	if a, err := l.Award(award); err == nil {
		problem.At = a.Pos // of data without that route
	}
	if t, err := l.RouteTemplate(rule.Route, regime); err == nil {
		problem.At = t.Pos
	}
	route, err := l.RouteFor(q)
	var told *law.Error
	if errors.As(err, &told) {
		if told.Code != "no_authority" { // nobody above that proposer decides it
			problem.Text = told.Text
			rep.Problems = append(rep.Problems, problem)
		}
		return
	}
	rep.Routes++
	if len(route.Stages) == 0 {
		return
	}
	must := required(rule, route, path, l.RequiredStages(award, regime, q.Type != ""))
	key := shape(route, must)
	p := proofOf(key, route, must)
	if !shapes[key] {
		shapes[key] = true
		rep.Shapes++
		rep.States += p.states
	}
	for _, f := range p.problems {
		f.At, f.Route, f.Award, f.Path = problem.At, problem.Route, award, path
		if !slices.ContainsFunc(rep.Problems, func(p Problem) bool { return p.At == f.At && p.Text == f.Text }) {
			rep.Problems = append(rep.Problems, f) // one of a kind for each route of the data
		}
	}
}

// proof is what the walk over one shape of route found.
type proof struct {
	problems []Problem
	states   int
}

// proofs are the shapes that this process has walked: the walk depends on nothing else,
// and data that are changed keep most of them.
var proofs sync.Map

func proofOf(key string, route proposal.Route, must []string) proof {
	if p, ok := proofs.Load(key); ok {
		return p.(proof)
	}
	var p proof
	p.problems, p.states = walk(route, must)
	proofs.Store(key, p)
	return p
}

// required are the stages that no recognition may go without: those of every case, those
// that the rule of the award speaks of, and those that the law's data ask for.
func required(rule law.AwardRule, r proposal.Route, path []proposal.Level, asked []proposal.StageKind) []string {
	must := []string{string(proposal.StageNomination), string(proposal.StageReception), string(proposal.StageAppraisal)}
	if rule.Council != "" {
		must = append(must, string(proposal.StageCouncil))
	}
	province := r.Stages[len(r.Stages)-1].Level == proposal.LevelProvince
	if province && len(path) > 2 {
		must = append(must, string(proposal.StageReview))
	}
	if r.Above != "" {
		must = append(must, string(proposal.StageSubmission))
	}
	for _, kind := range asked {
		if !slices.Contains(must, string(kind)) {
			must = append(must, string(kind))
		}
	}
	return append(must, "signature")
}

// shape is a route without names: units by the order in which they first act.
func shape(r proposal.Route, must []string) string {
	names := map[string]string{}
	stages := slices.Clone(r.Stages)
	for i := range stages {
		s := &stages[i]
		if names[s.Unit] == "" {
			names[s.Unit] = fmt.Sprint("u", len(names))
		}
		s.Unit, s.Level, s.WorkingDays, s.Council = names[s.Unit], "", min(s.WorkingDays, 1), nil
		if len(s.Agencies) > 1 {
			s.Agencies = s.Agencies[:1]
		}
	}
	raw, err := json.Marshal([]any{stages, r.Exclusive, r.Above != "", must})
	if err != nil {
		panic(err) // our own types
	}
	return string(raw)
}
