package app

import (
	"context"

	"vinhdanh/internal/act"
	"vinhdanh/internal/identity"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/proposal"
)

// permissions is the table that every question of permission is looked up in.
func (a *App) permissions() *permission.Matrix {
	if a.Permissions != nil {
		return a.Permissions
	}
	return identity.Permissions()
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
func (a *App) may(s Session, action string, at permission.Place) (act.Actor, bool) {
	i, ok := a.permissions().Pick(action, s.capacities(), at)
	if !ok {
		return act.Actor{}, false
	}
	return s.actor(i), true
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

// unitPlace is the place of an action on a unit: the unit itself and those above.
func (a *App) unitPlace(ctx context.Context, unit string) (permission.Place, error) {
	path, err := a.Store.UnitPath(ctx, unit)
	if err != nil {
		return permission.Place{}, internal("read unit path", err)
	}
	at := permission.Place{Units: map[permission.Relation][]string{permission.Unit: {unit}}}
	for _, u := range path {
		if u.ID != unit {
			at.Units[permission.Above] = append(at.Units[permission.Above], u.ID)
		}
	}
	return at, nil
}
