package council

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOutlook(t *testing.T) {
	t.Parallel()
	roster := []Seat{{Person: "c", Chair: true}, {Person: "a"}, {Person: "b"}, {Person: "d"}, {Person: "e"}}
	here := func(people ...string) func(string) bool {
		return func(p string) bool {
			for _, x := range people {
				if x == p {
					return true
				}
			}
			return false
		}
	}
	all := Rule{Base: BaseAll, Threshold: Fraction{90, 100}, Absent: AbsentWritten}
	inRoom := Rule{Base: BaseAll, Threshold: Fraction{70, 100}, Absent: AbsentNone}
	present := Rule{Base: BasePresent, Threshold: Fraction{1, 2}, MoreThan: true, Absent: AbsentNone}
	writing := Rule{Base: BasePresent, Threshold: Fraction{1, 2}, MoreThan: true, Absent: AbsentWritten}
	chair := Rule{Base: BaseAll, Threshold: Fraction{1, 2}, ChairMustAgree: true, Absent: AbsentWritten}
	for name, tt := range map[string]struct {
		rule    Rule
		recused []string
		present func(string) bool
		want    Outlook
	}{
		"everybody":                     {all, nil, nil, Outlook{5, 5, 5, true}},
		"one conflict breaks 90 of 100": {all, []string{"a"}, nil, Outlook{5, 5, 4, false}},
		"who is away may write":         {all, nil, here("c"), Outlook{5, 5, 5, true}},
		"who is away may not":           {inRoom, nil, here("c", "a", "b"), Outlook{5, 4, 3, false}},
		"of those present":              {present, nil, here("c", "a", "b"), Outlook{3, 2, 3, true}},
		"recused count in the base":     {present, []string{"a", "b"}, here("c", "a", "b"), Outlook{3, 2, 1, false}},
		"writers join the base":         {writing, []string{"e"}, here("c", "a"), Outlook{4, 3, 4, true}},
		"the chair must agree":          {chair, []string{"c"}, nil, Outlook{5, 3, 4, false}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := Input{Roster: roster, Rules: []Rule{tt.rule}, Agenda: []AgendaItem{{ID: "i", Recused: tt.recused}}}
			require.Equal(t, tt.want, in.Outlook(0, tt.present))
		})
	}
}

func TestStrictestQuorum(t *testing.T) {
	t.Parallel()
	in := Input{Roster: make([]Seat, 11), Rules: []Rule{{}, {Quorum: Fraction{1, 2}}, {Quorum: Fraction{2, 3}}}}
	require.Equal(t, 8, in.Quorum())
	require.Zero(t, Input{Roster: make([]Seat, 11), Rules: []Rule{{}}}.Quorum())
}
