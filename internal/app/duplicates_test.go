package app

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/duplicate"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// twice is what the law says of an item's being rewarded already.
func (w *world) twice(item string) string {
	w.t.Helper()
	v, err := w.Item(context.Background(), w.as(w.standingLogin()), item)
	require.NoError(w.t, err)
	for _, g := range v.Law.Tree.Children {
		for _, n := range g.Children {
			if n.ID == "NOT_REWARDED_TWICE" {
				return string(n.Result)
			}
		}
	}
	require.Fail(w.t, "no such criterion")
	return ""
}

func (w *world) firstItem(p postgres.Proposal) string {
	w.t.Helper()
	items, err := w.Store.ItemsOf(context.Background(), p.ID, p.Revision)
	require.NoError(w.t, err)
	return items[0].ID
}

// onlyPair is the one pair that an item is part of, as the standing body sees it.
func (w *world) onlyPair(item string) DuplicateView {
	w.t.Helper()
	hits, err := w.DuplicatesOf(context.Background(), w.as(w.standingLogin()), item)
	require.NoError(w.t, err)
	require.Len(w.t, hits, 1)
	return hits[0]
}

// What was rewarded already, by a decision of ours or by a paper decision, is not
// rewarded again once a person has said that it is the same; and it can be undone.
func TestWhatWasRewardedIsNotRewardedTwice(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	decided := w.passed("Danh Thị Diệu Hiền")
	w.issue(w.decide(decided...), NumberInput{Number: 328, Date: "2023-11-15"})
	w.recorded(paperRow("Thạch Sô Phia", "award", "BKT-PT", "period", "2023", "birth_year", "", "decision_date", "20/10/2023"))
	for name, record := range map[string]bool{"Bà Danh Thị Diệu Hiền": false, "Thạch Sô Phia": true} {
		item := w.firstItem(w.send("BKT-PT", voting, person(name)))
		pair := w.onlyPair(item)
		require.Equal(t, duplicate.Strong, pair.Level, "%+v", pair)
		require.True(t, pair.Sides[1].Rewarded)
		require.Equal(t, record, pair.Sides[1].Record)
		require.Equal(t, "needs_person", w.twice(item), "a machine's finding alone is nobody's word")
		say := func(word string) {
			head := w.as(w.standingLogin())
			_, err := w.ResolveDuplicate(ctx, head, pair.Pair, ResolveInput{Word: word, Reason: "Đã đối chiếu quyết định", After: w.lastWord(pair.Pair)})
			require.NoError(t, err)
		}
		say("same")
		require.Equal(t, "not_met", w.twice(item))
		v, err := w.Item(ctx, w.as("pgd-clerk"), item)
		require.NoError(t, err)
		require.Equal(t, "not_met", string(v.Law.Verdict), "and so the whole item")

		// What was said holds, whatever the item is called afterwards.
		w.rename(item, "Kim Thị Sa Rết")
		require.Equal(t, "not_met", w.twice(item))
		w.rename(item, name)

		say("other_achievement")
		require.NotEqual(t, "not_met", w.twice(item))
		say("same")
		_, err = w.UndoDuplicate(ctx, w.as(w.standingLogin()), pair.Pair, UndoInput{Reason: "Nhầm cặp"})
		require.NoError(t, err)
		require.Equal(t, "needs_person", w.twice(item))
	}
}

// lastWord is the id of what was said last of a pair.
func (w *world) lastWord(pair string) string {
	w.t.Helper()
	v, err := w.Duplicate(context.Background(), w.as(w.standingLogin()), pair)
	require.NoError(w.t, err)
	if len(v.Words) == 0 {
		return ""
	}
	return v.Words[0].ID
}

// rename sends another revision of a case in which an item has another name, past the
// application.
func (w *world) rename(item, name string) {
	w.t.Helper()
	c, err := pgx.Connect(context.Background(), w.owner)
	require.NoError(w.t, err)
	defer c.Close(context.Background())
	_, err = c.Exec(context.Background(), `
		insert into item_contents (item, revision, content, salt, commitment)
		select item, revision + 1, (content::jsonb || jsonb_build_object('name', $2::text))::json, salt, commitment
		from item_contents where item = $1::uuid order by revision desc limit 1`, item, name)
	require.NoError(w.t, err)
	_, err = c.Exec(context.Background(), `update proposals set revision = revision + 1 where id = (select proposal from items where id = $1::uuid)`, item)
	require.NoError(w.t, err)
}

// Who is the same beyond the name is found: by the personal number, and by what people
// joined in the ledger; and each says so.
func TestNumbersAndJoinsFindWhomNamesDoNot(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	head := w.as(w.standingLogin())
	w.recorded(paperRow("Trần Thị Giả Định", "award", "BKT-PT", "period", "2023", "personal_number", planted, "unit", standing, "decision_date", "20/10/2023"),
		paperRow("Lý Thị Lanh", "award", "BKT-PT", "period", "2023", "unit", standing, "decision_date", "20/10/2023"))
	numbered, joined := person("Nguyễn Văn Ví Dụ"), person("Sơn Thị Mỹ Xuân")
	p := w.send("BKT-PT", voting, numbered, joined)
	items, err := w.Store.ItemsOf(ctx, p.ID, p.Revision)
	require.NoError(t, err)
	for _, it := range items {
		hits, err := w.DuplicatesOf(ctx, head, it.ID)
		require.NoError(t, err)
		require.Empty(t, hits)
	}
	_, err = w.SetPersonalNumber(ctx, head, PersonalInput{Subject: items[0].Subject, Number: planted})
	require.NoError(t, err)
	require.Equal(t, "number equal", firstPart(w.onlyPair(items[0].ID)))
	require.NotEqual(t, "met", w.twice(items[0].ID))

	v, err := w.JoinSubjects(ctx, head, JoinInput{Kind: postgres.JoinSame, Subject: items[1].Subject, Other: w.refOf("Lý Thị Lanh", standing), Reason: "Cùng một người, đổi tên theo giấy khai sinh"})
	require.NoError(t, err)
	pair := w.onlyPair(items[1].ID)
	require.Equal(t, "ledger joined", firstPart(pair))
	require.Equal(t, duplicate.Strong, pair.Level)
	require.NotEmpty(t, v.Joins)
	_, err = w.UndoJoin(ctx, head, UndoJoinInput{Join: v.Joins[0].ID, Reason: "Nhầm người"})
	require.NoError(t, err)
	hits, err := w.DuplicatesOf(ctx, head, items[1].ID)
	require.NoError(t, err)
	require.Empty(t, hits, "what is apart again is not found")
}

func firstPart(v DuplicateView) string { return v.Parts[0].What + " " + v.Parts[0].Code }

// The agenda says what nobody has settled, to whoever may see the items' cases.
func TestTheAgendaShowsOpenDuplicates(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	a, b := w.send("BKT-PT", voting, person("Danh Thị Diệu Hiền")), w.send("BKT-PT", voting, person("Danh Thị Diệu Hiền"), person("Nguyễn Văn Ví Dụ"))
	pair := w.onlyPair(w.firstItem(a))
	secretary := w.as(w.holder(theCouncil, proposal.RoleSecretary))
	waiting, err := w.AgendaCandidates(ctx, secretary, theCouncil)
	require.NoError(t, err)
	require.Equal(t, 2, doubtful(waiting))
	s, err := w.DraftSession(ctx, secretary, DraftSessionInput{Title: "Họp xét", HeldOn: "2023-11-15"})
	require.NoError(t, err)
	s, err = w.PutOnAgenda(ctx, secretary, s.ID, AgendaInput{Proposals: []string{a.ID, b.ID}})
	require.NoError(t, err)
	require.Equal(t, 2, doubtful(s.Agenda))
	for _, it := range s.Agenda {
		for _, d := range it.Doubles {
			assert.Equal(t, pair.Pair, d.Pair)
			assert.Equal(t, duplicate.Strong, d.Level)
		}
	}
	member, err := w.SessionView(ctx, w.as("hg-member-1"), s.ID)
	require.NoError(t, err)
	require.True(t, member.Withheld)
	require.Zero(t, doubtful(member.Agenda), "who has not declared learns nothing")
	_, err = w.ResolveDuplicate(ctx, w.as(w.standingLogin()), pair.Pair, ResolveInput{Word: "different", Reason: "Hai người cùng tên"})
	require.NoError(t, err)
	s, err = w.SessionView(ctx, secretary, s.ID)
	require.NoError(t, err)
	require.Zero(t, doubtful(s.Agenda))
}

func doubtful(items []AgendaItem) int {
	n := 0
	for _, it := range items {
		if len(it.Doubles) > 0 {
			n++
		}
	}
	return n
}
