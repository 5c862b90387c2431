package law

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/proposal"
)

// Paths of the sample province, short: u unit, c commune, h district, s
// department, t province.
var pathNames = map[rune]proposal.Level{'u': proposal.LevelUnit, 'c': proposal.LevelCommune,
	'h': proposal.LevelDistrict, 's': proposal.LevelDepartment, 't': proposal.LevelProvince}

func levelsOf(s string) []proposal.Level {
	var p []proposal.Level
	for _, r := range s {
		p = append(p, pathNames[r])
	}
	return p
}

func named(level proposal.Level, body Body) (string, error) {
	return fmt.Sprintf("%s/%s", level, body), nil
}

// outline writes a route as "nomination@unit review@district …".
func outline(r proposal.Route) string {
	var parts []string
	for _, s := range r.Stages {
		parts = append(parts, string(s.Kind)+"@"+string(s.Level))
	}
	return strings.Join(parts, " ")
}

const (
	full     = " reception@province appraisal@province council@province issuance@province"
	simple   = " reception@province appraisal@province issuance@province"
	district = " reception@district appraisal@district council@district issuance@district"
	depart   = " reception@department appraisal@department council@department issuance@department"
	commune  = " reception@commune appraisal@commune council@commune issuance@commune"
)

func TestRouteFor(t *testing.T) {
	t.Parallel()
	tests := []struct{ regime, award, path, want string }{
		// The seed campaign: school → district → province.
		{"R1", "BKT-PT", "uht", "nomination@unit review@district" + full},
		{"R1", "BKT-PT", "cht", "nomination@commune review@district" + full},
		{"R1", "BKT-PT", "ucht", "nomination@unit review@district" + full},
		{"R1", "BKT-PT", "ust", "nomination@unit review@department" + full},
		{"R1", "BKT-PT", "st", "nomination@department" + full},
		{"R1", "BKT-PT", "ht", "nomination@district" + full},
		{"R1", "CSTDT", "uht", "nomination@unit review@district" + full},
		{"R2", "TTLDXS", "uht", "nomination@unit review@district" + full},
		// Two tiers.
		{"R3", "BKT-PT", "uct", "nomination@unit review@commune" + full},
		{"R3", "BKT-PT", "ust", "nomination@unit review@department" + full},
		{"R3", "BKT-PT", "ct", "nomination@commune" + full},
		{"R4", "BKT-PT", "uct", "nomination@unit review@commune" + full},
		// Simplified.
		{"R1", "BKT-DX", "uht", "nomination@unit review@district" + simple},
		{"R1", "BKT-DX", "st", "nomination@department" + simple},
		{"R3", "BKT-DX", "uct", "nomination@unit review@commune" + simple},
		// Decided below the province.
		{"R1", "LDTT", "uht", "nomination@unit" + district},
		{"R1", "LDTT", "ust", "nomination@unit" + depart},
		{"R1", "LDTT", "cht", "nomination@commune" + commune},
		{"R1", "CSTDCS", "cht", "nomination@commune" + district},
		{"R2", "CSTDCS", "ust", "nomination@unit" + depart},
		{"R3", "CSTDCS", "ct", "nomination@commune" + commune},
		{"R3", "CSTDCS", "uct", "nomination@unit" + commune},
		{"R3", "TTLDTT", "ust", "nomination@unit" + depart},
		{"R1", "GK-H", "ucht", "nomination@unit" + district},
		{"R1", "GK-X", "ucht", "nomination@unit" + commune},
		{"R2", "GK-TT", "ust", "nomination@unit" + depart},
	}
	for _, tc := range tests {
		r, err := Default().RouteFor(RouteQuery{Regime: tc.regime, Award: tc.award, Path: levelsOf(tc.path), Resolve: named})
		require.NoError(t, err, "%v", tc)
		assert.Equal(t, tc.want, outline(r), "%v", tc)
		assert.True(t, strings.HasPrefix(r.Code, tc.regime+"/"))
	}
}

func TestRouteDetails(t *testing.T) {
	t.Parallel()
	r, err := Default().RouteFor(RouteQuery{Regime: "R1", Award: "CSTDT", Path: levelsOf("uht"), Resolve: named})
	require.NoError(t, err)
	require.Len(t, r.Stages, 6)
	nomination, review, reception, appraisal, vote, issuance := r.Stages[0], r.Stages[1], r.Stages[2], r.Stages[3], r.Stages[4], r.Stages[5]
	assert.Equal(t, "R1/PROVINCE", r.Code)
	assert.Equal(t, []proposal.Role{proposal.RoleClerk, proposal.RoleUnitHead}, nomination.Roles)
	assert.Equal(t, "unit/proposer", nomination.Unit)
	assert.True(t, review.Minutes, "the district forwards with its own council's minutes")
	assert.True(t, review.MayReturn)
	assert.Equal(t, []proposal.Role{proposal.RoleReviewer}, review.Roles)
	assert.Equal(t, "district/authority", review.Unit)
	assert.Equal(t, 10, review.WorkingDays)
	assert.Contains(t, reception.Roles, proposal.RoleAppraiser)
	assert.Equal(t, 15, appraisal.WorkingDays)
	assert.Equal(t, "province/council", vote.Unit)
	require.NotNil(t, vote.Council)
	assert.Equal(t, council.BallotSecret, vote.Council.Ballot)
	assert.Equal(t, []proposal.Role{proposal.RoleStandingHead, proposal.RoleSigner, proposal.RoleRegistrar}, issuance.Roles)
	assert.Equal(t, "province/authority", issuance.Unit)
	for _, s := range r.Stages {
		assert.Equal(t, s.Kind == proposal.StageCouncil, s.Council != nil)
	}
	local, err := Default().RouteFor(RouteQuery{Regime: "R3", Award: "LDTT", Path: levelsOf("uct"), Resolve: named})
	require.NoError(t, err)
	assert.Equal(t, 12, local.Stages[2].WorkingDays, "communes have twelve days")
	fast, err := Default().RouteFor(RouteQuery{Regime: "R1", Award: "BKT-DX", Path: levelsOf("uht"), Resolve: named})
	require.NoError(t, err)
	assert.False(t, fast.Stages[1].Minutes, "the simplified procedure asks for no minutes")
	assert.Equal(t, 5, fast.Stages[3].WorkingDays)
}

// The type of commendation chooses among the ways of an award: an ad hoc certificate of a
// head, a district or a commune goes without the Council, with its own days and papers.
func TestTheTypeChoosesTheWay(t *testing.T) {
	t.Parallel()
	l := Default()
	for _, tc := range []struct{ regime, award, path, votes, adhoc string }{
		{"R1", "GK-H", "ucht", "nomination@unit" + district, "nomination@unit reception@district appraisal@district issuance@district"},
		{"R2", "GK-TT", "ust", "nomination@unit" + depart, "nomination@unit reception@department appraisal@department issuance@department"},
		{"R3", "GK-X", "uct", "nomination@unit" + commune, "nomination@unit reception@commune appraisal@commune issuance@commune"},
		{"R4", "GK-X", "uct", "nomination@unit" + commune, "nomination@unit reception@commune appraisal@commune issuance@commune"},
	} {
		q := RouteQuery{Regime: tc.regime, Award: tc.award, Path: levelsOf(tc.path), Resolve: named}
		for typ, want := range map[string]string{"": tc.votes, "CONG_TRANG": tc.votes, "PHONG_TRAO": tc.votes, "DOT_XUAT": tc.adhoc} {
			q.Type = typ
			r, err := l.RouteFor(q)
			require.NoError(t, err)
			assert.Equal(t, want, outline(r), "%v %s", tc, typ)
		}
		rule, err := l.RuleFor(tc.award, tc.regime, "DOT_XUAT")
		require.NoError(t, err)
		assert.Equal(t, []string{"FORM_SIMPLE", "", "GK_LOCAL", "GK_ADHOC"}, append([]string{rule.Dossier, rule.Council}, rule.Criteria...))
		assert.Equal(t, MarkUnconfirmed, rule.Mark)
		a, err := l.Account(tc.award, l.regimeStart(t, tc.regime))
		require.NoError(t, err)
		require.Len(t, a.ByType, 1)
		assert.Equal(t, "SIMPLIFIED_LOCAL", a.ByType[0].Route.Code)
		assert.Empty(t, a.ByType[0].Council)
	}
	const upward = "nomination@unit review@%s reception@province appraisal@province consultation@province submission@province outcome@province"
	for _, tc := range []struct{ regime, award, path, typ, level string }{
		{"R1", "BKTTG", "uht", "DOT_XUAT", "district"}, {"R2", "HCLD3", "uht", "CONG_HIEN", "district"},
		{"R3", "HCDL1", "uct", "DOI_NGOAI", "commune"}, {"R4", "BKTTG", "uct", "DOT_XUAT", "commune"},
	} {
		q := RouteQuery{Regime: tc.regime, Award: tc.award, Path: levelsOf(tc.path), Resolve: named, Type: tc.typ}
		r, err := l.RouteFor(q)
		require.NoError(t, err)
		assert.Equal(t, fmt.Sprintf(upward, tc.level), outline(r))
		assert.NotEmpty(t, r.Above)
		q.Type = "CONG_TRANG"
		r, err = l.RouteFor(q)
		require.NoError(t, err)
		assert.Contains(t, outline(r), "council@province")
	}
	types, err := l.Types(MustDate("2023-11-20"))
	require.NoError(t, err)
	assert.Equal(t, []string{"CONG_TRANG", "DOT_XUAT", "PHONG_TRAO", "CONG_HIEN", "DOI_NGOAI"}, types)
}

// regimeStart is the first day of a regime.
func (l *Law) regimeStart(t *testing.T, id string) Date {
	t.Helper()
	r, err := l.Regime(id)
	require.NoError(t, err)
	return r.From
}

// A route given out is the caller's own: changing it leaves the law as it was.
func TestRouteIsACopy(t *testing.T) {
	t.Parallel()
	q := RouteQuery{Regime: "R1", Award: "BKT-PT", Path: levelsOf("uht"), Resolve: named}
	first, err := Default().RouteFor(q)
	require.NoError(t, err)
	first.Stages[0].Roles[0] = proposal.RoleAdmin
	first.Stages[4].Council.Threshold.Num = 0
	second, err := Default().RouteFor(q)
	require.NoError(t, err)
	assert.Equal(t, proposal.RoleClerk, second.Stages[0].Roles[0])
	assert.Equal(t, 70, second.Stages[4].Council.Threshold.Num)
}

func TestRouteRefuses(t *testing.T) {
	t.Parallel()
	broken := errors.New("no such unit")
	tests := []struct {
		q    RouteQuery
		want string
	}{
		{RouteQuery{Regime: "R1", Award: "BKT-PT"}, "no_path"},
		{RouteQuery{Regime: "R1", Award: "NOPE", Path: levelsOf("uht")}, "no_award"},
		{RouteQuery{Regime: "R9", Award: "LDTT", Path: levelsOf("uht")}, "award_not_in_regime"},
		{RouteQuery{Regime: "R3", Award: "GK-H", Path: levelsOf("uht")}, "award_not_in_regime"},
		{RouteQuery{Regime: "R1", Award: "CSTDCS", Path: levelsOf("ut")}, "no_authority"},
		{RouteQuery{Regime: "R1", Award: "BKT-PT", Path: levelsOf("uh")}, "no_authority"},
	}
	for _, tc := range tests {
		tc.q.Resolve = named
		_, err := Default().RouteFor(tc.q)
		require.ErrorContains(t, err, tc.want)
	}
	_, err := Default().RouteFor(RouteQuery{Regime: "R1", Award: "BKT-PT", Path: levelsOf("uht"),
		Resolve: func(proposal.Level, Body) (string, error) { return "", broken }})
	require.ErrorIs(t, err, broken)
}

// Over every regime, award and path: a route that exists begins with the
// nomination, ends with the issuance by the authority or, where it lies above the
// province, with its outcome at the province; has reception and appraisal, and a
// council exactly where the award asks for one.
func TestEveryRouteIsWhole(t *testing.T) {
	t.Parallel()
	l, routes := Default(), 0
	for _, r := range l.Regimes {
		for _, a := range l.document.Awards {
			for _, p := range []string{"uht", "ucht", "cht", "ht", "ust", "st", "uct", "ct", "ut"} {
				route, err := l.RouteFor(RouteQuery{Regime: r.ID, Award: a.Code, Path: levelsOf(p), Resolve: named})
				if err != nil {
					continue
				}
				routes++
				rule, err := l.AwardRule(a.Code, r.ID)
				require.NoError(t, err)
				kinds := outline(route)
				require.True(t, strings.HasPrefix(kinds, "nomination@"))
				last := route.Stages[len(route.Stages)-1]
				decider, err := l.Decider(a.Code, r.ID, levelsOf(p))
				require.NoError(t, err)
				if decider.Level == proposal.LevelCentral {
					require.Equal(t, proposal.StageOutcome, last.Kind)
					require.Equal(t, proposal.LevelProvince, last.Level)
					require.Equal(t, rule.Authority, route.Above)
				} else {
					require.Equal(t, proposal.StageIssuance, last.Kind)
					require.Equal(t, decider.Level, last.Level)
				}
				require.Contains(t, kinds, "reception@")
				require.Contains(t, kinds, "appraisal@")
				require.Equal(t, rule.Council != "", strings.Contains(kinds, "council@"))
			}
		}
	}
	require.Greater(t, routes, 200)
}
