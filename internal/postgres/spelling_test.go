package postgres

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"vinhdanh/internal/vietnamese"
)

func TestSearchFunctionsAgreeWithThePackage(t *testing.T) {
	t.Parallel()
	s, _ := province(t)
	for _, text := range []string{
		"Nguyễn Thị Bích Thủy", "Nguyễn Thị Bích Thuỷ", norm.NFD.String("Trần Văn Đẫm"), "  ĐỖ \u00a0 MINH\u200b\tQUÂN \n",
		"Ư ứ Ừ ử ữ ự Ơ ớ ỡ Ă ắ Â ậ Ê ệ Ỵ ỹ", "Y Thanh", "Thạch Sô Phi", "Trường THCS Hòa An", "",
	} {
		q, err := s.spell(context.Background(), text)
		require.NoError(t, err)
		assert.Equal(t, vietnamese.Fold(text), q.fold, "%q", text)
	}
	for _, pair := range [][2]string{{"Thủy", "Thuỷ"}, {"Hòa", "Hoà"}, {"THÚY", "thuý"}, {"Phạm  Thị Hoà ", "Phạm Thị\u00a0Hòa"}, {"H'Hen", "h hen"}} {
		a, err := s.spell(context.Background(), pair[0])
		require.NoError(t, err)
		b, err := s.spell(context.Background(), norm.NFD.String(pair[1]))
		require.NoError(t, err)
		assert.Equal(t, a.key, b.key, pair)
	}
	for _, pair := range [][2]string{{"Hoa", "Hòa"}, {"Hòa", "Hóa"}, {"Đan", "Dan"}, {"Lan", "Lân"}} {
		a, err := s.spell(context.Background(), pair[0])
		require.NoError(t, err)
		b, err := s.spell(context.Background(), pair[1])
		require.NoError(t, err)
		assert.NotEqual(t, a.key, b.key, pair)
	}
}

func TestCursorsAndTextsOfNoList(t *testing.T) {
	t.Parallel()
	s, _ := province(t)
	sc := people["auditor"]
	for _, c := range []Cursor{"x", "e30", "bnVsbA", mark{List: "items"}.cursor() + "x", mark{List: "cases/due", Day: "soon", ID: "1"}.cursor(), mark{List: "cases", ID: "no uuid"}.cursor()} {
		for _, due := range []bool{true, false} {
			_, _, err := s.ListCases(context.Background(), sc, CaseFilter{Due: due}, c, 5)
			assert.ErrorIs(t, err, ErrCursor, "%s", c)
		}
		_, _, err := s.ListItems(context.Background(), sc, CaseFilter{Text: "hoa"}, c, 5)
		assert.ErrorIs(t, err, ErrCursor, "%s", c)
	}
	for _, text := range []string{"%", "_", "'", `\`, "\x00", "\xff", "a\x00b", "!!", " ", strings.Repeat("ộ", 200), "1' or '1'='1", "99999999999999"} {
		for _, kind := range []string{"items", "cases", "people", "submissions", "decisions", "units"} {
			assert.NoError(t, search(s, kind, sc, text), "%s %q", kind, text)
		}
	}
	rows, _, err := s.ListItems(context.Background(), sc, CaseFilter{Text: "%"}, "", 5)
	require.NoError(t, err)
	assert.Empty(t, rows, "a percent sign is no wildcard")
}

func search(s *Store, kind string, sc Scope, text string) error {
	var err error
	ctx := context.Background()
	switch kind {
	case "items":
		_, _, err = s.ListItems(ctx, sc, CaseFilter{Text: text}, "", 5)
	case "cases":
		_, _, err = s.ListCases(ctx, sc, CaseFilter{Text: text}, "", 5)
	case "people":
		_, _, err = s.ListPeople(ctx, sc, CaseFilter{Text: text}, "", 5)
	case "submissions":
		_, _, err = s.ListSubmissions(ctx, nil, true, SubmissionFilter{Text: text}, "", 5)
	case "decisions":
		_, _, err = s.ListDecisions(ctx, DecisionScope{All: true}, text, "", 5)
	case "units":
		_, err = s.FindUnits(ctx, text, "2023-11-15", 5)
	default:
		err = fmt.Errorf("no search of %s", kind)
	}
	return err
}
