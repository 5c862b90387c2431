package app

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/council/ballotbox"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// secretly is the vote rule of items with a secret ballot.
func secretly() council.Rule {
	r := voting
	r.Ballot = council.BallotSecret
	return r
}

// sealedRoom is a session whose secret ballots are sealed, open, with both shares.
type sealedRoom struct {
	*world
	v                SessionView
	secretary, chair Session
	first, second    string            // the shares
	shares           map[string]string // all that were made, by holder
	logs             bytes.Buffer
	ctx              context.Context
}

func newSealedRoom(t *testing.T, items int) *sealedRoom {
	t.Helper()
	return sealedRoomUnder(t, items, secretly())
}

func sealedRoomUnder(t *testing.T, items int, rule council.Rule) *sealedRoom {
	t.Helper()
	r := &sealedRoom{world: newWorld(t)}
	r.ctx = zerolog.New(&r.logs).WithContext(context.Background())
	var names []proposal.ItemContent
	for i := range items {
		names = append(names, person(fmt.Sprintf("Nguyễn Văn Mẫu %c", 'A'+i)))
	}
	p := r.send("CSTDT", rule, names...)
	r.secretary, r.chair = r.as(r.holder(theCouncil, proposal.RoleSecretary)), r.as(r.holder(theCouncil, proposal.RoleChair))
	var err error
	r.v, err = r.DraftSession(r.ctx, r.secretary, DraftSessionInput{Title: "Phiếu kín", HeldOn: "2023-11-20", Secret: SecretElectronic})
	require.NoError(t, err)
	r.v, err = r.PutOnAgenda(r.ctx, r.secretary, r.v.ID, AgendaInput{Proposals: []string{p.ID}})
	require.NoError(t, err)
	_, err = r.Convene(r.ctx, r.secretary, r.v.ID)
	require.NoError(t, err)
	_, err = r.OpenSession(r.ctx, r.secretary, r.v.ID, OpenInput{Present: r.everybody()})
	require.Equal(t, envelope.CodeStage, codeOf(err), "no keys yet")
	lost, err := r.MakeBallotKey(r.ctx, r.chair, r.v.ID)
	require.NoError(t, err)
	one, err := r.MakeBallotKey(r.ctx, r.chair, r.v.ID)
	require.NoError(t, err)
	require.NotEqual(t, lost.Share, one.Share)
	two, err := r.MakeBallotKey(r.ctx, r.secretary, r.v.ID)
	require.NoError(t, err)
	r.first, r.second = one.Share, two.Share
	_, err = r.OpenSession(r.ctx, r.secretary, r.v.ID, OpenInput{Present: r.everybody()})
	require.NoError(t, err)
	for _, seat := range r.v.Roster {
		r.declareNone(r.v.ID, seat.User)
	}
	return r
}

func (r *sealedRoom) everybody() []string {
	var out []string
	for _, seat := range r.v.Roster {
		out = append(out, seat.User)
	}
	return out
}

// pattern is a voter's choices, of which no two are alike.
func (r *sealedRoom) pattern(voter int) string {
	out, n := make([]byte, len(r.v.Agenda)), uint32(voter)*2654435761+12345
	for i := range out {
		n = n*1664525 + 1013904223
		out[i] = "yna"[n>>16%3]
	}
	return string(out)
}

func (r *sealedRoom) choices(pattern string) map[string]string {
	out := map[string]string{}
	for i, it := range r.v.Agenda {
		out[it.Item] = choiceWords[pattern[i]]
	}
	return out
}

// cast has everybody vote: by turns sealed on the voter's own machine, and by the server.
func (r *sealedRoom) cast() {
	r.t.Helper()
	for i, seat := range r.v.Roster {
		who := r.byID(seat.User)
		b, err := r.SecretBallot(r.ctx, who, r.v.ID)
		require.NoError(r.t, err)
		require.Equal(r.t, len(r.v.Agenda), b.Asked)
		in := SecretInput{Items: r.choices(r.pattern(i))}
		if i%2 == 0 {
			in = SecretInput{Sealed: r.sealed(b, r.pattern(i))}
		}
		_, err = r.CastSecret(r.ctx, who, r.v.ID, in)
		require.NoError(r.t, err)
		b, err = r.SecretBallot(r.ctx, who, r.v.ID)
		require.NoError(r.t, err)
		require.True(r.t, b.Cast)
		require.Len(r.t, b.Receipt, 64)
	}
}

func (r *sealedRoom) sealed(b SecretBallotView, choices string) string {
	r.t.Helper()
	var keys ballotbox.Keys
	var err error
	keys.Chair, err = hex.DecodeString(b.Chair)
	require.NoError(r.t, err)
	keys.Secretary, err = hex.DecodeString(b.Second)
	require.NoError(r.t, err)
	out, err := ballotbox.Seal(keys, b.Box, b.Member, choices)
	require.NoError(r.t, err)
	return hex.EncodeToString(out)
}

// counted closes the box, opens it with both shares, attests and closes the session.
func (r *sealedRoom) counted() []council.SealedRow {
	t, ctx, id := r.t, r.ctx, r.v.ID
	t.Helper()
	both := SharesInput{Chair: r.first, Secretary: strings.ToLower(r.second)}
	_, err := r.CountSecret(ctx, r.chair, id, both)
	require.Equal(t, CodeNotReady, codeOf(err), "the box is open")
	_, err = r.SecretRecord(ctx, r.chair, id, 0)
	require.Equal(t, CodeNotReady, codeOf(err))
	_, err = r.FreezeBallots(ctx, r.secretary, id, BoxInput{})
	require.Equal(t, CodeForbidden, codeOf(err))
	_, err = r.FreezeBallots(ctx, r.chair, id, BoxInput{})
	require.NoError(t, err)
	_, err = r.CountSecret(ctx, r.chair, id, SharesInput{Chair: r.first, Secretary: r.first})
	require.Equal(t, CodeInvalid, codeOf(err), "one share twice")
	require.Equal(t, "secretary", err.(*Error).Fields[0].Field)
	_, err = r.AttestCount(ctx, r.secretary, id, BoxInput{})
	require.Equal(t, CodeNotReady, codeOf(err))
	_, err = r.CountSecret(ctx, r.chair, id, both)
	require.NoError(t, err)
	_, err = r.CloseSession(ctx, r.chair, id, "")
	require.Equal(t, envelope.CodeStage, codeOf(err), "not attested")
	_, err = r.AttestCount(ctx, r.secretary, id, BoxInput{})
	require.NoError(t, err)
	_, err = r.CloseSession(ctx, r.chair, id, "")
	require.NoError(t, err)
	record, err := r.SecretRecord(ctx, r.chair, id, 0)
	require.NoError(t, err)
	var rows []council.SealedRow
	for _, it := range record.Items {
		rows = append(rows, it.SealedRow)
	}
	return rows
}

// TestSealedVotesCount: what was published is what was voted, item by item, in an
// order that is nobody's; the result goes to the case; anybody counts it again.
func TestSealedVotesCount(t *testing.T) {
	t.Parallel()
	r := newSealedRoom(t, 12)
	other := r.byID(r.v.Roster[0].User)
	_, err := r.CastSecret(r.ctx, other, r.v.ID, SecretInput{Items: map[string]string{r.v.Agenda[0].Item: "yes"}})
	require.Equal(t, CodeInvalid, codeOf(err), "an item is left open")
	_, err = r.CastSecret(r.ctx, other, r.v.ID, SecretInput{Sealed: "ab"})
	require.Equal(t, CodeInvalid, codeOf(err))
	_, err = r.CastSecret(r.ctx, r.secretary, r.v.ID, SecretInput{Sealed: "ab"})
	require.Equal(t, CodeForbidden, codeOf(err))
	paper, err := r.Ballot(r.ctx, other, r.v.ID)
	require.NoError(t, err)
	require.Equal(t, BlockedSealed, paper.Items[0].Blocked)
	_, err = r.SaveBallot(r.ctx, other, r.v.ID, BallotChange{Items: map[string]string{r.v.Agenda[0].Item: "yes"}})
	require.Equal(t, CodeInvalid, codeOf(err), "a secret choice is kept nowhere")
	_, err = r.CountPaper(r.ctx, r.secretary, r.v.ID, CountInput{Items: []council.PaperItem{{Item: r.v.Agenda[0].Item}}})
	require.Equal(t, envelope.CodeStage, codeOf(err))
	r.cast()
	_, err = r.CastSecret(r.ctx, other, r.v.ID, SecretInput{Items: r.choices(r.pattern(3))})
	require.Equal(t, envelope.CodeReplayed, codeOf(err), "once")
	rows := r.counted()

	same := 0
	for i, row := range rows {
		var want council.Sum
		var asVoted []byte
		for k := range r.v.Roster {
			asVoted = append(asVoted, r.pattern(k)[i])
		}
		for _, c := range []string{"y", "n", "a"} {
			require.Equal(t, strings.Count(string(asVoted), c), strings.Count(row.Votes, c), "item %d", i)
		}
		want.Yes = strings.Count(row.Votes, "y")
		v, err := r.SessionView(r.ctx, r.secretary, r.v.ID)
		require.NoError(t, err)
		require.Equal(t, want.Yes, v.Agenda[i].Result.Sum.Yes)
		require.Empty(t, v.Agenda[i].Votes, "nobody's vote is named")
		if string(asVoted) == row.Votes {
			same++
		}
	}
	require.Less(t, same, len(rows)/2, "the rows stand in the roster's order")
	record, err := r.SecretRecord(r.ctx, r.byID(r.v.Roster[2].User), r.v.ID, 0)
	require.NoError(t, err)
	mine, err := r.SecretBallot(r.ctx, r.byID(r.v.Roster[2].User), r.v.ID)
	require.NoError(t, err)
	require.NoError(t, council.Recount(record, mine.Receipt))
	require.NotEmpty(t, record.Attested)
	require.Equal(t, workflows.Delivery{Delivered: 1}, r.finishCouncil(r.v.CouncilSession))
	d, err := r.CountRecord(r.ctx, r.secretary, r.v.ID)
	require.NoError(t, err)
	var text []string
	for _, b := range d.Blocks {
		text = append(text, b.Text)
	}
	require.Contains(t, strings.Join(text, "\n"), record.Root)
	require.Contains(t, strings.Join(text, "\n"), "phiếu đã bỏ: 11")
	_, err = r.SecretRecord(r.ctx, r.as("pgd-clerk"), r.v.ID, 0)
	require.Equal(t, CodeNotFound, codeOf(err))
}
