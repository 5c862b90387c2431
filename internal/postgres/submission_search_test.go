package postgres

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// found is a plain reading of what a text finds among the submissions of units; $2 is
// the text, folded, and $3 its number.
const foundPlainly = `
	select s.id::text from submissions s where ($1::text[] is null or s.unit = any($1)) and (
		' ' || search_fold(s.ref) like '% ' || $2 || '%' or ' ' || search_fold(s.title) like '% ' || $2 || '%'
		or search_fold(s.letter_number) like $2 || '%' or search_number(s.ref) = $3`

// TestSubmissionsAreFoundByTheirWords compares the search with a plain reading, for one
// unit, several and all of them: the same rows, each once, what matches alike newest
// first.
func TestSubmissionsAreFoundByTheirWords(t *testing.T) {
	t.Parallel()
	s, conn := province(t)
	ctx := context.Background()
	for _, units := range [][]string{{"many-c7"}, {"many-c7", "many-c8"}, nil} {
		for _, text := range []string{"năm 2019", "nam 2019", "KHEN THƯỞNG", "12", "0012", "hs 2019", "2019-01", "12/TTr", "ttr", "đề nghị khen", "khen de", "xyzzy", "%"} {
			q, err := s.spell(ctx, text)
			require.NoError(t, err)
			want := []string{}
			if q.fold != "" {
				want = plain(t, conn, foundPlainly+`)`, units, q.fold, q.number)
			}
			last := map[string]time.Time{}
			got := all(t, func(r SubmissionRow) string { return r.ID }, func(after Cursor) ([]SubmissionRow, Cursor, error) {
				rows, next, err := s.ListSubmissions(ctx, units, units == nil, SubmissionFilter{Text: text}, after, 7)
				for _, r := range rows {
					if before, ok := last[r.Match]; ok {
						assert.False(t, r.CreatedAt.After(before), "%q: %s comes after an older one", text, r.Ref)
					}
					last[r.Match] = r.CreatedAt
				}
				return rows, next, err
			})
			assert.ElementsMatch(t, want, got, "%v %q", units, text)
			if units == nil || q.fold == "" {
				continue
			}
			want = plain(t, conn, foundPlainly+` or exists (select 1 from proposals p join items i on i.proposal = p.id
				join item_contents c on c.item = i.id where p.submission = s.id and ' ' || search_fold(c.content ->> 'name') like '% ' || $2 || '%'))`, units, q.fold, q.number)
			briefs, err := s.SubmissionBriefs(ctx, units, SubmissionQuery{Text: text, Limit: 100000})
			require.NoError(t, err)
			got = []string{}
			for _, b := range briefs {
				got = append(got, b.ID)
			}
			assert.ElementsMatch(t, want, got, "the unit's own list: %v %q", units, text)
		}
	}
	rows, _, err := s.ListSubmissions(ctx, []string{"many-c7"}, false, SubmissionFilter{Text: "khen", Status: "draft"}, "", 50)
	require.NoError(t, err)
	require.NotEmpty(t, rows)
	for _, r := range rows {
		assert.Equal(t, "draft", r.Status)
	}
}

// TestAnIdIsAskedOfItsIndex: what is no id finds nothing and is no error.
func TestAnIdIsAskedOfItsIndex(t *testing.T) {
	t.Parallel()
	s, conn := province(t)
	ctx := context.Background()
	id := plain(t, conn, `select id::text from proposals order by id limit 1`)[0]
	for _, asked := range []string{"", "x", "'", id + "0", "{" + id + "}", "00000000-0000-0000-0000-000000000000"} {
		_, err := s.ProposalIn(ctx, Scope{All: true}, asked)
		require.ErrorIs(t, err, ErrNotFound, asked)
		_, err = s.SubmissionByID(ctx, asked)
		require.ErrorIs(t, err, ErrNotFound, asked)
	}
	p, err := s.ProposalIn(ctx, Scope{All: true}, id)
	require.NoError(t, err)
	again, err := s.ProposalIn(ctx, Scope{All: true}, p.Ref)
	require.NoError(t, err)
	assert.Equal(t, id, again.ID)
}

// plain reads one column of texts.
func plain(t *testing.T, conn *pgx.Conn, sql string, args ...any) []string {
	t.Helper()
	rows, err := conn.Query(context.Background(), sql, args...)
	require.NoError(t, err)
	out, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	return out
}
