package app

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// TestAnAgendaIsBounded: what would not fit into one message is refused in words,
// when the agenda is put together and when it is convened.
func TestAnAgendaIsBounded(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	var names []proposal.ItemContent
	for i := range council.MaxAgenda/2 + 1 {
		names = append(names, person(fmt.Sprintf("Người Mẫu %d", i)))
	}
	one, two := w.send("BKT-PT", voting, names...), w.send("BKT-PT", voting, names...)
	secretary := w.as(w.holder(theCouncil, proposal.RoleSecretary))
	v, err := w.DraftSession(ctx, secretary, DraftSessionInput{Title: "Họp lớn", HeldOn: "2023-11-20"})
	require.NoError(t, err)
	_, err = w.PutOnAgenda(ctx, secretary, v.ID, AgendaInput{Proposals: []string{one.ID, two.ID}})
	require.Equal(t, CodeInvalid, codeOf(err))
	require.Contains(t, err.(*Error).Vi, fmt.Sprint(council.MaxAgenda+2))
	v, err = w.PutOnAgenda(ctx, secretary, v.ID, AgendaInput{Proposals: []string{one.ID}})
	require.NoError(t, err)
	_, err = w.PutOnAgenda(ctx, secretary, v.ID, AgendaInput{Proposals: []string{two.ID}})
	require.Equal(t, CodeInvalid, codeOf(err))

	items := make([]postgres.CouncilItem, council.MaxAgenda+1)
	_, err = frozenSession(council.Input{}, []postgres.RosterSeat{{User: "m", Chair: true}}, items, declared{})
	require.Equal(t, CodeInvalid, codeOf(err))
}
