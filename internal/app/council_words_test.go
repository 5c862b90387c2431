package app

import (
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/decision"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

func TestChoices(t *testing.T) {
	t.Parallel()
	open := council.Rule{Ballot: council.BallotOpen, Absent: council.AbsentWritten}
	here := council.Rule{Ballot: council.BallotOpen, Absent: council.AbsentNone}
	in := council.Input{
		Rules: []council.Rule{open, here, {Ballot: council.BallotSecret}},
		Agenda: []council.AgendaItem{
			{ID: "a", Rule: 0}, {ID: "b", Rule: 1}, {ID: "c", Rule: 2}, {ID: "d", Rule: 0, Recused: []string{"m1"}},
		},
	}
	tests := []struct {
		name   string
		cast   CastInput
		want   string
		fields []string
	}{
		{"default for all", CastInput{Member: "m2", Default: "yes"}, "yy-y", nil},
		{"own interest is not asked", CastInput{Member: "m1", Default: "yes"}, "yy--", nil},
		{"exceptions", CastInput{Member: "m2", Default: "yes", Items: map[string]string{"b": "no", "d": "abstain"}}, "yn-a", nil},
		{"in writing", CastInput{Member: "m2", Default: "no", Written: true}, "n--n", nil},
		{"left open", CastInput{Member: "m2", Items: map[string]string{"a": "yes"}}, "", []string{"items.b", "items.d"}},
		{"secret item named", CastInput{Member: "m2", Default: "yes", Items: map[string]string{"c": "no"}}, "", []string{"items.c"}},
		{"unknown item named", CastInput{Member: "m2", Default: "yes", Items: map[string]string{"x": "no"}}, "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := choicesOf(in, tt.cast)
			require.Equal(t, tt.want, got)
			if tt.want != "" {
				require.NoError(t, err)
				return
			}
			var told *Error
			require.ErrorAs(t, err, &told)
			require.Equal(t, CodeInvalid, told.Code)
			var fields []string
			for _, f := range told.Fields {
				fields = append(fields, f.Field)
			}
			require.Equal(t, tt.fields, fields)
		})
	}
}

func TestFrozenSession(t *testing.T) {
	t.Parallel()
	rule, other := council.Rule{Ballot: council.BallotOpen}, council.Rule{Ballot: council.BallotSecret}
	item := func(id, subject string, r *council.Rule) postgres.CouncilItem {
		return postgres.CouncilItem{Item: id, CaseID: "commendation/" + id, Subject: subject, Stage: "council",
			Route: &proposal.Route{Stages: []proposal.Stage{{Kind: proposal.StageCouncil, Council: r}}}}
	}
	roster := []postgres.RosterSeat{{User: "c", Chair: true}, {User: "m", Self: "s2"}, {User: "n"}}
	same := rule
	in, err := frozenSession(council.Input{Session: "x"}, roster, []postgres.CouncilItem{
		item("1", "s1", &rule), item("2", "s2", &other), item("3", "", &same),
	}, declared{items: map[string]map[string]string{"n": {"1": "em ruột"}}})
	require.NoError(t, err)
	require.Equal(t, []council.Rule{rule, other}, in.Rules, "each rule once")
	require.Equal(t, []int{0, 1, 0}, []int{in.Agenda[0].Rule, in.Agenda[1].Rule, in.Agenda[2].Rule})
	require.Equal(t, []string{"m"}, in.Agenda[1].Recused, "who is the subject is barred")
	require.Equal(t, []string{"n"}, in.Agenda[0].Recused, "who declared an interest is barred")
	require.Empty(t, in.Agenda[2].Recused, "an unknown self bars nobody")
	changed := in
	changed.Roster = in.Roster[:2]
	content, err := sessionContent(changed)
	require.NoError(t, err)
	require.NotEqual(t, in.Content, content)

	_, err = frozenSession(council.Input{}, roster[1:], nil, declared{})
	require.Equal(t, CodeNotReady, codeOf(err), "no chair")
	_, err = frozenSession(council.Input{}, roster, []postgres.CouncilItem{item("1", "", nil)}, declared{})
	require.Equal(t, CodeConflict, codeOf(err), "a case without a vote")
}

func TestSigningByTitle(t *testing.T) {
	t.Parallel()
	head := postgres.RosterSeat{User: "h", Name: "Mẫu Một", Title: "Chủ tịch UBND tỉnh"}
	q, tm := "Q.", "TM. KT."
	tests := []struct {
		name   string
		head   postgres.RosterSeat
		signer postgres.RosterSeat
		mode   *string
		want   []string
	}{
		{"head", head, head, nil, []string{"CHỦ TỊCH"}},
		{"deputy", head, postgres.RosterSeat{User: "d", Title: "Phó Chủ tịch Thường trực UBND tỉnh"}, nil, []string{"KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH THƯỜNG TRỰC"}},
		{"acting", postgres.RosterSeat{User: "a", Title: "Quyền Chủ tịch UBND tỉnh"}, postgres.RosterSeat{User: "a", Title: "Quyền Chủ tịch UBND tỉnh"}, nil, []string{"Q. CHỦ TỊCH"}},
		{"chosen", head, head, &q, []string{"Q. CHỦ TỊCH"}},
		{"for the committee", head, postgres.RosterSeat{User: "d", Title: "Phó Chủ tịch UBND tỉnh"}, &tm, []string{"TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"}},
		{"no head", postgres.RosterSeat{User: "d", Title: "Phó Giám đốc Sở Nội vụ"}, postgres.RosterSeat{User: "d", Title: "Phó Giám đốc Sở Nội vụ"}, nil, []string{"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, signingOf(tt.head, tt.signer, "ỦY BAN NHÂN DÂN", tt.mode).Lines())
		})
	}
}

func TestLetterheadAndPlaces(t *testing.T) {
	t.Parallel()
	province := postgres.Unit{Name: "Ủy ban nhân dân thành phố Cần Thơ", Level: "province"}
	commune := postgres.Unit{Name: "Ủy ban nhân dân xã Hiệp Hưng", Level: "commune"}
	department := postgres.Unit{Name: "Sở Nội vụ thành phố Cần Thơ", ShortName: "Sở Nội vụ", Level: "department"}
	issuer, superior := letterhead([]postgres.Unit{commune, province})
	require.Equal(t, []string{"ỦY BAN NHÂN DÂN", "XÃ HIỆP HƯNG"}, issuer)
	require.Empty(t, superior)
	issuer, superior = letterhead([]postgres.Unit{department, province})
	require.Equal(t, []string{"SỞ NỘI VỤ"}, issuer)
	require.Equal(t, "ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ", superior)
	require.Equal(t, law.Places{Province: "thành phố Cần Thơ", ProvinceKind: "thành phố", Commune: "xã Hiệp Hưng", DepartmentHead: "x"},
		placesOf([]postgres.Unit{commune, province}, "x"))
}

func TestPeriodText(t *testing.T) {
	t.Parallel()
	item := func(kind, period string) postgres.CouncilItem {
		return postgres.CouncilItem{Content: proposal.ItemContent{PeriodKind: kind, Period: period}}
	}
	require.Equal(t, "năm 2023", periodText([]postgres.CouncilItem{item("calendar", "2023"), item("calendar", "2023")}))
	require.Equal(t, "năm học 2022-2023", periodText([]postgres.CouncilItem{item("school", "2022-2023")}))
	require.Empty(t, periodText([]postgres.CouncilItem{item("calendar", "2023"), item("calendar", "2022")}))
	require.Empty(t, periodText([]postgres.CouncilItem{item("", "")}))
}

func TestBars(t *testing.T) {
	t.Parallel()
	items := []postgres.CouncilItem{
		{CaseID: "c1", Subject: "s1", Route: &proposal.Route{Exclusive: [][2]proposal.Role{{"reviewer", "signer"}, {"standing_head", "signer"}}}},
		{CaseID: "c2", Subject: "s2", Route: &proposal.Route{}},
	}
	tests := []struct {
		name  string
		acted []postgres.Acted
		self  string
		role  proposal.Role
		want  string
	}{
		{"free", nil, "", "signer", ""},
		{"reviewed it", []postgres.Acted{{CaseID: "c1", Person: "u", Role: "reviewer"}}, "", "signer", envelope.CodeSeparation},
		{"somebody else did", []postgres.Acted{{CaseID: "c1", Person: "v", Role: "reviewer"}}, "", "signer", ""},
		{"where nothing excludes", []postgres.Acted{{CaseID: "c2", Person: "u", Role: "reviewer"}}, "", "signer", ""},
		{"submitted the decision", []postgres.Acted{{Person: "u", Role: "standing_head"}}, "", "signer", envelope.CodeSeparation},
		{"is named in it", nil, "s2", "signer", envelope.CodeOwnCase},
		{"a registrar only writes the number", nil, "s2", "registrar", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := bars(items, tt.acted, "u", tt.self, tt.role)
			if tt.want == "" {
				require.Nil(t, err)
				return
			}
			require.Equal(t, tt.want, err.Code)
		})
	}
}

func TestDecisionErrorsKeepTheirWords(t *testing.T) {
	t.Parallel()
	_, err := decision.Build(decision.Input{})
	var told *Error
	require.ErrorAs(t, fromDecision(err), &told)
	require.NotEmpty(t, told.Vi)
	require.NotEmpty(t, told.En)
}
