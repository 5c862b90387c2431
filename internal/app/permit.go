package app

import (
	"context"
	"slices"

	"vinhdanh/internal/act"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/identity"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// Whoever asks for something is looked up here, and nowhere else: who holds a role
// that the table of permissions grants it, in a unit of the right relation. A new
// function of the application gets a row in internal/identity/permissions.yaml and
// asks by that row's name.

// permissions is the table that every question of permission is looked up in.
func (s Session) permissions() *permission.Matrix {
	if s.table != nil {
		return s.table
	}
	return identity.Permissions()
}

// table is the table that sessions of this application are opened with.
func (a *App) table() *permission.Matrix { return Session{table: a.Permissions}.permissions() }

// units lists the units in which the session holds any role.
func (s Session) units() []string {
	out := []string{}
	for _, m := range s.Memberships {
		out = addOnce(out, m.Unit)
	}
	return out
}

// capacities are the roles that the session holds, in the order of its memberships.
func (s Session) capacities() []permission.Capacity {
	out := make([]permission.Capacity, len(s.Memberships))
	for i, m := range s.Memberships {
		out[i] = permission.Capacity{Unit: m.Unit, Role: proposal.Role(m.Role), Behalf: m.OnBehalfOf != ""}
	}
	return out
}

// may picks the capacity in which the session does an action at a place; false
// means that the table does not allow it.
func (s Session) may(action string, at permission.Place) (act.Actor, bool) {
	i, ok := s.permissions().Pick(action, s.capacities(), at)
	if !ok {
		return act.Actor{}, false
	}
	return s.actor(i), true
}

// can is may for one unit in one relation, whatever the state.
func (s Session) can(action string, rel permission.Relation, unit string) (act.Actor, bool) {
	return s.may(action, permission.At(rel, unit))
}

// anywhere tells whether the session holds a role that is granted the action
// wherever it is held.
func (s Session) anywhere(action string) bool {
	_, ok := s.may(action, permission.Place{})
	return ok
}

// where lists the units in which the session holds a role granted the action.
func (s Session) where(action string, rel permission.Relation) []string {
	return s.permissions().Where(action, rel, s.capacities())
}

// member tells whether an action open to everybody is open to the session: it is
// to whoever holds a role in some unit.
func (s Session) member(action string) bool {
	return s.permissions().Everybody(action, s.capacities())
}

// reads tells whether the session may read a field at a place.
func (s Session) reads(field string, at permission.Place) bool {
	return s.permissions().Reads(field, s.capacities(), at)
}

// inState refuses an act for which the thing is in the wrong state, unless it is the
// repetition of an act that was done while the state was right.
func (a *App) inState(ctx context.Context, s Session, action, target string, at permission.Place, nonce string) error {
	if _, ok := s.may(action, at); ok {
		return nil
	}
	if nonce != "" {
		if _, err := a.Store.Attempt(ctx, formNonce(s, nonce)); err == nil {
			return nil
		}
	}
	code := envelope.CodeStage
	switch at.State {
	case stateHeld:
		code = envelope.CodeOnHold
	case stateClosed, stateArchived:
		code = envelope.CodeClosed
	}
	return a.refuse(ctx, s, action, target, fail(code, "not possible in the state "+at.State))
}

// actor is the session acting in one of its memberships.
func (s Session) actor(i int) act.Actor {
	m := s.Memberships[i]
	return act.Actor{User: s.User, OnBehalfOf: m.OnBehalfOf, Role: m.Role, Unit: m.Unit, SignedIn: s.SignedIn, Self: s.Self}
}

// party is a person behind an act: who does it, or for whom it is done. What bars
// one of them bars the act.
type party struct{ user, self string }

// behind lists who stands behind an act.
func (s Session) behind(actor act.Actor) []party {
	out := []party{{s.User, s.Self}}
	if actor.OnBehalfOf == "" {
		return out
	}
	for _, m := range s.Memberships {
		if m.OnBehalfOf == actor.OnBehalfOf {
			return append(out, party{m.OnBehalfOf, m.OnBehalfSelf})
		}
	}
	return append(out, party{user: actor.OnBehalfOf})
}

// States of a case beside its stages.
const (
	stateDraft    = "draft"
	stateReturned = "returned"
	stateHeld     = "held"
	stateClosed   = "closed"
	stateArchived = "archived"
)

// caseState is the state of a case as the table names it.
func caseState(p postgres.Proposal) string {
	switch {
	case p.Closed && p.ArchivedAt != nil:
		return stateArchived
	case p.Closed:
		return stateClosed
	case p.Number == 0:
		return stateDraft
	case p.Returned:
		return stateReturned
	case p.OnHold:
		return stateHeld
	}
	return p.Stage
}

// casePlace is where a case stands, with the units of its own route.
func casePlace(p postgres.Proposal) permission.Place {
	at := permission.Place{State: caseState(p), Units: map[permission.Relation][]permission.Spot{
		permission.Own: {{Unit: p.Unit}},
	}}
	if p.Route == nil || p.Number == 0 {
		return at
	}
	if p.WaitingUnit != nil {
		waits := permission.Spot{Unit: *p.WaitingUnit, Only: []proposal.Role{}}
		for _, r := range p.WaitingRoles {
			waits.Only = append(waits.Only, proposal.Role(r))
		}
		at.Units[permission.Awaited] = []permission.Spot{waits}
	}
	relations := map[proposal.StageKind]permission.Relation{
		proposal.StageReview: permission.Review, proposal.StageReception: permission.Standing,
		proposal.StageCouncil: permission.Council, proposal.StageIssuance: permission.Deciding, proposal.StageSubmission: permission.Deciding,
	}
	for i, st := range p.Route.Stages {
		spot := permission.Spot{Unit: st.Unit, Only: slices.Clone(st.Roles)}
		if rel, ok := relations[st.Kind]; ok {
			at.Units[rel] = append(at.Units[rel], spot)
		}
		if i <= p.StageIndex {
			at.Units[permission.Reached] = append(at.Units[permission.Reached], spot)
		}
		if i == p.StageIndex {
			at.Units[permission.Stage] = append(at.Units[permission.Stage], spot)
		}
	}
	return at
}

// sessionPlace is where a council's session stands.
func sessionPlace(row postgres.CouncilSession) permission.Place {
	return permission.At(permission.Council, row.Unit).In(row.Phase)
}

// decisionPlace is where a decision stands.
func decisionPlace(row postgres.Decision) permission.Place {
	return permission.Place{State: row.Phase, Units: map[permission.Relation][]permission.Spot{
		permission.Standing: {{Unit: row.Standing}}, permission.Deciding: {{Unit: row.Authority}},
	}}
}

// unitPlace is the place of an action on a unit: the unit itself and those above.
func (a *App) unitPlace(ctx context.Context, unit string) (permission.Place, error) {
	path, err := a.Store.UnitPath(ctx, unit)
	if err != nil {
		return permission.Place{}, internal("read unit path", err)
	}
	at := permission.At(permission.Unit, unit)
	for _, u := range path {
		if u.ID != unit {
			at.Units[permission.Above] = append(at.Units[permission.Above], permission.Spot{Unit: u.ID})
		}
	}
	return at, nil
}
