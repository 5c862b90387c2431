package law

import (
	"slices"

	"vinhdanh/internal/proposal"
)

// RouteQuery asks for the route of one proposal.
type RouteQuery struct {
	Regime string // id, see RegimeOn
	Award  string
	Type   string // of commendation, see RuleFor; empty: the award's ordinary way
	// Path is the levels from the proposing unit up to the province along the line
	// of management, the proposer's own first: a school of a district is
	// [unit district province], a commune of it [commune district province], a
	// hospital of a department [unit department province], a department
	// [department province].
	Path []proposal.Level
	// Resolve gives the id of the unit that acts: the proposer itself
	// (BodyProposer), or on a level of Path the standing body (the district's
	// Phòng Nội vụ, the province's Ban Thi đua - Khen thưởng), the Council, or the
	// office that signs. An error ends RouteFor with that error.
	Resolve func(level proposal.Level, body Body) (unit string, err error)
}

// RouteFor is the route that regime and award ask for, applied to a proposer:
// levels chosen, units resolved, deadlines and the vote rule filled in. Its code
// is "R1/PROVINCE". Stages whose level the proposer's path does not have fall
// away (a department's own proposal has no review below the province).
func (l *Law) RouteFor(q RouteQuery) (proposal.Route, error) {
	if len(q.Path) == 0 {
		return proposal.Route{}, fail("no_path", "chưa biết đơn vị đề nghị thuộc cấp nào", "the proposer's path of levels is empty")
	}
	rule, err := l.RuleFor(q.Award, q.Regime, q.Type)
	if err != nil {
		return proposal.Route{}, err
	}
	decider, err := l.Decider(q.Award, q.Regime, q.Path)
	if err != nil {
		return proposal.Route{}, err
	}
	template, err := l.RouteTemplate(rule.Route, q.Regime)
	if err != nil {
		return proposal.Route{}, err
	}
	route := proposal.Route{Code: q.Regime + "/" + template.Code}
	for _, pair := range template.Exclusive {
		route.Exclusive = append(route.Exclusive, [2]proposal.Role{pair[0], pair[1]})
	}
	if decider.Level == proposal.LevelCentral {
		route.Above = rule.Authority
	}
	for _, s := range template.Stages {
		level, ok := levelOf(s, q.Path, decider.Level)
		if !ok {
			continue
		}
		stage, err := l.stage(q, s, level, rule.Council)
		if err != nil {
			return proposal.Route{}, err
		}
		route.Stages = append(route.Stages, stage)
	}
	for _, s := range route.Stages[1:] {
		if s.OwnUnit == proposal.OwnRefused && s.Unit == route.Stages[0].Unit {
			return proposal.Route{}, fail("own_unit",
				"đơn vị đề nghị không được tự xử lý hồ sơ của mình ở bước này; hãy kiểm tra cây đơn vị hoặc quy trình: "+string(s.Kind),
				"the proposing unit may not process its own case at this stage; check the tree of units or the route: "+string(s.Kind))
		}
	}
	return route, nil
}

// RouteTemplate is a route of the data by its code, as a regime has it.
func (l *Law) RouteTemplate(code, regime string) (*RouteTemplate, error) {
	found, _, ok := pick(l, l.Routes, regime, func(r *RouteTemplate) ([]string, bool) { return r.Regimes, r.Code == code })
	if !ok {
		return nil, missing("route", code, regime)
	}
	return found, nil
}

// levelOf is the level at which a stage happens; false where it falls away.
func levelOf(s StageTemplate, path []proposal.Level, decider proposal.Level) (proposal.Level, bool) {
	switch s.At {
	case AtProposer:
		return path[0], true
	case AtAuthority:
		return decider, true
	case AtProvince:
		return proposal.LevelProvince, path[len(path)-1] == proposal.LevelProvince
	default:
		for _, level := range path[1:] {
			if level == decider {
				return "", false // what decides does not review before itself
			}
			if slices.Contains(s.Levels, level) {
				return level, true
			}
		}
		return "", false
	}
}

func (l *Law) stage(q RouteQuery, s StageTemplate, level proposal.Level, rule string) (proposal.Stage, error) {
	stage := proposal.Stage{Kind: s.Kind, Level: level, Roles: slices.Clone(s.Roles), Minutes: s.Minutes,
		MayReturn: s.MayReturn || len(s.ReturnsTo) > 0, ReturnsTo: slices.Clone(s.ReturnsTo), Decides: slices.Clone(s.Decides),
		OwnUnit: s.OwnUnit, Agencies: slices.Clone(s.Agencies)}
	var err error
	if stage.Unit, err = q.Resolve(level, s.Body); err != nil {
		return stage, err
	}
	if s.Deadline != "" {
		d, err := l.Deadline(s.Deadline, q.Regime, level)
		if err != nil {
			return stage, err
		}
		stage.WorkingDays = d.WorkingDays
	}
	if s.Kind == proposal.StageCouncil {
		c, err := l.CouncilRule(rule, q.Regime, level)
		if err != nil {
			return stage, err
		}
		r := c.Rule()
		stage.Council = &r
	}
	return stage, nil
}
