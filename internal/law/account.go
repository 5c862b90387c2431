package law

import (
	"slices"

	"vinhdanh/internal/proposal"
)

// Account is all that a regime says of an award on a day, with the source of each
// value: what the catalogue shows. Names of offices carry generic places ("tỉnh").
type Account struct {
	Rule      AwardRule        `json:"-"`
	Authority AuthorityAccount `json:"authority"`
	Route     RouteAccount     `json:"route"`
	Criteria  []CriterionPart  `json:"criteria,omitempty"`
	Global    []CriterionPart  `json:"global,omitempty"` // of every award
	Dossier   DossierAccount   `json:"dossier"`
	Council   []CouncilRule    `json:"council,omitempty"` // one for each level that decides; none: the route has no council
	Money     []Money          `json:"money"`
	Retention Retention        `json:"retention"`
	ByType    []TypeAccount    `json:"by_type,omitempty"` // where the way differs for a type of commendation
}

// TypeAccount is what differs for some types: route, criteria, papers and council.
type TypeAccount struct {
	Types    []string        `json:"types"`
	Cite     Cite            `json:"cite"`
	Route    RouteAccount    `json:"route"`
	Criteria []CriterionPart `json:"criteria,omitempty"` // none: those of the award
	Dossier  DossierAccount  `json:"dossier"`
	Council  []CouncilRule   `json:"council,omitempty"`
}

// AuthorityAccount is who decides: the nearest of the offices on the proposer's way up.
type AuthorityAccount struct {
	Cite
	Code    string   `json:"code"`
	Offices []Office `json:"offices"`
}

// RouteAccount is the way of a case, with the days that each stage has.
type RouteAccount struct {
	Cite
	Code   string         `json:"code"`
	Names  Text           `json:"names"`
	Stages []StageAccount `json:"stages"`
}

// StageAccount is a stage with its deadline per level; no deadline: the law sets none.
type StageAccount struct {
	Kind      proposal.StageKind `json:"kind"`
	Levels    []proposal.Level   `json:"levels,omitempty"` // where it happens; none: at the proposer
	Deadlines []Deadline         `json:"deadlines,omitempty"`
}

// CriterionPart is a criterion with what it is made of; its cite reads as in the regime.
type CriterionPart struct {
	Criterion
	Numbers []Number        `json:"numbers,omitempty"`
	Parts   []CriterionPart `json:"parts,omitempty"`
}

// DossierAccount is the papers with their names.
type DossierAccount struct {
	Cite
	Sets   int         `json:"sets,omitempty"`
	Papers []PaperPart `json:"papers"`
}

// PaperPart is a paper of the dossier with its name.
type PaperPart struct {
	NeededPaper
	Names Text `json:"names"`
}

// Money is the sum for one kind of subject on the day; Missing says why there is none.
type Money struct {
	Kind    Kind            `json:"kind"`
	Dong    int64           `json:"dong,omitempty"`
	How     *BonusExplained `json:"how,omitempty"`
	Missing *Text           `json:"missing,omitempty"`
}

// generic are places of no particular province, for the catalogue.
var generic = map[string]Places{
	"vi": {Province: "tỉnh", ProvinceKind: "tỉnh", District: "huyện", Commune: "xã", Department: "cơ quan, đơn vị", DepartmentHead: "Thủ trưởng cơ quan, đơn vị"},
	"en": {Province: "the province", ProvinceKind: "the province", District: "the district", Commune: "the commune", Department: "the body", DepartmentHead: "Head of the department or body"},
}

// Anywhere is the printed name under a regime for no particular province: "tỉnh", "huyện".
func (a *Award) Anywhere(regime string) string {
	name, err := generic["vi"].Fill(a.PrintedUnder(regime))
	if err != nil { // data that loaded have no unknown placeholder
		return a.PrintedUnder(regime)
	}
	return name
}

// Account gathers what the regime of a day says of an award. The errors are those of
// RegimeOn and AwardRule; data that loaded have the rest.
func (l *Law) Account(code string, on Date) (Account, error) {
	r, err := l.RegimeOn(on)
	if err != nil {
		return Account{}, err
	}
	rule, err := l.AwardRule(code, r.ID)
	if err != nil {
		return Account{}, err
	}
	a := Account{Rule: rule}
	for _, step := range []func() error{
		func() error { return l.accountAuthority(&a, r.ID) },
		func() error { return l.accountRoute(&a, r.ID) },
		func() error { return l.accountCriteria(&a, r.ID) },
		func() error { return l.accountDossier(&a, r.ID) },
		func() error { return l.accountKeeping(&a, code) },
	} {
		if err := step(); err != nil {
			return Account{}, err
		}
	}
	l.accountMoney(&a, code, on)
	return a, l.accountTypes(&a, r.ID)
}

// accountTypes adds the ways that single types of commendation have.
func (l *Law) accountTypes(a *Account, regime string) error {
	for _, t := range a.Rule.ByType {
		way := Account{Rule: a.Rule.forType(t.Types[0]), Authority: a.Authority}
		steps := []func() error{func() error { return l.accountRoute(&way, regime) }, func() error { return l.accountDossier(&way, regime) }}
		if len(t.Criteria) > 0 {
			steps = append(steps, func() error { return l.accountCriteria(&way, regime) })
		}
		for _, step := range steps {
			if err := step(); err != nil {
				return err
			}
		}
		a.ByType = append(a.ByType, TypeAccount{Types: t.Types, Cite: way.Rule.Cite, Route: way.Route, Criteria: way.Criteria, Dossier: way.Dossier, Council: way.Council})
	}
	return nil
}

func (l *Law) accountAuthority(a *Account, regime string) error {
	found, from, ok := pick(l, l.Authorities, regime, func(x *Authority) ([]string, bool) { return x.Regimes, x.Code == a.Rule.Authority })
	if !ok {
		return missing("authority", a.Rule.Authority, regime)
	}
	a.Authority = AuthorityAccount{Cite: found.Cite.assumed(from), Code: found.Code}
	for _, o := range found.Offices {
		name := Text{}
		var err error
		if name.VI, err = generic["vi"].Fill(o.Name.VI); err != nil {
			return err
		}
		if name.EN, err = generic["en"].Fill(o.Name.EN); err != nil {
			return err
		}
		office := Office{Level: o.Level, Name: name}
		for _, h := range o.Includes {
			h.Cite = h.Cite.assumed(from)
			office.Includes = append(office.Includes, h)
		}
		a.Authority.Offices = append(a.Authority.Offices, office)
	}
	return nil
}

func (l *Law) accountRoute(a *Account, regime string) error {
	found, from, ok := pick(l, l.Routes, regime, func(r *RouteTemplate) ([]string, bool) { return r.Regimes, r.Code == a.Rule.Route })
	if !ok {
		return missing("route", a.Rule.Route, regime)
	}
	a.Route = RouteAccount{Cite: found.Cite.assumed(from), Code: found.Code, Names: found.Names}
	deciding := a.decidingLevels()
	for _, s := range found.Stages {
		stage := StageAccount{Kind: s.Kind, Levels: s.Levels}
		if s.At != AtProposer && s.At != AtNearest {
			stage.Levels = deciding
		}
		for _, level := range stage.Levels {
			if s.Deadline == "" {
				continue
			}
			d, err := l.Deadline(s.Deadline, regime, level)
			if err != nil {
				return err
			}
			d.Levels = []proposal.Level{level}
			stage.Deadlines = append(stage.Deadlines, d)
		}
		a.Route.Stages = append(a.Route.Stages, stage)
		if s.Kind != proposal.StageCouncil {
			continue
		}
		for _, level := range deciding {
			c, err := l.CouncilRule(a.Rule.Council, regime, level)
			if err != nil {
				return err
			}
			c.Levels = []proposal.Level{level}
			a.Council = append(a.Council, c)
		}
	}
	return nil
}

// decidingLevels are where the stages of the deciding offices happen, each once.
func (a *Account) decidingLevels() []proposal.Level {
	var out []proposal.Level
	for _, o := range a.Authority.Offices {
		if level := actingLevel(o.Level); !slices.Contains(out, level) {
			out = append(out, level)
		}
	}
	return out
}
