package app

import (
	"context"
	"slices"
	"time"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// EndDelegationInput ends a delegation before its last day.
type EndDelegationInput struct {
	Reason string `json:"reason,omitempty" validate:"max=400"`
}

// EndDelegation ends a delegation at once: its holder takes it back, the delegate
// hands it back, or the unit's secretary or an administrator ends it. Acts done
// until then stay as they are. Ending it again changes nothing.
func (a *App) EndDelegation(ctx context.Context, s Session, id string, in EndDelegationInput) (DelegationRow, error) {
	if err := a.check(in); err != nil {
		return DelegationRow{}, err
	}
	row, err := a.Store.DelegationByID(ctx, id)
	if err != nil {
		return row, internal("read the delegation", err)
	}
	if s.User != row.Delegator && s.User != row.Delegate {
		at, err := a.unitPlace(ctx, row.Unit)
		if err != nil {
			return DelegationRow{}, err
		}
		if _, ok := s.may("delegation.set", at); !ok {
			return DelegationRow{}, a.refuse(ctx, s, "end-delegation", id, &Error{Code: CodeNotFound})
		}
	}
	if row.EndedAt == nil {
		if err := a.Store.EndDelegation(ctx, id, s.User, in.Reason); err != nil {
			return DelegationRow{}, internal("end the delegation", err)
		}
	}
	row, err = a.Store.DelegationByID(ctx, id)
	if err != nil {
		return row, internal("read the delegation", err)
	}
	return row, nil
}

// Delegations lists the delegations that the session may see: its own, those of
// its units for their secretary, those of units below for an administrator, all
// for an auditor.
func (a *App) Delegations(ctx context.Context, s Session, limit, offset int) ([]DelegationRow, error) {
	sc := postgres.DelegationScope{
		Units: s.where("delegation.set", permission.Unit), Above: s.where("delegation.set", permission.Above),
		All: s.anywhere("delegation.audit"),
	}
	if s.member("delegation.read") {
		sc.User = s.User
	}
	out, err := a.Store.DelegationsIn(ctx, sc, pageSize(limit), max(offset, 0))
	if err != nil {
		return nil, internal("list delegations", err)
	}
	return out, nil
}

// DelegationChoices is what a form needs: whose roles in which units may be
// delegated, and to whom.
type DelegationChoices struct {
	Units   []UnitChoice      `json:"units"`   // in which the reader may set one
	Holders []DelegableRole   `json:"holders"` // of the chosen unit
	People  []postgres.Holder `json:"people"`  // each once; delegates of the chosen unit
}

// UnitChoice is a unit by id and name.
type UnitChoice struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// DelegableRole is somebody's role and whether it may be delegated today.
type DelegableRole struct {
	postgres.Holder
	May bool     `json:"may"`
	Why law.Text `json:"why,omitzero"` // why not
}

// DelegationChoices lists the choices for a unit; with no unit named, for the only
// one there is to choose.
func (a *App) DelegationChoices(ctx context.Context, s Session, unit string) (DelegationChoices, error) {
	out := DelegationChoices{Units: []UnitChoice{}, Holders: []DelegableRole{}, People: []postgres.Holder{}}
	holders, err := a.delegators(ctx, s)
	if err != nil {
		return out, err
	}
	for _, h := range holders {
		if c := (UnitChoice{h.Unit, h.UnitName}); !slices.Contains(out.Units, c) {
			out.Units = append(out.Units, c)
		}
	}
	if unit == "" && len(out.Units) == 1 {
		unit = out.Units[0].ID
	}
	if unit == "" {
		return out, nil
	}
	for _, h := range holders {
		if h.Unit != unit {
			continue
		}
		r := DelegableRole{Holder: h, May: true}
		if err := a.delegable(proposal.Role(h.Role), a.Today()); err != nil {
			r.May, r.Why = false, law.Text{VI: err.Vi, EN: err.En}
		}
		out.Holders = append(out.Holders, r)
	}
	if len(out.Holders) == 0 {
		return out, &Error{Code: CodeNotFound}
	}
	around, err := a.Store.HoldersAround(ctx, unit, a.Today().String())
	if err != nil {
		return out, internal("read the people", err)
	}
	for _, h := range around {
		if !slices.ContainsFunc(out.People, func(p postgres.Holder) bool { return p.User == h.User }) {
			out.People = append(out.People, h)
		}
	}
	return out, nil
}

// delegators lists whose roles the session may delegate: its own, and those of the
// people of the units that it may set delegations for.
func (a *App) delegators(ctx context.Context, s Session) ([]postgres.Holder, error) {
	today := a.Today().String()
	own, err := a.Store.HoldersIn(ctx, s.units(), today)
	if err != nil {
		return nil, internal("read one's own roles", err)
	}
	own = slices.DeleteFunc(own, func(h postgres.Holder) bool { return h.User != s.User })
	of, err := a.Store.HoldersIn(ctx, s.where("delegation.set", permission.Unit), today)
	if err != nil {
		return nil, internal("read the unit's roles", err)
	}
	below, err := a.Store.HoldersBelow(ctx, s.where("delegation.set", permission.Above), today)
	if err != nil {
		return nil, internal("read the roles of units below", err)
	}
	out := own
	for _, h := range append(of, below...) {
		if !slices.Contains(out, h) {
			out = append(out, h)
		}
	}
	return out, nil
}

// inForce leaves out delegated roles that may not be delegated (any more).
func (a *App) inForce(ms []postgres.Membership) []postgres.Membership {
	return slices.DeleteFunc(ms, func(m postgres.Membership) bool {
		return m.OnBehalfOf != "" && a.delegable(proposal.Role(m.Role), a.Today()) != nil
	})
}

// ActingFor is somebody for whom the session may act today.
type ActingFor struct {
	Name     string
	UnitName string
	Roles    []string
	Until    *time.Time // last day
}

// ActingFor lists for whom the session may act, one entry per person and unit.
func (s Session) ActingFor() []ActingFor {
	var out []ActingFor
	at := map[[2]string]int{}
	for _, m := range s.Memberships {
		if m.OnBehalfOf == "" {
			continue
		}
		key := [2]string{m.OnBehalfOf, m.Unit}
		i, seen := at[key]
		if !seen {
			i = len(out)
			at[key] = i
			out = append(out, ActingFor{Name: m.OnBehalfName, UnitName: m.UnitName, Until: m.Until})
		}
		out[i].Roles = append(out[i].Roles, m.Role)
	}
	return out
}
