package sample

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/proposal"
)

func both(t *testing.T) (p2023, p2025 *Province) {
	t.Helper()
	a, err := Load2023()
	require.NoError(t, err)
	b, err := Load2025()
	require.NoError(t, err)
	return a, b
}

func TestHauGiang2023(t *testing.T) {
	t.Parallel()
	p, _ := both(t)
	require.Equal(t, "Tỉnh Hậu Giang", p.Name)
	var districts []string
	for _, u := range p.Units {
		if u.Kind == KindDistrict {
			districts = append(districts, u.ShortName)
		}
		if u.Level != proposal.LevelUnit || u.Kind == KindOffice {
			require.Equal(t, Date("2025-06-30"), u.ValidTo, u.ID)
		}
	}
	require.Equal(t, []string{
		"UBND thành phố Vị Thanh", "UBND thành phố Ngã Bảy", "UBND thị xã Long Mỹ", "UBND huyện Châu Thành",
		"UBND huyện Châu Thành A", "UBND huyện Long Mỹ", "UBND huyện Phụng Hiệp", "UBND huyện Vị Thủy",
	}, districts)
	council := p.With("hoi-dong-tdkt-hau-giang", proposal.RoleMember)
	require.Len(t, council, 11)
	require.Len(t, p.With("hoi-dong-tdkt-phung-hiep", proposal.RoleMember), 5)
	require.Len(t, p.With("hoi-dong-tdkt-hau-giang", proposal.RoleChair), 1)
	for _, u := range p.Users {
		require.NotEqual(t, "Đồng Văn Thanh", u.FullName)
	}
}

func TestBodiesOfARoute(t *testing.T) {
	t.Parallel()
	p2023, p2025 := both(t)
	body, ok := p2023.Body("truong-th-tan-long-1", proposal.LevelDistrict)
	require.True(t, ok)
	require.Equal(t, "ubnd-phung-hiep", body.ID)
	require.Equal(t, Links{"ubnd-phung-hiep", "phong-noi-vu-phung-hiep", "hoi-dong-tdkt-phung-hiep"}, *body.Links)
	body, ok = p2023.Body("phong-gddt-phung-hiep", proposal.LevelProvince)
	require.True(t, ok)
	require.Equal(t, "ban-tdkt-hau-giang", body.Links.StandingBody)
	_, ok = p2023.Body("so-y-te-hau-giang", proposal.LevelDistrict)
	require.False(t, ok, "a department is under no district")

	body, ok = p2025.Body("truong-thcs-hiep-hung-2025", proposal.LevelCommune)
	require.True(t, ok)
	require.Equal(t, "xa-hiep-hung-2025", body.ID)
	body, ok = p2025.Body("truong-thpt-vi-du", proposal.LevelDepartment)
	require.True(t, ok)
	require.Equal(t, "so-giao-duc-dao-tao-can-tho", body.ID)
	for _, u := range p2025.Units {
		require.NotEqual(t, proposal.LevelDistrict, u.Level, "there are no districts any more")
		if u.Kind == KindCommune {
			require.NotNil(t, u.Links, u.ID)
		}
	}
}

// A route's every stage must find somebody to act, and the signer's chain must
// not depend on the person who proposed.
func TestEveryStageHasPeople(t *testing.T) {
	t.Parallel()
	p2023, p2025 := both(t)
	cases := []struct {
		p      *Province
		unit   string
		review proposal.Level
	}{
		{p2023, "phong-gddt-phung-hiep", proposal.LevelDistrict},
		{p2025, "truong-thcs-hiep-hung-2025", proposal.LevelCommune},
		{p2025, "truong-thpt-vi-du", proposal.LevelDepartment},
	}
	for _, c := range cases {
		review, ok := c.p.Body(c.unit, c.review)
		require.True(t, ok)
		top, ok := c.p.Body(c.unit, proposal.LevelProvince)
		require.True(t, ok)
		for _, x := range []struct {
			unit string
			role proposal.Role
		}{
			{c.unit, proposal.RoleClerk}, {c.unit, proposal.RoleUnitHead}, {review.ID, proposal.RoleReviewer},
			{top.Links.StandingBody, proposal.RoleAppraiser}, {top.Links.StandingBody, proposal.RoleStandingHead},
			{top.Links.Council, proposal.RoleChair}, {top.Links.Council, proposal.RoleSecretary},
			{top.Links.Council, proposal.RoleMember}, {top.ID, proposal.RoleSigner}, {top.ID, proposal.RoleRegistrar},
			{top.ID, proposal.RoleAdmin},
		} {
			require.NotEmpty(t, c.p.With(x.unit, x.role), "%s of %s", x.role, x.unit)
		}
		require.Len(t, c.p.With(top.ID, proposal.RoleSigner), 2, "the Chair, and a Vice Chair who signs KT.")
	}
	for _, p := range []*Province{p2023, p2025} {
		n := 0
		for _, u := range p.Users {
			for _, m := range u.Memberships {
				if slices.Contains(m.Roles, proposal.RoleAuditor) {
					n++
					require.Len(t, u.Memberships, 1, "an auditor does nothing else")
				}
			}
		}
		require.Positive(t, n)
	}
}

func TestTheTwoFilesFitTogether(t *testing.T) {
	t.Parallel()
	p2023, p2025 := both(t)
	logins := map[string]bool{}
	for _, u := range slices.Concat(p2023.Users, p2025.Users) {
		require.False(t, logins[u.Login], "both samples can be loaded into one instance: %s", u.Login)
		require.False(t, logins[u.Email], u.Email)
		require.False(t, logins[u.FullName], u.FullName)
		logins[u.Login], logins[u.Email], logins[u.FullName] = true, true, true
	}
	for _, old := range p2023.Units {
		for _, id := range old.Successors {
			now, ok := p2025.Unit(id)
			require.True(t, ok)
			if old.Kind != KindDistrict {
				require.Contains(t, now.Predecessors, old.ID, "%s names %s", old.ID, id)
			}
		}
	}
	for _, now := range p2025.Units {
		for _, id := range now.Predecessors {
			old, ok := p2023.Unit(id)
			require.True(t, ok)
			require.Contains(t, old.Successors, now.ID)
		}
	}
}

func TestCampaignIsTheText(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/campaign-hau-giang-2023.txt")
	require.NoError(t, err)
	text := string(raw)
	p, _ := both(t)
	c := p.Campaign
	require.Len(t, c.Contents, 12)
	rest := text
	for _, x := range c.Contents {
		at := strings.Index(rest, x.Text)
		require.GreaterOrEqual(t, at, 0, "content %d is not in the text, or not in its order", x.Number)
		rest = rest[at+len(x.Text):]
		require.True(t, strings.HasPrefix(rest, "\n"), "content %d is cut off", x.Number)
	}
	require.True(t, strings.HasPrefix(c.Contents[6].Text, "Bản là, "))
	require.NotEmpty(t, c.Contents[6].Note)
	for _, s := range append([]string{c.Title, c.Theme, c.KindName, c.AudienceText, c.Launcher.Name, c.Launcher.Office}, slices.Concat(c.Aims, c.Audience)...) {
		require.Contains(t, text, s)
	}
	require.Len(t, c.Audience, 4)
	require.Len(t, c.Aims, 4)
	var stated, open []Indicator
	for _, x := range c.Indicators {
		if x.NotStated {
			open = append(open, x)
		} else {
			stated = append(stated, x)
		}
	}
	require.Equal(t, 18, open[0].Count)
	last := stated[len(stated)-1]
	require.Equal(t, Indicator{Content: 8, Text: last.Text, Comparator: ">=", Target: "70", Unit: "%", Before: "2023-05-30"}, last)
	for _, o := range c.Open.All() {
		require.True(t, o.Point.NotStated, o.Name)
	}
}
