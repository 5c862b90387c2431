package app

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
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
