package app

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/roster"
)

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
	require.NoError(t, w.Store.AddScopedToken(ctx, postgres.NewToken{
		ID: "6a2b6d0e-6d67-4d36-9a6e-0d8f3f8b0001", User: w.users["pgd-clerk"], Name: "cli", Hash: hash,
		Scopes: []string{"all"}, Expires: time2099(), MadeBy: postgres.MadeByOperator,
	}))
	_, err := w.Store.OwnerOfToken(ctx, hash)
	require.NoError(t, err)
	_, err = w.SetActive(ctx, w.as("hg-admin"), AccessInput{Person: w.users["pgd-clerk"], Reason: "chuyển công tác"}, false)
	require.NoError(t, err)
	_, err = w.Store.OwnerOfToken(ctx, hash)
	require.ErrorIs(t, err, postgres.ErrNotFound)
	_, err = w.SetActive(ctx, w.as("hg-admin"), AccessInput{Person: w.users["pgd-clerk"]}, true)
	require.NoError(t, err)
	_, err = w.Store.OwnerOfToken(ctx, hash)
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
