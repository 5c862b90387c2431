package app

import (
	"fmt"
	"strings"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/workflows"
)

// again is a voter's choices in the second ballot: on its items alone.
func (r *sealedRoom) again(voter int) string {
	var out []byte
	for i, c := range []byte(r.pattern(voter + 100)) {
		if r.v.Agenda[i].Second {
			out = append(out, c)
		}
	}
	return string(out)
}

// castAgain has everybody vote in the second ballot, by turns sealed on the voter's own
// machine and by the server.
func (r *sealedRoom) castAgain() {
	r.t.Helper()
	for i, seat := range r.v.Roster {
		who, choices := r.byID(seat.User), r.again(i)
		b, err := r.SecretBallot(r.ctx, who, r.v.ID)
		require.NoError(r.t, err)
		require.False(r.t, b.Cast, "the receipt of the first ballot is not one of the second")
		require.Equal(r.t, []any{2, true, len(choices)}, []any{b.BoxOf, b.Keyed, len(b.Items)})
		in := SecretInput{Items: map[string]string{}, Round: 2}
		for k, it := range b.Items {
			in.Items[it.Item] = choiceWords[choices[k]]
		}
		if i%2 == 0 {
			in = SecretInput{Sealed: r.sealed(b, choices), Round: 2}
		}
		_, err = r.CastSecret(r.ctx, who, r.v.ID, in)
		require.NoError(r.t, err)
	}
}

// made has both holders make their shares of the box in use.
func (r *sealedRoom) made() {
	r.t.Helper()
	for name, who := range map[string]Session{"chair": r.chair, "secretary": r.secretary} {
		v, err := r.MakeBallotKey(r.ctx, who, r.v.ID)
		require.NoError(r.t, err)
		require.Equal(r.t, name, v.Holder)
		r.shares[name+" of the second"] = v.Share
		if name == "chair" {
			r.first = v.Share
		} else {
			r.second = v.Share
		}
	}
}

// unsealed closes a ballot's box, opens it with both shares and attests.
func (r *sealedRoom) unsealed(round int) {
	r.t.Helper()
	_, err := r.FreezeBallots(r.ctx, r.chair, r.v.ID, BoxInput{Round: round})
	require.NoError(r.t, err)
	_, err = r.CountSecret(r.ctx, r.chair, r.v.ID, SharesInput{Chair: r.first, Secretary: r.second})
	require.NoError(r.t, err)
	_, err = r.AttestCount(r.ctx, r.secretary, r.v.ID, BoxInput{Round: round})
	require.NoError(r.t, err)
}

// staleOfTheFirst: pages and programs of the first ballot do nothing in the second.
func (r *sealedRoom) staleOfTheFirst(b SecretBallotView) {
	t := r.t
	t.Helper()
	for _, in := range []SecretInput{{Sealed: r.sealed(b, r.pattern(4))}, {Items: r.choices(r.pattern(4)), Round: 1}} {
		_, err := r.CastSecret(r.ctx, r.byID(b.Member), r.v.ID, in)
		require.Equal(t, CodeConflict, codeOf(err))
	}
	_, err := r.FreezeBallots(r.ctx, r.chair, r.v.ID, BoxInput{})
	require.Equal(t, CodeConflict, codeOf(err))
	left, err := r.Store.SealedBallotsOf(r.ctx, r.v.ID)
	require.NoError(t, err)
	require.Empty(t, left)
}

// bothCounted holds a closed session of two sealed ballots to what was voted: results,
// records that anybody recounts, minutes, and the histories.
func (r *sealedRoom) bothCounted() {
	t := r.t
	t.Helper()
	v, err := r.SessionView(r.ctx, r.secretary, r.v.ID)
	require.NoError(t, err)
	place := 0
	for i, it := range v.Agenda {
		yes, first := 0, 0
		for k := range v.Roster {
			first += strings.Count(r.pattern(k)[i:i+1], "y")
			if it.Second {
				yes += strings.Count(r.again(k)[place:place+1], "y")
			}
		}
		if !it.Second {
			require.Equal(t, first, it.Result.Sum.Yes)
			require.Nil(t, it.Result.First)
			continue
		}
		require.Equal(t, []int{yes, first}, []int{it.Result.Sum.Yes, it.Result.First.Yes})
		require.Empty(t, it.Votes, "nobody's vote is named")
		place++
	}
	mine, err := r.SecretBallot(r.ctx, r.byID(v.Roster[2].User), v.ID)
	require.NoError(t, err)
	var roots []string
	for round := 1; round <= 2; round++ {
		record, err := r.SecretRecord(r.ctx, r.chair, v.ID, round)
		require.NoError(t, err)
		receipt := ""
		if round == 2 {
			receipt = mine.Receipt
		}
		require.NoError(t, council.Recount(record, receipt))
		roots = append(roots, record.Root)
		require.NotEmpty(t, record.Attested)
		require.Len(t, record.Keys, 2)
	}
	require.Equal(t, workflows.Delivery{Delivered: 1}, r.finishCouncil(v.CouncilSession))
	d, err := r.CountRecord(r.ctx, r.secretary, v.ID)
	require.NoError(t, err)
	told := fmt.Sprint(d.Blocks)
	for _, want := range append(roots, "BỎ PHIẾU LẦN HAI", "Người giữ mảnh khóa lần hai:") {
		require.Contains(t, told, want)
	}
	m, err := r.Minutes(r.ctx, r.secretary, v.ID)
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(m.Blocks), "(lần thứ hai)")
}
