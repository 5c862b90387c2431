package app

import (
	"context"
	"errors"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/roster"
)

// Rows and words of the administration as the doors get them.
type (
	AdminEvent = postgres.AdminEvent
	UnitRow    = postgres.UnitRow
	PersonRow  = postgres.PersonRow
	Unit       = roster.Unit
	Person     = roster.Person
	Seat       = roster.Seat
	Word       = roster.Word
	Problem    = roster.Problem
)

// reach is how far a session administers: a subtree of units, or everything.
type reach struct {
	all   bool
	units map[string]bool
	tree  roster.Tree
	rows  []postgres.UnitRow
}

// covers tells whether a unit is within reach.
func (r reach) covers(unit string) bool { return r.all || r.units[unit] }

// reach finds what the session administers: an admin of a unit without a parent
// administers the installation, of any other unit what stands below it. Auditors may
// look everywhere where look is set.
func (a *App) reach(ctx context.Context, s Session, look bool, action, target string) (reach, error) {
	admins := s.where("administer", permission.Unit)
	auditor := look && s.anywhere("administer.look")
	if len(admins) == 0 && !auditor {
		return reach{}, a.refuse(ctx, s, action, target, fail(CodeForbidden, "administrators do this"))
	}
	rows, err := a.Store.AllUnits(ctx)
	if err != nil {
		return reach{}, internal("read units", err)
	}
	r := reach{all: auditor, units: map[string]bool{}, tree: roster.Tree{}, rows: rows}
	for _, u := range rows {
		r.tree[u.ID] = u.Unit
	}
	for _, id := range admins {
		if u, ok := r.tree[id]; ok && u.Parent == "" {
			r.all = true
		}
		for below := range r.tree.Below(id) {
			r.units[below] = true
		}
	}
	return r, nil
}

// Administers tells whether the session administers anything, and whether the whole
// installation: for menus; every function asks again for itself.
func (a *App) Administers(ctx context.Context, s Session) (some, whole bool) {
	if len(s.where("administer", permission.Unit)) == 0 {
		return false, false
	}
	return true, a.top(ctx, s)
}

// top tells whether the session is an admin of a unit without a parent.
func (a *App) top(ctx context.Context, s Session) bool {
	for _, id := range s.where("administer.installation", permission.Unit) {
		if u, err := a.Store.UnitByID(ctx, id); err == nil && u.Parent == nil {
			return true
		}
	}
	return false
}

// installation asks for an admin of the whole installation. Auditors may look where
// look is set; they change nothing.
func (a *App) installation(ctx context.Context, s Session, look bool, action, target string) error {
	if look && s.anywhere("administer.look") || a.top(ctx, s) {
		return nil
	}
	return a.refuse(ctx, s, action, target, fail(CodeForbidden, "administrators of the installation do this"))
}

// doing names a change for the record.
func doing(s Session, action, target, reason, nonce string) postgres.Doing {
	return postgres.Doing{Actor: s.User, Action: action, Target: target, Reason: reason, Nonce: formNonce(s, nonce)}
}

// changed turns what the store says of a change into words.
func changed(what string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, postgres.ErrLastAdmin):
		return readable(CodeNotReady, "Phải còn ít nhất một quản trị toàn hệ thống đang hoạt động; hãy giao vai trò quản trị cho người khác trước.",
			"At least one active administrator of the installation must remain; give somebody else that role first.")
	case postgres.IsUnique(err):
		return &Error{Code: CodeDuplicate}
	}
	return internal(what, err)
}

// wrong turns problems of the roster into an error with its fields.
func wrong(problems []roster.Problem) error {
	if len(problems) == 0 {
		return nil
	}
	e := &Error{Code: CodeInvalid}
	for _, p := range problems {
		e.Fields = append(e.Fields, FieldError{Field: p.Field, Rule: "value", Vi: p.VI, En: p.EN})
	}
	return e
}

// EventsQuery narrows the record of administration.
type EventsQuery struct {
	Target string
	Actor  string
	Action string // its begin: "user."
	Limit  int
	Offset int
}

// AdminEvents lists what was changed in the administration, newest first: for
// administrators of the installation and auditors; another administrator reads the
// own acts.
func (a *App) AdminEvents(ctx context.Context, s Session, q EventsQuery) ([]AdminEvent, error) {
	if len(s.where("administer", permission.Unit)) == 0 && !s.anywhere("administer.look") {
		return nil, a.refuse(ctx, s, "admin-events", q.Target, fail(CodeForbidden, "administrators and auditors read this"))
	}
	if !s.anywhere("administer.look") && !a.top(ctx, s) {
		q.Actor = s.User
	}
	if q.Limit <= 0 || q.Limit > 500 {
		q.Limit = 100
	}
	rows, err := a.Store.AdminEvents(ctx, postgres.EventQuery(q))
	if err != nil {
		return nil, internal("read events", err)
	}
	return rows, nil
}
