package app

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/proposal"
)

// TestACampaignsNumberCuts where the campaign says so: votes rank, who is beyond it is
// deferred or does not pass, and those that passed before are taken off the number.
func TestACampaignsNumberCuts(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	number := CampaignNumber{Award: "BKT-PT", Per: "campaign", Limit: 3, Does: "cut", Order: "votes", Beyond: "deferred"}
	in := CampaignInput{Status: "open", CampaignText: CampaignText{Title: "Phong trào mẫu", Launcher: CampaignLauncher{Unit: authority}, Numbers: []CampaignNumber{number}}}
	bad := in
	bad.Numbers = []CampaignNumber{{Award: "BKT-PT", Per: "campaign", Limit: 3, Beyond: "deferred"}}
	_, err := w.SaveCampaign(ctx, w.as("hg-admin"), bad)
	require.Equal(t, CodeInvalid, codeOf(err), "what is beyond a number that only warns is nothing")
	c, err := w.SaveCampaign(ctx, w.as("hg-admin"), in)
	require.NoError(t, err)
	of := func(names ...string) string {
		var people []proposal.ItemContent
		for _, n := range names {
			people = append(people, person(n))
		}
		p := w.send("BKT-PT", voting, people...)
		w.asOwner(fmt.Sprintf(`update proposals set campaign = '%s' where id = '%s'`, c.ID, p.ID))
		return p.ID
	}
	session := func(no map[string]int, ids ...string) SessionView {
		secretary, chair := w.as(w.holder(theCouncil, proposal.RoleSecretary)), w.as(w.holder(theCouncil, proposal.RoleChair))
		v, err := w.DraftSession(ctx, secretary, DraftSessionInput{Title: "Theo số lượng", HeldOn: "2023-11-20"})
		require.NoError(t, err)
		v, err = w.PutOnAgenda(ctx, secretary, v.ID, AgendaInput{Proposals: ids})
		require.NoError(t, err)
		_, err = w.Convene(ctx, secretary, v.ID)
		require.NoError(t, err)
		var present []string
		for _, seat := range v.Roster {
			present = append(present, seat.User)
		}
		_, err = w.OpenSession(ctx, secretary, v.ID, OpenInput{Present: present})
		require.NoError(t, err)
		for i, m := range present {
			w.declareNone(v.ID, m)
			cast := CastInput{Default: "yes", Items: map[string]string{}}
			for _, it := range v.Agenda {
				if i < no[it.Content.Name] {
					cast.Items[it.Item] = "no"
				}
			}
			_, err = w.Cast(ctx, w.byID(m), v.ID, cast)
			require.NoError(t, err)
		}
		done, err := w.CloseSession(ctx, chair, v.ID, "")
		require.NoError(t, err)
		require.Equal(t, NextClosed, done.Next.Is())
		v, err = w.SessionView(ctx, secretary, v.ID)
		require.NoError(t, err)
		return v
	}
	first := session(nil, of("Nguyễn Văn Sớm"))
	require.True(t, first.Agenda[0].Result.Passed)
	require.Equal(t, 3, first.Cuts[0].Limit)
	require.Equal(t, 1, w.finishCouncil(first.CouncilSession).Delivered)

	v := session(map[string]int{"Lê Văn Hai": 1, "Mai Thị Ba": 2, "Đỗ Văn Bốn": 3}, of("Trần Thị Nhất", "Lê Văn Hai", "Mai Thị Ba", "Đỗ Văn Bốn"))
	require.Equal(t, 2, v.Cuts[0].Limit, "one of three passed before")
	var passed, deferred []string
	for _, it := range v.Agenda {
		if it.Result.Passed {
			passed = append(passed, it.Content.Name)
		} else if it.Quota.Beyond && it.Quota.Defer {
			deferred = append(deferred, it.Content.Name)
			require.Contains(t, it.Quota.Text.VI, "số lượng của phong trào Phong trào mẫu, phiên bản 1")
		}
	}
	require.Equal(t, []string{"Trần Thị Nhất", "Lê Văn Hai"}, passed)
	require.Equal(t, []string{"Mai Thị Ba", "Đỗ Văn Bốn"}, deferred)
	require.Equal(t, 1, w.finishCouncil(v.CouncilSession).Delivered)
	m, err := w.Minutes(ctx, w.as(w.holder(theCouncil, proposal.RoleSecretary)), v.ID)
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(m.Blocks), "số lượng của phong trào Phong trào mẫu")
}
