package app

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/dossier"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/proposal"
)

// halfCuts is a quota of test data: half of those proposed, beyond it as it says.
const halfCuts = `
  - code: HALF
    regimes: [R1]
    award: BKT-PT
    of: BKT-PT
    percent: 50
    per: list
    does: cut
    beyond: %s
    article: "Quy chế thử"
    mark: unconfirmed
    text: {vi: "Bằng khen không quá nửa số đề nghị", en: "Certificates at most half of those proposed"}
`

// under puts law data of the test's own in force.
func (w *world) under(edit func(files map[string]string)) {
	w.t.Helper()
	files := law.Default().Files()
	edit(files)
	l, err := law.FromFiles(files)
	require.NoError(w.t, err)
	r, err := eval.New(l)
	require.NoError(w.t, err)
	w.App.Law, w.App.Rules, w.App.Pinned = l, r, dossier.NewPinned(w.Store, l, r)
	w.App.Laws = dossier.NewInForce(w.Store, w.App.Pinned, l, r, func() law.Date { return w.Today() })
}

func halved(beyond string) func(map[string]string) {
	return func(files map[string]string) {
		files["quotas.yaml"] = strings.Replace(files["quotas.yaml"], "\nquotas:\n", "\nquotas:\n"+fmt.Sprintf(halfCuts, beyond), 1)
	}
}

// TestACouncilSettlesAnOrderOfPriority: where equal votes straddle a quota that cuts, the
// session waits; the secretary enters the Council's order, the chair consents by closing;
// who is beyond it is told why in the result, the minutes, the letter and the case.
func TestACouncilSettlesAnOrderOfPriority(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	w.under(halved("not_passed"))
	p := w.send("BKT-PT", voting, person("Nguyễn Văn Nhất"), person("Trần Thị Ngang"), person("Lê Văn Bằng"), person("Danh Ít Phiếu"))
	secretary, chair := w.as(w.holder(theCouncil, proposal.RoleSecretary)), w.as(w.holder(theCouncil, proposal.RoleChair))
	v := w.draftOf("Thứ tự ưu tiên", p)
	_, err := w.Convene(ctx, secretary, v.ID)
	require.NoError(t, err)
	var present []string
	for _, seat := range v.Roster {
		present = append(present, seat.User)
	}
	_, err = w.OpenSession(ctx, secretary, v.ID, OpenInput{Present: present})
	require.NoError(t, err)
	first, tied, equal, few := v.Agenda[0].Item, v.Agenda[1].Item, v.Agenda[2].Item, v.Agenda[3].Item
	for i, m := range present {
		w.declareNone(v.ID, m)
		in := CastInput{Default: "yes"}
		if i > 8 {
			in.Items = map[string]string{tied: "no", equal: "no"}
		}
		if i < 6 {
			in.Items = map[string]string{few: "no"}
		}
		_, err = w.Cast(ctx, w.byID(m), v.ID, in)
		require.NoError(t, err)
	}
	order := PriorityInput{Items: []string{equal, tied}, Reason: "Ưu tiên người trực tiếp lao động (giả định)"}
	_, err = w.SetPriority(ctx, secretary, v.ID, order)
	require.Equal(t, CodeNotReady, codeOf(err), "the votes are not counted")
	done, err := w.CloseSession(ctx, chair, v.ID, "count")
	require.NoError(t, err)
	require.Equal(t, NextPriority, done.Next.Is())
	require.Contains(t, done.Next.Text.VI, "Thư ký nhập thứ tự ưu tiên")

	v, err = w.SessionView(ctx, secretary, v.ID)
	require.NoError(t, err)
	require.Equal(t, "open", v.Phase)
	require.Equal(t, []int{2, 1}, []int{v.Priority.Limit, v.Priority.Free})
	require.Equal(t, []string{tied, equal}, []string{v.Priority.Items[0].Item, v.Priority.Items[1].Item})
	require.Contains(t, v.May, ActPriority)
	require.NotContains(t, v.May, ActWrite)
	_, err = w.CloseSession(ctx, chair, v.ID, "early")
	require.Equal(t, CodeNotReady, codeOf(err))
	require.Contains(t, asError(err).Vi, "Thư ký nhập thứ tự ưu tiên")
	for _, items := range [][]string{{equal, few}, {equal, tied, first}} {
		_, err = w.SetPriority(ctx, secretary, v.ID, PriorityInput{Items: items, Reason: "r"})
		require.Equal(t, CodeInvalid, codeOf(err))
	}
	_, err = w.SetPriority(ctx, w.byID(present[3]), v.ID, order)
	require.Equal(t, CodeForbidden, codeOf(err))
	_, err = w.SetPriority(ctx, secretary, v.ID, order)
	require.NoError(t, err)
	v, err = w.SessionView(ctx, chair, v.ID)
	require.NoError(t, err)
	require.True(t, v.Priority.Ordered)
	require.Equal(t, order.Reason, v.Priority.Reason)
	require.Equal(t, equal, v.Priority.Items[0].Item)
	done, err = w.CloseSession(ctx, chair, v.ID, "end")
	require.NoError(t, err)
	require.Equal(t, NextClosed, done.Next.Is())
	w.toldOfTheQuota(v.ID, tied)
}

// toldOfTheQuota looks at everything that tells of an item beyond the quota.
func (w *world) toldOfTheQuota(session, beyond string) {
	t, ctx := w.t, context.Background()
	t.Helper()
	secretary := w.as(w.holder(theCouncil, proposal.RoleSecretary))
	v, err := w.SessionView(ctx, secretary, session)
	require.NoError(t, err)
	require.Equal(t, "closed", v.Phase)
	require.Nil(t, v.Priority)
	passed := []bool{}
	for _, it := range v.Agenda {
		passed = append(passed, it.Result.Passed)
	}
	require.Equal(t, []bool{true, false, true, false}, passed)
	require.Equal(t, &council.Place{Rank: 3, Beyond: true}, v.Agenda[1].Result.Place)
	require.Contains(t, v.Agenda[1].Quota.Text.VI, "đủ số phiếu, xếp thứ 3, vượt số lượng 2")
	require.Nil(t, v.Agenda[3].Quota)
	m, err := w.Minutes(ctx, secretary, session)
	require.NoError(t, err)
	said := fmt.Sprint(m.Blocks)
	for _, part := range []string{
		"Bằng khen không quá nửa số đề nghị: 3 trường hợp đủ số phiếu, số lượng được xét là 2", "Ưu tiên người trực tiếp lao động", "Không đạt (vượt số lượng)",
		"1 trường hợp không đủ số phiếu tán thành theo quy định; 1 trường hợp đủ số phiếu nhưng vượt số lượng",
	} {
		require.Contains(t, said, part)
	}
	require.Equal(t, 1, w.finishCouncil(v.CouncilSession).Delivered)
	items, err := w.Store.ItemsOf(ctx, v.Agenda[0].Proposal, 1)
	require.NoError(t, err)
	for _, it := range items {
		if it.ID == beyond {
			require.Equal(t, "not_passed", it.Outcome)
		}
	}
	sums, err := w.Store.SumsOf(ctx, v.Agenda[0].Proposal)
	require.NoError(t, err)
	n, err := w.notAwardedOf(ctx, ItemView{Item: items[1]}, nil, sums)
	require.NoError(t, err)
	require.Equal(t, v.Agenda[1].Quota.Text, *n.Quota)
}

// TestAQuotaDefersWhoIsBeyondIt: votes alone decide, late items are counted with the
// others, and what is beyond the quota is deferred.
func TestAQuotaDefersWhoIsBeyondIt(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	w.under(halved("deferred"))
	a, b := w.send("BKT-PT", voting, person("Nguyễn Văn Sớm"), person("Trần Thị Sớm")), w.send("BKT-PT", voting, person("Lê Văn Muộn"), person("Danh Muộn"))
	secretary, chair := w.as(w.holder(theCouncil, proposal.RoleSecretary)), w.as(w.holder(theCouncil, proposal.RoleChair))
	v := w.draftOf("Bổ sung", a)
	_, err := w.Convene(ctx, secretary, v.ID)
	require.NoError(t, err)
	_, err = w.AskLate(ctx, secretary, v.ID, LateInput{Proposals: []string{b.ID}, Reason: "Đến muộn"})
	require.NoError(t, err)
	_, err = w.AdmitLate(ctx, chair, v.ID, AdmitInput{Proposals: []string{b.ID}})
	require.NoError(t, err)
	v, err = w.SessionView(ctx, secretary, v.ID)
	require.NoError(t, err)
	require.Equal(t, 2, v.Cuts[0].Limit)
	require.Len(t, v.Cuts[0].Items, 4)
	var present []string
	for _, seat := range v.Roster {
		present = append(present, seat.User)
	}
	_, err = w.OpenSession(ctx, secretary, v.ID, OpenInput{Present: present})
	require.NoError(t, err)
	for i, m := range present {
		w.declareNone(v.ID, m)
		in := CastInput{Default: "yes", Items: map[string]string{}}
		if i == 0 {
			in.Items = map[string]string{v.Agenda[0].Item: "no", v.Agenda[1].Item: "no"}
		}
		_, err = w.Cast(ctx, w.byID(m), v.ID, in)
		require.NoError(t, err)
	}
	done, err := w.CloseSession(ctx, chair, v.ID, "")
	require.NoError(t, err)
	require.Equal(t, NextClosed, done.Next.Is(), "ten votes are fewer than eleven: nothing to settle")
	v, err = w.SessionView(ctx, secretary, v.ID)
	require.NoError(t, err)
	require.Contains(t, v.Agenda[0].Quota.Text.VI, "nên chưa xét")
	require.Equal(t, 2, w.finishCouncil(v.CouncilSession).Delivered)
	for p, want := range map[string]string{a.ID: "deferred", b.ID: "passed"} {
		items, err := w.Store.ItemsOf(ctx, p, 1)
		require.NoError(t, err)
		require.Equal(t, want, items[0].Outcome)
	}
}
