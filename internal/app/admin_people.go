package app

import (
	"context"
	"slices"
	"strings"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/roster"
	"vinhdanh/internal/vietnamese"
)

// PeopleQuery narrows the list of people; empty values do not.
type PeopleQuery struct {
	Text   string // in login and name, without regard to accents
	Unit   string
	Role   string
	Active *bool
	Limit  int
	Offset int
}

// People lists the people within the session's reach: those with a role in its units,
// and those without any role yet.
func (a *App) People(ctx context.Context, s Session, q PeopleQuery) ([]PersonRow, error) {
	r, err := a.reach(ctx, s, true, "people", q.Unit)
	if err != nil {
		return nil, err
	}
	rows, err := a.peopleIn(ctx, r, postgres.PersonQuery{Unit: q.Unit, Role: q.Role, Active: q.Active})
	if err != nil {
		return nil, err
	}
	if want := vietnamese.Fold(q.Text); want != "" {
		rows = slices.DeleteFunc(rows, func(p PersonRow) bool {
			return !strings.Contains(p.Login, want) && !strings.Contains(vietnamese.Fold(p.FullName), want)
		})
	}
	if q.Limit <= 0 || q.Limit > 1000 {
		q.Limit = 200
	}
	from := min(max(q.Offset, 0), len(rows))
	return append([]PersonRow{}, rows[from:min(from+q.Limit, len(rows))]...), nil
}

func (a *App) peopleIn(ctx context.Context, r reach, q postgres.PersonQuery) ([]PersonRow, error) {
	if !r.all {
		q.Units = []string{}
		for id := range r.units {
			q.Units = append(q.Units, id)
		}
	}
	rows, err := a.Store.FindPeople(ctx, q)
	if err != nil {
		return nil, internal("read people", err)
	}
	for i := range rows {
		rows[i].Seats = r.seen(rows[i].Seats)
	}
	return rows, nil
}

// seen keeps the roles within reach: what somebody is elsewhere is not shown.
func (r reach) seen(seats []roster.Seat) []roster.Seat {
	out := []roster.Seat{}
	for _, seat := range seats {
		if r.covers(seat.Unit) {
			out = append(out, seat)
		}
	}
	return out
}

// person reads somebody within reach; whoever has roles elsewhere only does not exist
// for the session.
func (a *App) person(ctx context.Context, r reach, id string) (PersonRow, error) {
	p, err := a.Store.PersonByID(ctx, id)
	if err != nil {
		return p, internal("read person", err)
	}
	all := len(p.Seats)
	if p.Seats = r.seen(p.Seats); all > 0 && len(p.Seats) == 0 {
		return PersonRow{}, &Error{Code: CodeNotFound}
	}
	return p, nil
}

// whole tells whether all roles of a person are within reach: who has others is
// changed as a person (name, access) only by an administrator above both.
func (a *App) whole(ctx context.Context, s Session, r reach, action, id string) error {
	p, err := a.Store.PersonByID(ctx, id)
	if err != nil {
		return internal("read person", err)
	}
	if len(r.seen(p.Seats)) == len(p.Seats) {
		return nil
	}
	return a.refuse(ctx, s, action, id, readable(CodeForbidden,
		"Người này còn vai trò ở đơn vị ngoài phạm vi quản trị của bạn; hãy nhờ quản trị cấp trên.",
		"this person also has roles outside your reach; ask the administrator above"))
}

// PersonDetail is a person with what was changed.
type PersonDetail struct {
	PersonRow
	Self   bool         `json:"self"` // the reader: own roles are changed by another administrator
	Events []AdminEvent `json:"events"`
}

// Person shows one person within reach.
func (a *App) Person(ctx context.Context, s Session, id string) (PersonDetail, error) {
	r, err := a.reach(ctx, s, true, "people", id)
	if err != nil {
		return PersonDetail{}, err
	}
	p, err := a.person(ctx, r, id)
	if err != nil {
		return PersonDetail{}, err
	}
	out := PersonDetail{PersonRow: p, Self: p.ID == s.User, Events: []AdminEvent{}}
	if r.all { // an event shows the whole person
		if out.Events, err = a.Store.AdminEvents(ctx, postgres.EventQuery{Target: id, Limit: 50}); err != nil {
			return out, internal("read events", err)
		}
	}
	return out, nil
}

// PersonInput makes a person, with roles, or changes name, mail and language. Roles of
// somebody who exists are given and ended by their own functions.
type PersonInput struct {
	ID string `json:"-"` // empty: a new person
	roster.Person
	Reason string `json:"reason,omitempty" validate:"max=1000"`
	Nonce  string `json:"-"`
}

// SavePerson makes or changes a person.
func (a *App) SavePerson(ctx context.Context, s Session, in PersonInput) (PersonDetail, error) {
	in.Login, in.FullName = strings.ToLower(strings.TrimSpace(in.Login)), vietnamese.NFC(in.FullName)
	if err := a.check(in); err != nil {
		return PersonDetail{}, err
	}
	action := "user.edit"
	if in.ID == "" {
		action = "user.create"
	} else {
		in.Seats = nil
	}
	r, err := a.reach(ctx, s, false, action, in.ID)
	if err != nil {
		return PersonDetail{}, err
	}
	if err := wrong(r.tree.CheckPerson(in.Person)); err != nil {
		return PersonDetail{}, err
	}
	if err := a.mayWrite(ctx, s, r, action, in); err != nil {
		return PersonDetail{}, err
	}
	id, _, err := a.Store.PutPerson(ctx, doing(s, action, in.ID, in.Reason, in.Nonce), in.ID, in.Person)
	if err != nil {
		return PersonDetail{}, changed("save person", err)
	}
	return a.Person(ctx, s, id)
}

func (a *App) mayWrite(ctx context.Context, s Session, r reach, action string, in PersonInput) error {
	for _, seat := range in.Seats {
		if !r.covers(seat.Unit) {
			return a.refuse(ctx, s, action, in.ID, fail(CodeForbidden, "a role outside the administrator's reach"))
		}
	}
	if in.ID != "" {
		if _, err := a.person(ctx, r, in.ID); err != nil {
			return err
		}
		return a.whole(ctx, s, r, action, in.ID)
	}
	if _, err := a.Store.UserByLogin(ctx, in.Login); err == nil {
		if did, err := a.again(ctx, s, in.Nonce); err == nil && did {
			return nil
		}
		return &Error{Code: CodeDuplicate, Fields: []FieldError{{Field: "login", Rule: "value", Vi: "Tên đăng nhập này đã có người dùng.", En: "This login is taken."}}}
	}
	return nil
}

// SeatInput gives a role in a unit, or changes its title and dates.
type SeatInput struct {
	Person string `json:"-"`
	roster.Seat
	Reason string `json:"reason,omitempty" validate:"max=1000"`
	Nonce  string `json:"-"`
}

// GiveRole gives somebody a role. Nobody changes the own roles.
func (a *App) GiveRole(ctx context.Context, s Session, in SeatInput) (PersonDetail, error) {
	in.Title = vietnamese.NFC(in.Title)
	if err := a.check(in); err != nil {
		return PersonDetail{}, err
	}
	r, err := a.others(ctx, s, "user.role", in.Person)
	if err != nil {
		return PersonDetail{}, err
	}
	if err := wrong(r.tree.CheckSeat(in.Seat)); err != nil {
		return PersonDetail{}, err
	}
	if !r.covers(in.Unit) {
		return PersonDetail{}, a.refuse(ctx, s, "user.role", in.Person, fail(CodeForbidden, "a role outside the administrator's reach"))
	}
	if _, err := a.Store.PutSeat(ctx, doing(s, "user.role", in.Person, in.Reason, in.Nonce), in.Seat); err != nil {
		return PersonDetail{}, changed("give role", err)
	}
	return a.Person(ctx, s, in.Person)
}

// others finds the reach for a change of somebody else within it.
func (a *App) others(ctx context.Context, s Session, action, person string) (reach, error) {
	r, err := a.reach(ctx, s, false, action, person)
	if err != nil {
		return r, err
	}
	if person == s.User {
		return r, a.refuse(ctx, s, action, person, readable(CodeForbidden,
			"Không ai tự thay đổi vai trò hoặc quyền truy cập của chính mình; hãy nhờ quản trị khác.",
			"nobody changes the own roles or access; ask another administrator"))
	}
	_, err = a.person(ctx, r, person)
	return r, err
}

// EndRoleInput ends a role after its last day; empty means yesterday: at once.
type EndRoleInput struct {
	Person string `json:"-"`
	Unit   string `json:"unit" validate:"required,max=80"`
	Role   string `json:"role" validate:"required,max=30"`
	LastOn string `json:"last_on,omitempty" validate:"omitempty,datetime=2006-01-02"`
	Reason string `json:"reason,omitempty" validate:"max=1000"`
	Nonce  string `json:"-"`
}

// EndRole ends somebody's role; the role stays on record with its dates.
func (a *App) EndRole(ctx context.Context, s Session, in EndRoleInput) (PersonDetail, error) {
	if err := a.check(in); err != nil {
		return PersonDetail{}, err
	}
	r, err := a.others(ctx, s, "user.role-end", in.Person)
	if err != nil {
		return PersonDetail{}, err
	}
	if !r.covers(in.Unit) {
		return PersonDetail{}, &Error{Code: CodeNotFound}
	}
	if in.LastOn == "" {
		in.LastOn = a.Today().AddDays(-1).String()
	}
	d := doing(s, "user.role-end", in.Person, in.Reason, in.Nonce)
	if _, err := a.Store.CloseSeat(ctx, d, in.Unit, in.Role, in.LastOn); err != nil {
		return PersonDetail{}, changed("end role", err)
	}
	return a.Person(ctx, s, in.Person)
}
