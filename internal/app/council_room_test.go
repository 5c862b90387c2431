package app

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// room is a world with one drafted session and its people at hand.
type room struct {
	*world
	v                SessionView
	secretary, chair Session
	members          []string // user ids, the chair first
}

func newRoom(t *testing.T, names ...string) *room {
	w := newWorld(t)
	var people []proposal.ItemContent
	for _, n := range names {
		c := person(n)
		c.Achievement, c.Note = "Thành tích chỉ dành cho người đã khai báo", "ghi chú nội bộ"
		people = append(people, c)
	}
	r := &room{world: w, secretary: w.as(w.holder(theCouncil, proposal.RoleSecretary)), chair: w.as(w.holder(theCouncil, proposal.RoleChair))}
	r.v = w.draftOf("Phiên thử", w.send("BKT-PT", voting, people...))
	for _, seat := range r.v.Roster {
		r.members = append(r.members, seat.User)
	}
	return r
}

func (r *room) seesMaterial(user string) bool {
	r.t.Helper()
	v, err := r.SessionView(context.Background(), r.byID(user), r.v.ID)
	require.NoError(r.t, err)
	return v.Agenda[0].Content.Achievement != ""
}

// TestDeclareBeforeMaterial: a member sees names only, until the declaration; then
// everything but the item with the conflict, on every way to it.
func TestDeclareBeforeMaterial(t *testing.T) {
	t.Parallel()
	r, ctx := newRoom(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định"), context.Background()
	member := r.as("hg-member-1")
	v, err := r.SessionView(ctx, member, r.v.ID)
	require.NoError(t, err)
	require.True(t, v.Withheld)
	raw, err := json.Marshal(v)
	require.NoError(t, err)
	require.NotContains(t, string(raw), "Nguyễn Văn Ví Dụ")
	told, err := r.Interests(ctx, member, r.v.ID)
	require.NoError(t, err)
	require.Equal(t, "Nguyễn Văn Ví Dụ", told.Agenda[0].Content.Name, "the declaration is where names stand")
	require.Empty(t, told.Agenda[0].Content.Achievement)
	_, err = r.Interests(ctx, r.secretary, r.v.ID)
	require.Equal(t, CodeForbidden, codeOf(err), "who has no seat declares nothing")
	_, err = r.AgendaSheet(ctx, member, r.v.ID, "csv")
	require.Equal(t, CodeNotReady, codeOf(err))
	require.NotContains(t, string(raw), "Thành tích chỉ dành")
	require.NotContains(t, string(raw), "ghi chú nội bộ")
	_, err = r.AgendaMaterial(ctx, member, r.v.ID, v.Agenda[0].Item)
	require.Equal(t, CodeNotReady, codeOf(err))
	_, err = r.Ballot(ctx, member, r.v.ID)
	require.Equal(t, CodeNotReady, codeOf(err))
	require.True(t, r.seesMaterial(r.secretary.User), "the secretary prepares it")

	_, err = r.DeclareInterests(ctx, member, r.v.ID, InterestsInput{})
	require.Equal(t, CodeInvalid, codeOf(err), "nothing said")
	mine := Conflict{Item: v.Agenda[1].Item, Reason: "Em ruột"}
	_, err = r.DeclareInterests(ctx, member, r.v.ID, InterestsInput{None: true, Conflicts: []Conflict{mine}})
	require.Equal(t, CodeInvalid, codeOf(err), "both said")
	v, err = r.DeclareInterests(ctx, member, r.v.ID, InterestsInput{Conflicts: []Conflict{mine}, Nonce: "n"})
	require.NoError(t, err)
	_, err = r.DeclareInterests(ctx, member, r.v.ID, InterestsInput{Conflicts: []Conflict{mine}, Nonce: "n"})
	require.NoError(t, err, "sent twice, declared once")
	require.False(t, v.Withheld)
	require.NotEmpty(t, v.Agenda[0].Content.Achievement)
	require.Empty(t, v.Agenda[1].Content.Achievement, "not of the item with the conflict")
	_, err = r.AgendaMaterial(ctx, member, r.v.ID, v.Agenda[1].Item)
	require.Equal(t, CodeForbidden, codeOf(err))
	m, err := r.AgendaMaterial(ctx, member, r.v.ID, v.Agenda[0].Item)
	require.NoError(t, err)
	require.Equal(t, "Nguyễn Văn Ví Dụ", m.Content.Name)
	require.False(t, r.seesMaterial(r.userOf("hg-member-2")), "another's declaration opens nothing")
	other, err := r.SessionView(ctx, r.as("hg-member-2"), r.v.ID)
	require.NoError(t, err)
	require.Empty(t, other.Conflicts, "members see their own conflicts only")
	led, err := r.SessionView(ctx, r.secretary, r.v.ID)
	require.NoError(t, err)
	require.Equal(t, []SeatConflict{{Member: member.User, Item: mine.Item, Kind: ConflictDeclared, Reason: "Em ruột"}}, led.Conflicts)

	_, err = r.DeclareInterests(ctx, r.secretary, r.v.ID, InterestsInput{None: true})
	require.Equal(t, CodeForbidden, codeOf(err))
	_, err = r.DeclareInterests(ctx, r.as("ph-secretary"), r.v.ID, InterestsInput{None: true})
	require.Equal(t, CodeNotFound, codeOf(err), "another council's people see nothing")
}

func (r *room) userOf(login string) string { return r.as(login).User }

// TestConflictsAndTheirVotes: what is declared before the convening bars from the
// item; so does what comes later, by an act on record; the check page sees the effect.
func TestConflictsAndTheirVotes(t *testing.T) {
	t.Parallel()
	r, ctx := newRoom(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định"), context.Background()
	first, second := r.v.Agenda[0].Item, r.v.Agenda[1].Item
	for _, user := range r.members[1:6] { // 5 of 11: no 70 of 100 any more
		_, err := r.DeclareInterests(ctx, r.byID(user), r.v.ID, InterestsInput{Conflicts: []Conflict{{Item: first, Reason: "Cùng đơn vị"}}})
		require.NoError(t, err)
	}
	c, err := r.CheckSession(ctx, r.secretary, r.v.ID)
	require.NoError(t, err)
	require.Nil(t, c.Problem)
	require.Equal(t, 8, c.Quorum)
	require.Len(t, c.Undeclared, 6)
	require.Len(t, c.Rules, 1)
	require.Equal(t, RuleCheck{Rule: voting, Awards: c.Rules[0].Awards, Items: 2, Needed: 8, Of: 11}, c.Rules[0])
	require.Len(t, c.Unreachable, 1)
	require.Equal(t, first, c.Unreachable[0].Item)
	require.Equal(t, council.Outlook{Base: 11, Needed: 8, Entitled: 6}, c.Unreachable[0].Outlook)
	_, err = r.CheckSession(ctx, r.as("hg-member-1"), r.v.ID)
	require.Equal(t, CodeForbidden, codeOf(err))

	_, err = r.Convene(ctx, r.secretary, r.v.ID)
	require.NoError(t, err)
	late := r.byID(r.members[7])
	_, err = r.DeclareInterests(ctx, late, r.v.ID, InterestsInput{Conflicts: []Conflict{{Item: second, Reason: "Vợ"}}})
	require.NoError(t, err)
	_, err = r.OpenSession(ctx, r.secretary, r.v.ID, OpenInput{Present: r.members})
	require.NoError(t, err)
	b, err := r.Ballot(ctx, late, r.v.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"", ConflictLate}, []string{b.Items[0].Blocked, b.Items[1].Blocked})
	require.Equal(t, 1, b.Asked)
	_, err = r.Cast(ctx, late, r.v.ID, CastInput{Default: "yes", Items: map[string]string{second: "yes"}})
	require.Equal(t, CodeInvalid, codeOf(err))
	_, err = r.Cast(ctx, late, r.v.ID, CastInput{Default: "yes"})
	require.NoError(t, err)
	barred := r.byID(r.members[1])
	_, err = r.Cast(ctx, barred, r.v.ID, CastInput{Default: "no"})
	require.NoError(t, err)
	_, err = r.CloseSession(ctx, r.chair, r.v.ID, "")
	require.NoError(t, err)
	v, err := r.SessionView(ctx, r.secretary, r.v.ID)
	require.NoError(t, err)
	require.Equal(t, council.Sum{Yes: 1, Recused: 5, Base: 11, Needed: 8}, v.Agenda[0].Result.Sum)
	require.Equal(t, council.Sum{No: 1, Recused: 1, Base: 11, Needed: 8}, v.Agenda[1].Result.Sum)
	m, err := r.Minutes(ctx, r.secretary, r.v.ID)
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(m.Blocks), "do có xung đột lợi ích (khai báo sau khi triệu tập)")
	_, err = r.DeclareInterests(ctx, late, r.v.ID, InterestsInput{None: true})
	require.Equal(t, envelope.CodeClosed, codeOf(err))
}

// TestBallotDraft: saved as it is filled in, merged from two tabs, readable by the
// voter only, gone once it is cast.
func TestBallotDraft(t *testing.T) {
	t.Parallel()
	r, ctx := newRoom(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định"), context.Background()
	first, second := r.v.Agenda[0].Item, r.v.Agenda[1].Item
	_, err := r.Convene(ctx, r.secretary, r.v.ID)
	require.NoError(t, err)
	_, err = r.OpenSession(ctx, r.secretary, r.v.ID, OpenInput{Present: r.members[:9]})
	require.NoError(t, err)
	one, two := r.byID(r.members[1]), r.byID(r.members[2])
	_, err = r.SaveBallot(ctx, one, r.v.ID, BallotChange{Items: map[string]string{first: "no"}})
	require.Equal(t, CodeNotReady, codeOf(err), "declare first")
	for _, m := range r.members {
		r.declareNone(r.v.ID, m)
	}
	_, err = r.SaveBallot(ctx, one, r.v.ID, BallotChange{Items: map[string]string{first: "no"}})
	require.NoError(t, err)
	b, err := r.SaveBallot(ctx, one, r.v.ID, BallotChange{Items: map[string]string{second: "yes"}})
	require.NoError(t, err)
	require.Equal(t, map[string]string{first: "no", second: "yes"}, b.Choices)
	require.Equal(t, 2, b.Version)
	b, err = r.SaveBallot(ctx, one, r.v.ID, BallotChange{Items: map[string]string{second: ""}})
	require.NoError(t, err)
	require.Equal(t, map[string]string{first: "no"}, b.Choices)
	_, err = r.SaveBallot(ctx, one, r.v.ID, BallotChange{Items: map[string]string{r.v.ID: "yes"}})
	require.Equal(t, CodeInvalid, codeOf(err), "not on the agenda")

	other, err := r.Ballot(ctx, two, r.v.ID)
	require.NoError(t, err)
	require.Empty(t, other.Choices)
	_, err = r.Ballot(ctx, r.secretary, r.v.ID)
	require.Equal(t, CodeNotFound, codeOf(err))
	_, err = r.Ballot(ctx, r.as("hg-auditor"), r.v.ID)
	require.Equal(t, CodeNotFound, codeOf(err))
	row, err := r.Store.BallotDraftOf(ctx, r.v.ID, one.User)
	require.NoError(t, err)
	require.NotContains(t, string(row.Sealed), first)
	_, err = r.openDraft(r.v.CaseID, two.User, row.Sealed)
	require.Error(t, err, "under another voter's key")

	_, err = r.Cast(ctx, one, r.v.ID, CastInput{Items: map[string]string{first: "no", second: "yes"}, Nonce: "f"})
	require.NoError(t, err)
	row, err = r.Store.BallotDraftOf(ctx, r.v.ID, one.User)
	require.NoError(t, err)
	require.Nil(t, row)
	_, err = r.SaveBallot(ctx, one, r.v.ID, BallotChange{Items: map[string]string{first: "yes"}})
	require.Equal(t, CodeConflict, codeOf(err), "cast")
	b, err = r.Ballot(ctx, one, r.v.ID)
	require.NoError(t, err)
	require.True(t, b.Cast)
	away, err := r.Ballot(ctx, r.byID(r.members[10]), r.v.ID)
	require.NoError(t, err)
	require.True(t, away.Written)
	_, err = r.SaveBallot(ctx, two, r.v.ID, BallotChange{Items: map[string]string{first: "yes"}})
	require.NoError(t, err)
	_, err = r.CloseSession(ctx, r.chair, r.v.ID, "")
	require.NoError(t, err)
	row, err = r.Store.BallotDraftOf(ctx, r.v.ID, two.User)
	require.NoError(t, err)
	require.Nil(t, row, "nothing is left of what was not cast")
}

// TestProjectorKeepsSecrets: numbers and the names on the agenda, of nobody else.
func TestProjectorKeepsSecrets(t *testing.T) {
	t.Parallel()
	r, ctx := newRoom(t, "Nguyễn Văn Ví Dụ"), context.Background()
	marks := PresenceInput{}
	for i, m := range r.members {
		marks.Members = append(marks.Members, Attendance{Member: m, State: []string{"present", "absent"}[i/9]})
	}
	marks.Members[10] = Attendance{Member: r.members[10], State: "written", Note: "Đi công tác"}
	p, err := r.MarkPresence(ctx, r.secretary, r.v.ID, marks)
	require.NoError(t, err)
	require.Equal(t, Progress{Phase: "draft", Round: 1, Members: 11, Present: 9, Quorum: 8, Quorate: true, Expected: 10, Open: 1, Items: 1, Mode: "meeting", At: "2023-11-20"}, p)
	_, err = r.MarkPresence(ctx, r.chair, r.v.ID, marks)
	require.Equal(t, CodeForbidden, codeOf(err))
	r.v.CouncilSession = r.vote(map[string]bool{"Nguyễn Văn Ví Dụ": true}, r.newCase("Danh Kín"))
	_, err = r.ShowOnScreen(ctx, r.secretary, r.v.ID, ScreenInput{Award: "BKT-PT"})
	require.NoError(t, err)
	_, err = r.ShowOnScreen(ctx, r.as("hg-member-1"), r.v.ID, ScreenInput{Award: "BKT-PT"})
	require.Equal(t, CodeForbidden, codeOf(err))
	shown, err := r.Projector(ctx, r.as("hg-member-1"), r.v.ID)
	require.NoError(t, err)
	require.Equal(t, 11, shown.Progress.Ballots)
	require.Equal(t, 11, shown.Lines[0].Sum.Yes)
	raw, err := json.Marshal(shown)
	require.NoError(t, err)
	for _, seat := range r.v.Roster {
		require.NotContains(t, string(raw), seat.User)
		require.NotContains(t, string(raw), seat.Name)
	}
	require.NotContains(t, string(raw), "votes")
	require.NotContains(t, string(raw), "Trường Tiểu học Mẫu")
	_, err = r.Projector(ctx, r.as("ph-secretary"), r.v.ID)
	require.Equal(t, CodeNotFound, codeOf(err))
}

func (r *room) newCase(name string) postgres.Proposal {
	return r.send("BKT-PT", voting, person(name))
}

// TestOrderOfAwards: the secretary takes awards in another order than the
// catalogue's; a draft's title, place and day can be changed.
func TestOrderOfAwards(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	v := w.draftOf("Thứ tự", w.send("BKT-PT", voting, person("Một")), w.send("CSTDT", voting, person("Hai")))
	secretary := w.as(w.holder(theCouncil, proposal.RoleSecretary))
	order := func(v SessionView) (out []string) {
		for _, g := range w.GroupAgenda(v.Agenda) {
			out = append(out, g.Award)
		}
		return out
	}
	was := order(v)
	require.Len(t, was, 2)
	back := []string{was[1], was[0]}
	v, err := w.OrderAgenda(ctx, secretary, v.ID, OrderInput{Awards: back})
	require.NoError(t, err)
	require.Equal(t, back, order(v))
	v, err = w.PutOnAgenda(ctx, secretary, v.ID, AgendaInput{Proposals: []string{w.send("BKT-PT", voting, person("Ba")).ID}})
	require.NoError(t, err)
	require.Equal(t, back, order(v), "what is added later keeps it")
	v, err = w.EditSession(ctx, secretary, v.ID, DraftSessionInput{Title: "Khác", HeldOn: "2023-11-22", Place: "Phòng họp số 1"})
	require.NoError(t, err)
	require.Equal(t, "Phòng họp số 1", v.Place)
	_, err = w.EditSession(ctx, w.as("hg-member-1"), v.ID, DraftSessionInput{Title: "Khác", HeldOn: "2023-11-22"})
	require.Equal(t, CodeForbidden, codeOf(err))
	_, err = w.Convene(ctx, secretary, v.ID)
	require.NoError(t, err)
	_, err = w.OrderAgenda(ctx, secretary, v.ID, OrderInput{Awards: was})
	require.Equal(t, CodeConflict, codeOf(err))
}
