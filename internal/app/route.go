package app

import (
	"context"
	"fmt"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// routeFor resolves the route of a case by its award, type and proposing unit: the law's data
// says which bodies act, the tree of units says who they are.
func (a *App) routeFor(ctx context.Context, p postgres.Proposal, regime string) (proposal.Route, error) {
	path, err := a.Store.UnitPath(ctx, p.Unit)
	if err != nil {
		return proposal.Route{}, internal("read unit path", err)
	}
	if len(path) == 0 {
		return proposal.Route{}, &Error{Code: CodeNotFound, Detail: "unit " + p.Unit}
	}
	q := law.RouteQuery{Regime: regime, Award: p.Award, Type: p.Type, Path: levelsOf(path), Resolve: resolver(path)}
	route, err := a.law().RouteFor(q)
	if err != nil {
		return proposal.Route{}, fromLaw(err)
	}
	return route, nil
}

// levelsOf lists the levels along the path, each once, the proposer's first.
func levelsOf(path []postgres.Unit) []proposal.Level {
	var out []proposal.Level
	for _, u := range path {
		l := proposal.Level(u.Level)
		if len(out) == 0 || out[len(out)-1] != l {
			out = append(out, l)
		}
	}
	return out
}

// resolver finds the acting unit on the way up from the proposer.
func resolver(path []postgres.Unit) func(proposal.Level, law.Body) (string, error) {
	return func(level proposal.Level, body law.Body) (string, error) {
		if body == law.BodyProposer {
			return path[0].ID, nil
		}
		for _, u := range path {
			if proposal.Level(u.Level) != level {
				continue
			}
			link := map[law.Body]*string{
				law.BodyStanding: u.StandingBody, law.BodyCouncil: u.Council, law.BodyAuthority: u.Authority,
			}[body]
			if link != nil && *link != "" {
				return *link, nil
			}
		}
		return "", &Error{
			Code: CodeNotReady, Detail: fmt.Sprintf("no %s at level %s above unit %s", body, level, path[0].ID),
			Vi: fmt.Sprintf("Chưa khai báo %s cấp %s cho đơn vị %s; quản trị cần bổ sung trong cây đơn vị.", bodyVi[body], levelVi[level], path[0].Name),
			En: fmt.Sprintf("Unit %s has no %s at level %s; an administrator must add it to the tree of units.", path[0].Name, body, level),
		}
	}
}

var bodyVi = map[law.Body]string{
	law.BodyStanding: "cơ quan thường trực", law.BodyCouncil: "Hội đồng", law.BodyAuthority: "người có thẩm quyền",
}

var levelVi = map[proposal.Level]string{
	proposal.LevelUnit: "đơn vị", proposal.LevelCommune: "xã", proposal.LevelDistrict: "huyện",
	proposal.LevelDepartment: "sở", proposal.LevelProvince: "tỉnh",
}

// fromLaw passes on the law's own two-language error.
func fromLaw(err error) error {
	if e, ok := err.(*law.Error); ok {
		return &Error{Code: CodeNotReady, Detail: e.Code, Vi: e.Text.VI, En: e.Text.EN}
	}
	return err
}
