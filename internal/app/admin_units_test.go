package app

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/roster"
)

// districtAdmin is an administrator of Phụng Hiệp only.
func (w *world) districtAdmin() Session {
	w.t.Helper()
	v, err := w.SavePerson(context.Background(), w.as("hg-admin"), PersonInput{Person: roster.Person{
		Login: "ph-admin", FullName: "Mai Thị Giả Định", Seats: []roster.Seat{{Unit: "ubnd-phung-hiep", Role: "admin"}},
	}})
	require.NoError(w.t, err)
	require.NotEmpty(w.t, v.ID)
	return w.as("ph-admin")
}

func aSchool() roster.Unit {
	return roster.Unit{Name: "Trường Tiểu học Mẫu Mới", ShortName: "TH Mẫu Mới", Kind: "school", Level: "unit",
		Parent: proposer, Place: "Phụng Hiệp", Symbol: "THMM", Order: 90, ValidFrom: "2023-09-01"}
}

func TestAUnitIsMadeAndChangedOnRecord(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	admin := w.as("hg-admin")
	in := UnitInput{Unit: aSchool(), New: true, Nonce: "one"}
	made, err := w.SaveUnit(ctx, admin, in)
	require.NoError(t, err)
	assert.Equal(t, "th-mau-moi", made.ID)
	in.ID = made.ID
	again, err := w.SaveUnit(ctx, admin, in)
	require.NoError(t, err, "the same form sent twice makes one unit")
	assert.Len(t, again.Events, 1)

	change := UnitInput{Unit: made.Unit, Reason: "đổi tên"}
	change.Name = "Trường Tiểu học Mẫu Hai"
	got, err := w.SaveUnit(ctx, admin, change)
	require.NoError(t, err)
	require.Len(t, got.Events, 2)
	assert.Equal(t, "unit.edit", got.Events[0].Action)
	assert.Contains(t, string(got.Events[0].Before), "Mẫu Mới")
	assert.Contains(t, string(got.Events[0].After), "Mẫu Hai")
	assert.Equal(t, "Quách Văn Quản Trị", got.Events[0].Name)
}

func TestAWrongUnitIsRefusedFieldByField(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	for field, spoil := range map[string]func(*roster.Unit){
		"kind":    func(u *roster.Unit) { u.Kind = "nothing" },
		"parent":  func(u *roster.Unit) { u.Parent = "nowhere" },
		"council": func(u *roster.Unit) { u.Council = proposer },
		"name":    func(u *roster.Unit) { u.Name = "  " },
		"id":      func(u *roster.Unit) { u.ID = "Có Dấu" },
		"valid_to": func(u *roster.Unit) {
			u.ValidFrom, u.ValidTo = "2023-02-01", "2023-01-01"
		},
	} {
		u := aSchool()
		spoil(&u)
		_, err := w.SaveUnit(ctx, w.as("hg-admin"), UnitInput{Unit: u, New: true})
		e := asError(err)
		require.Equal(t, CodeInvalid, e.Code, field)
		assert.Equal(t, field, e.Fields[0].Field, "%v", e.Fields)
	}
	// A circle: the district under its own office.
	all, err := w.Units(ctx, w.as("hg-admin"))
	require.NoError(t, err)
	for _, u := range all {
		if u.ID == "ubnd-phung-hiep" {
			in := UnitInput{Unit: u.Unit}
			in.Parent = proposer
			_, err := w.SaveUnit(ctx, w.as("hg-admin"), in)
			assert.Equal(t, CodeInvalid, asError(err).Code)
		}
	}
}

func TestAnAdministratorReachesTheOwnTreeOnly(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	ph := w.districtAdmin()
	units, err := w.Units(ctx, ph)
	require.NoError(t, err)
	require.NotEmpty(t, units)
	assert.Equal(t, "ubnd-phung-hiep", units[0].ID)
	for _, u := range units {
		assert.NotContains(t, u.ID, "vi-thuy")
	}
	_, err = w.UnitDetail(ctx, ph, "phong-gddt-vi-thuy")
	assert.Equal(t, CodeNotFound, asError(err).Code)
	people, err := w.People(ctx, ph, PeopleQuery{})
	require.NoError(t, err)
	for _, p := range people {
		assert.NotContains(t, p.Login, "vt-")
		assert.NotEqual(t, "hg-admin", p.Login)
	}
	_, err = w.Person(ctx, ph, w.users["vt-clerk"])
	assert.Equal(t, CodeNotFound, asError(err).Code)

	u := aSchool()
	u.Parent = "phong-gddt-vi-thuy"
	_, err = w.SaveUnit(ctx, ph, UnitInput{Unit: u, New: true})
	assert.Equal(t, CodeForbidden, asError(err).Code)
	_, err = w.SavePerson(ctx, ph, PersonInput{Person: roster.Person{Login: "x.y", FullName: "X", Seats: []roster.Seat{{Unit: authority, Role: "signer"}}}})
	assert.Equal(t, CodeForbidden, asError(err).Code)
	_, err = w.GiveRole(ctx, ph, SeatInput{Person: w.users["pgd-clerk"], Seat: roster.Seat{Unit: authority, Role: "admin"}})
	assert.Equal(t, CodeForbidden, asError(err).Code)
	events, err := w.AdminEvents(ctx, ph, EventsQuery{})
	require.NoError(t, err)
	assert.Empty(t, events, "another administrator's acts are not shown below")

	for _, login := range []string{"pgd-clerk", "hg-chair"} {
		_, err = w.Units(ctx, w.as(login))
		assert.Equal(t, CodeForbidden, asError(err).Code, login)
	}
	_, err = w.Units(ctx, w.as("hg-auditor"))
	require.NoError(t, err, "auditors look")
	_, err = w.SaveUnit(ctx, w.as("hg-auditor"), UnitInput{Unit: aSchool(), New: true})
	assert.Equal(t, CodeForbidden, asError(err).Code, "and change nothing")
}

// What a merge moves, and what forbids it.
func TestUnitsMergeAndDissolve(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	admin := w.as("hg-admin")
	const a, b = "phong-gddt-phung-hiep", "phong-gddt-vi-thuy"
	for name, c := range map[string]struct {
		in   EndInput
		code string
		word string
	}{
		"not itself":       {EndInput{Units: []string{a}, Successor: a, On: "2023-12-01", Reason: "x", MoveChildren: true, MoveLinks: true}, CodeNotReady, "succeed itself"},
		"children stay":    {EndInput{Units: []string{"ubnd-phung-hiep"}, Successor: "ubnd-vi-thuy", On: "2023-12-01", Reason: "x", MoveLinks: true}, CodeNotReady, "stand below"},
		"acts for others":  {EndInput{Units: []string{standing}, On: "2023-12-01", Reason: "x"}, CodeNotReady, "act through"},
		"no reason":        {EndInput{Units: []string{a}, Successor: b, On: "2023-12-01"}, CodeInvalid, ""},
		"no successor":     {EndInput{Units: []string{a}, Successor: "nowhere", On: "2023-12-01", Reason: "x"}, CodeInvalid, ""},
		"no such unit":     {EndInput{Units: []string{"nowhere"}, On: "2023-12-01", Reason: "x"}, CodeNotFound, ""},
		"day is not a day": {EndInput{Units: []string{a}, Successor: b, On: "01/12/2023", Reason: "x"}, CodeInvalid, ""},
	} {
		_, err := w.EndUnits(ctx, admin, c.in)
		e := asError(err)
		require.Equal(t, c.code, e.Code, "%s: %v", name, err)
		assert.Contains(t, e.En, c.word, name)
	}
	in := EndInput{Units: []string{a}, Successor: b, On: "2023-12-01", MoveChildren: true, MoveLinks: true, CarryPeople: true, Reason: "sáp nhập", Nonce: "m"}
	plan, err := w.PlanEnd(ctx, admin, in)
	require.NoError(t, err)
	require.Empty(t, plan.Blocks)
	assert.Equal(t, "2023-11-30", plan.LastDay)
	assert.NotEmpty(t, plan.Units[0].People)
	before, err := w.UnitDetail(ctx, admin, a)
	require.NoError(t, err)
	assert.Empty(t, before.ValidTo, "a plan writes nothing")
	for range 2 { // the form is sent twice
		_, err = w.EndUnits(ctx, admin, in)
		require.NoError(t, err)
	}
	after, err := w.UnitDetail(ctx, admin, a)
	require.NoError(t, err)
	assert.Equal(t, "2023-11-30", after.ValidTo)
	assert.Equal(t, []string{b}, after.Successors)
	assert.Len(t, after.Events, 1)
	head, err := w.Person(ctx, admin, w.users["pgd-head"])
	require.NoError(t, err)
	assert.Contains(t, head.Seats, roster.Seat{Unit: a, Role: "unit_head", Title: head.Seats[0].Title, To: "2023-11-30"})
	assert.Contains(t, head.Seats, roster.Seat{Unit: b, Role: "unit_head", Title: head.Seats[0].Title, From: "2023-12-01"})
}

func TestOpenCasesOfAUnitThatEndedGoToItsSuccessor(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	admin := w.as("hg-admin")
	const from, to = "phong-gddt-phung-hiep", "phong-gddt-vi-thuy"
	p := w.sent(t)["CSTDT"]
	_, err := w.Decide(ctx, w.as("ph-reviewer"), DecideInput{Target: Target{Proposal: p.ID}, Verdict: "return", Reason: "bổ sung"})
	require.NoError(t, err)
	_, err = w.HandOver(ctx, admin, HandOverInput{Unit: from, To: to, Reason: "sáp nhập"})
	assert.Equal(t, CodeNotReady, asError(err).Code, "a unit that still works hands nothing over")
	_, err = w.EndUnits(ctx, admin, EndInput{Units: []string{from}, On: "2023-11-20", Reason: "x"})
	assert.Equal(t, CodeNotReady, asError(err).Code, "open cases need a successor")
	_, err = w.EndUnits(ctx, admin, EndInput{Units: []string{from}, Successor: to, On: "2023-11-20", MoveChildren: true, MoveLinks: true, Reason: "sáp nhập"})
	require.NoError(t, err)
	w.Today = func() law.Date { return law.MustDate("2023-11-20") }
	got, err := w.HandOver(ctx, admin, HandOverInput{Unit: from, To: to, Reason: "sáp nhập", Nonce: "h"})
	require.NoError(t, err)
	require.NotEmpty(t, got.Cases)
	for _, c := range got.Cases {
		assert.Nil(t, c.Error, c.Ref)
	}
	open, err := w.Store.OpenCasesOf(ctx, from, 10)
	require.NoError(t, err)
	assert.Empty(t, open)
	_, err = w.Resubmit(ctx, w.as("vt-head"), ResubmitInput{Target: Target{Proposal: p.ID}})
	require.NoError(t, err)
	detail, err := w.Proposal(ctx, w.as("hg-auditor"), p.ID, false)
	require.NoError(t, err)
	assert.Equal(t, to, detail.Unit, "the case has gone on")
}

func TestRolesAreGivenByOthersAndTheLastAdminStays(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	admin := w.as("hg-admin")
	clerk := w.users["pgd-clerk"]
	got, err := w.GiveRole(ctx, admin, SeatInput{Person: clerk, Seat: roster.Seat{Unit: theCouncil, Role: "secretary", Title: "Thư ký", From: "2023-12-01"}})
	require.NoError(t, err)
	assert.Contains(t, got.Seats, roster.Seat{Unit: theCouncil, Role: "secretary", Title: "Thư ký", From: "2023-12-01"})
	assert.False(t, w.as("pgd-clerk").Has("secretary"), "not before its first day")
	_, err = w.EndRole(ctx, admin, EndRoleInput{Person: clerk, Unit: proposer, Role: "clerk"})
	require.NoError(t, err)
	assert.False(t, w.as("pgd-clerk").Has("clerk"))
	_, err = w.EndRole(ctx, admin, EndRoleInput{Person: clerk, Unit: proposer, Role: "signer"})
	assert.Equal(t, CodeNotFound, asError(err).Code)

	for name, try := range map[string]func() error{
		"give": func() error {
			_, err := w.GiveRole(ctx, admin, SeatInput{Person: admin.User, Seat: roster.Seat{Unit: authority, Role: "signer"}})
			return err
		},
		"end": func() error {
			_, err := w.EndRole(ctx, admin, EndRoleInput{Person: admin.User, Unit: authority, Role: "admin"})
			return err
		},
		"deactivate": func() error { _, err := w.SetActive(ctx, admin, AccessInput{Person: admin.User}, false); return err },
	} {
		assert.Equal(t, CodeForbidden, asError(try()).Code, name)
	}
	second, err := w.SavePerson(ctx, admin, PersonInput{Person: roster.Person{Login: "admin-hai", FullName: "Lê Thị Minh Họa", Seats: []roster.Seat{{Unit: authority, Role: "admin"}}}})
	require.NoError(t, err)
	_, err = w.SetActive(ctx, w.as("admin-hai"), AccessInput{Person: admin.User}, false)
	require.NoError(t, err)
	third, err := w.SavePerson(ctx, w.as("admin-hai"), PersonInput{Person: roster.Person{Login: "ph-admin", FullName: "A", Seats: []roster.Seat{{Unit: "ubnd-phung-hiep", Role: "admin"}}}})
	require.NoError(t, err)
	_ = third
	_, err = w.Store.SetActive(ctx, postgres.Doing{Actor: "x", Action: "user.deactivate", Target: second.ID}, false)
	assert.ErrorIs(t, err, postgres.ErrLastAdmin)
	refusals, err := w.Refusals(ctx, w.as("hg-auditor"), "", 50)
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, r := range refusals {
		seen[r.Action] = true
	}
	assert.True(t, seen["user.role"] && seen["user.role-end"] && seen["user.deactivate"], "%v", seen)
	events, err := w.AdminEvents(ctx, w.as("hg-auditor"), EventsQuery{Action: "user."})
	require.NoError(t, err)
	assert.NotEmpty(t, events)
	for _, e := range events {
		assert.NotContains(t, string(e.After), "hash")
	}
}

func TestOutIsOutAtOnce(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	hash := []byte("0123456789abcdef0123456789abcdef")
	require.NoError(t, w.Store.AddToken(ctx, "6a2b6d0e-6d67-4d36-9a6e-0d8f3f8b0001", w.users["pgd-clerk"], "cli", hash, time2099()))
	_, err := w.Store.UserByToken(ctx, hash)
	require.NoError(t, err)
	_, err = w.SetActive(ctx, w.as("hg-admin"), AccessInput{Person: w.users["pgd-clerk"], Reason: "chuyển công tác"}, false)
	require.NoError(t, err)
	_, err = w.Store.UserByToken(ctx, hash)
	require.ErrorIs(t, err, postgres.ErrNotFound)
	_, err = w.SetActive(ctx, w.as("hg-admin"), AccessInput{Person: w.users["pgd-clerk"]}, true)
	require.NoError(t, err)
	_, err = w.Store.UserByToken(ctx, hash)
	require.ErrorIs(t, err, postgres.ErrNotFound, "an old token does not come back to life")
}

func TestAProvinceIsLoadedFromAWorkbook(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	admin := w.as("hg-admin")
	var out bytes.Buffer
	require.NoError(t, w.ExportRoster(ctx, admin, &out))
	p, err := w.PreviewRoster(ctx, admin, out.Bytes())
	require.NoError(t, err)
	assert.Zero(t, p.Counts.Errors+p.Counts.New+p.Counts.Changed, "what was exported reads back as it is: %+v", p.Counts)

	book := provinceBook(t, 100)
	p, err = w.AcceptRoster(ctx, admin, book, RosterInput{Nonce: "r"})
	require.NoError(t, err)
	assert.Equal(t, 500, p.Counts.New, "100 communes with council and standing body, two people each")
	again, err := w.PreviewRoster(ctx, admin, book)
	require.NoError(t, err)
	assert.Zero(t, again.Counts.New)
	unit, err := w.Store.UnitByID(ctx, "xa-mau-7")
	require.NoError(t, err)
	require.NotNil(t, unit.Council)
	assert.Equal(t, "xa-mau-7", *unit.Authority)

	ph := w.districtAdmin()
	p, err = w.PreviewRoster(ctx, ph, book)
	require.NoError(t, err)
	assert.Equal(t, p.Counts.Rows, p.Counts.Errors, "nothing of it is within the district's reach")
	_, err = w.AcceptRoster(ctx, ph, book, RosterInput{})
	assert.Equal(t, CodeInvalid, asError(err).Code)
}
