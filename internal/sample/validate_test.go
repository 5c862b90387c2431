package sample

import (
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/proposal"
)

// small is a correct province of three units.
func small() []Unit {
	u := func(id string, k Kind, l proposal.Level, parent string, order int) Unit {
		return Unit{ID: id, Name: "Tên", ShortName: "T", Kind: k, Level: l, Parent: parent, Place: "Nơi", Symbol: "X", ProtocolOrder: order}
	}
	root := u("tinh", KindProvince, proposal.LevelProvince, "", 1)
	root.Links = &Links{"tinh", "so", "hoi-dong"}
	return []Unit{
		root, u("hoi-dong", KindCouncil, proposal.LevelProvince, "tinh", 1),
		u("so", KindDepartment, proposal.LevelDepartment, "tinh", 2),
	}
}

func TestUnitFaults(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change func(u []Unit)
		says   string
	}{
		"correct":       {func([]Unit) {}, ""},
		"later unit":    {func(u []Unit) { u[2].Successors = []string{"mai-sau"} }, ""},
		"id twice":      {func(u []Unit) { u[2].ID = "hoi-dong" }, "used twice"},
		"id elsewhere":  {func(u []Unit) { u[2].ID = "mai-sau" }, "used twice"},
		"id form":       {func(u []Unit) { u[2].ID = "Sở Nội vụ" }, "lower-case"},
		"no parent":     {func(u []Unit) { u[2].Parent = "khong-co" }, "does not exist"},
		"second root":   {func(u []Unit) { u[2].Parent = "" }, "does not exist"},
		"circle":        {func(u []Unit) { u[1].Parent, u[2].Parent = "so", "hoi-dong" }, "circle"},
		"own parent":    {func(u []Unit) { u[0].Parent = "tinh" }, "circle"},
		"successor":     {func(u []Unit) { u[2].Successors = []string{"khong-co"} }, "does not exist"},
		"own successor": {func(u []Unit) { u[2].Successors = []string{"so"} }, "does not exist"},
		"predecessor":   {func(u []Unit) { u[2].Predecessors = []string{"khong-co"} }, "does not exist"},
		"kind":          {func(u []Unit) { u[2].Kind = "ministry" }, "unknown kind"},
		"level":         {func(u []Unit) { u[2].Level = "galaxy" }, "unknown level"},
		"no name":       {func(u []Unit) { u[2].Name = "" }, "needed"},
		"NFD":           {func(u []Unit) { u[2].Name = "So\u031b\u0309" }, "NFC"},
		"blanks":        {func(u []Unit) { u[2].Name = "Sở  Nội vụ " }, "stray blanks"},
		"date":          {func(u []Unit) { u[2].ValidTo = "30/06/2025" }, "not a date"},
		"dates":         {func(u []Unit) { u[2].ValidFrom, u[2].ValidTo = "2025-01-01", "2024-01-01" }, "before it begins"},
		"order":         {func(u []Unit) { u[2].ProtocolOrder = 1 }, "protocol_order"},
		"no links":      {func(u []Unit) { u[0].Links = nil }, "needs links"},
		"links":         {func(u []Unit) { u[0].Links.StandingBody = "khong-co" }, "does not exist"},
		"council":       {func(u []Unit) { u[0].Links.Council = "so" }, "not a council"},
	}
	for name, c := range cases {
		units := small()
		c.change(units)
		_, err := newProvince(unitsFile{Name: "Tỉnh", Units: units}, []Unit{{ID: "mai-sau"}})
		if c.says == "" {
			require.NoError(t, err, name)
			continue
		}
		require.ErrorContains(t, err, c.says, name)
	}
}

func TestUserFaults(t *testing.T) {
	t.Parallel()
	p, err := newProvince(unitsFile{Units: small()}, nil)
	require.NoError(t, err)
	good := func(login string) User {
		return User{Login: login, FullName: "Lê Ví Dụ", Email: login + "@x.example", Locale: "vi",
			Memberships: []Membership{{Unit: "so", Roles: []proposal.Role{proposal.RoleClerk}, Title: "Chuyên viên"}}}
	}
	cases := map[string]struct {
		change func(u *User)
		says   string
	}{
		"correct":    {func(*User) {}, ""},
		"login":      {func(u *User) { u.Login = "a" }, "used twice"},
		"email":      {func(u *User) { u.Email = "A@x.example" }, "used twice"},
		"real email": {func(u *User) { u.Email = "b@haugiang.gov.vn" }, ".example"},
		"no email":   {func(u *User) { u.Email = "Lê <b@x.example>" }, ".example"},
		"locale":     {func(u *User) { u.Locale = "fr" }, "locale"},
		"unit":       {func(u *User) { u.Memberships[0].Unit = "khong-co" }, "does not exist"},
		"role":       {func(u *User) { u.Memberships[0].Roles = []proposal.Role{"king"} }, "unknown role"},
		"no roles":   {func(u *User) { u.Memberships[0].Roles = nil }, "roles are needed"},
		"nowhere":    {func(u *User) { u.Memberships = nil }, "no membership"},
	}
	for name, c := range cases {
		second := good("b")
		c.change(&second)
		p.Users = []User{good("a"), second}
		err := p.checkUsers(true)
		if c.says == "" {
			require.NoError(t, err, name)
			continue
		}
		require.ErrorContains(t, err, c.says, name)
	}
	require.ErrorContains(t, p.checkUsers(false), "invented")
}

func TestCampaignFaults(t *testing.T) {
	t.Parallel()
	cases := map[string]func(c *Campaign){
		"number":     func(c *Campaign) { c.Contents[3].Number = 5 },
		"launcher":   func(c *Campaign) { c.Launcher.Unit = "khong-co" },
		"no target":  func(c *Campaign) { c.Indicators[0].NotStated = false },
		"both":       func(c *Campaign) { c.Indicators[0].Target = "1" },
		"content":    func(c *Campaign) { c.Indicators[0].Content = 13 },
		"date":       func(c *Campaign) { c.Indicators[0].Before = "soon" },
		"open point": func(c *Campaign) { c.Open.Quotas.NotStated = false },
		"no theme":   func(c *Campaign) { c.Theme = "" },
	}
	for name, change := range cases {
		p, err := Load2023()
		require.NoError(t, err)
		change(p.Campaign)
		require.Error(t, p.Campaign.check(p), name)
	}
}

func TestDecodingIsStrict(t *testing.T) {
	t.Parallel()
	var f unitsFile
	require.NoError(t, decodeBytes([]byte("name: x\nunits: []\n"), &f))
	require.Error(t, decodeBytes([]byte("name: x\nunits: []\nextra: 1\n"), &f))
	require.Error(t, decodeBytes([]byte("name: x\nname: y\n"), &f))
	require.Error(t, decodeBytes([]byte("units:\n  - {id: a, colour: red}\n"), &f))
}
