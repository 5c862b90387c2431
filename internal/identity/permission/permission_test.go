package permission_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/identity"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/proposal"
)

func TestTheBuiltInTableLoads(t *testing.T) {
	t.Parallel()
	require.NotPanics(t, func() { identity.Permissions() })
	assert.Len(t, identity.Permissions().Hash(), 64)
	assert.Len(t, identity.Permissions().Roles, 12)
}

const small = `
kinds: [{name: case, names: {vi: a, en: a}, states: [{name: draft, names: {vi: a, en: a}}]}]
roles: [{code: clerk, names: {vi: a, en: a}, delegable: "yes"}]
relations: [{name: own, text: {vi: a, en: a}}]
actions:
  - {name: edit, text: {vi: a, en: a}, on: case, do: [Edit], grants: [{roles: [clerk], at: own, states: [draft]}]}
fields: []
open: []
`

func TestLoadingIsStrict(t *testing.T) {
	t.Parallel()
	_, err := permission.Load([]byte(small))
	require.NoError(t, err)
	for old, wrong := range map[string]string{
		"roles: [clerk]":         "roles: [boss]",
		"at: own, states":        "at: moon, states",
		"states: [draft]}":       "states: [lost]}",
		"do: [Edit], ":           "",
		"grants: [{":             "grant: [{",
		"on: case, do":           "on: moon, do",
		`delegable: "yes"`:       "delegable: perhaps",
		"{name: edit, text: {vi": "{name: edit, text: {v",
	} {
		_, err := permission.Load([]byte(strings.Replace(small, old, wrong, 1)))
		assert.Error(t, err, "%s → %s", old, wrong)
	}
}

func TestWhatNoGrantAllowsIsRefused(t *testing.T) {
	t.Parallel()
	m, err := permission.Load([]byte(small))
	require.NoError(t, err)
	clerk := permission.Capacity{Unit: "u", Role: proposal.RoleClerk}
	own := permission.At(permission.Own, "u")
	for _, c := range []struct {
		name   string
		action string
		held   []permission.Capacity
		at     permission.Place
		want   bool
	}{
		{"granted", "edit", []permission.Capacity{clerk}, own.In("draft"), true},
		{"whatever the state", "edit", []permission.Capacity{clerk}, own, true},
		{"another state", "edit", []permission.Capacity{clerk}, own.In("sent"), false},
		{"another unit", "edit", []permission.Capacity{{Unit: "v", Role: proposal.RoleClerk}}, own, false},
		{"another role", "edit", []permission.Capacity{{Unit: "u", Role: proposal.RoleAdmin}}, own, false},
		{"no unit", "edit", []permission.Capacity{{Role: proposal.RoleClerk}}, permission.At(permission.Own, ""), false},
		{"nobody", "edit", nil, own, false},
		{"no such action", "erase", []permission.Capacity{clerk}, own, false},
		{"not on the route", "edit", []permission.Capacity{clerk}, permission.Place{Units: map[permission.Relation][]permission.Spot{
			permission.Own: {{Unit: "u", Only: []proposal.Role{proposal.RoleReviewer}}}}}, false},
	} {
		_, ok := m.Pick(c.action, c.held, c.at)
		assert.Equal(t, c.want, ok, c.name)
	}
	assert.False(t, m.Reads("no such field", []permission.Capacity{clerk}, own))
}

func TestInPersonBeforeDelegated(t *testing.T) {
	t.Parallel()
	m := identity.Permissions()
	held := []permission.Capacity{{Unit: "u", Role: proposal.RoleClerk, Behalf: true}, {Unit: "u", Role: proposal.RoleUnitHead}}
	i, ok := m.Pick("submission.edit", held, permission.At(permission.Own, "u"))
	require.True(t, ok)
	assert.Equal(t, 1, i, "the own office, though the delegated one stands first")
	i, ok = m.Pick("submission.edit", held[:1], permission.At(permission.Own, "u"))
	require.True(t, ok)
	assert.Equal(t, 0, i)
	_, ok = m.Pick("session.cast", []permission.Capacity{{Unit: "u", Role: proposal.RoleChair, Behalf: true}}, permission.At(permission.Council, "u"))
	assert.False(t, ok, "a vote is cast in person")
}
