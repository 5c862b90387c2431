package app

import (
	"context"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

func TestRecallUntilOpened(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	ps := w.sent(t)
	done, err := w.Recall(ctx, w.as("pgd-clerk"), ReasonInput{Target: Target{Proposal: ps["CSTDT"].ID}, Reason: "sửa số liệu"})
	require.NoError(t, err)
	assert.True(t, done.Proposal.Returned)

	_, err = w.Proposal(ctx, w.as("ph-reviewer"), ps["BKT-PT"].ID, false)
	require.NoError(t, err)
	_, err = w.Recall(ctx, w.as("pgd-clerk"), ReasonInput{Target: Target{Proposal: ps["BKT-PT"].ID}})
	assert.Equal(t, CodeAlreadyOpen, asError(err).Code)
}

func TestReviewersNeverSeeARevisionThatIsStillDrafted(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["BKT-PT"]
	view, err := w.Proposal(ctx, w.as("ph-reviewer"), p.ID, false)
	require.NoError(t, err)
	item := view.ItemList[0]
	_, err = w.Decide(ctx, w.as("ph-reviewer"), DecideInput{
		Target: Target{Proposal: p.ID}, Verdict: "return", Reason: "bổ sung", Fields: []FieldRemark{{Item: item.ID, Field: "achievement", Remark: "nêu số liệu"}},
	})
	require.NoError(t, err)
	sub, err := w.Submission(ctx, w.as("pgd-clerk"), p.Submission, false)
	require.NoError(t, err)
	content := item.Content
	content.Achievement = "bản nháp chưa gửi"
	_, err = w.EditItem(ctx, w.as("pgd-clerk"), EditInput{Item: item.ID, Version: sub.Version, Content: content})
	require.NoError(t, err)

	for login, want := range map[string]string{"ph-reviewer": item.Content.Achievement, "pgd-clerk": "bản nháp chưa gửi"} {
		got, err := w.Proposal(ctx, w.as(login), p.ID, false)
		require.NoError(t, err)
		assert.Equal(t, want, got.ItemList[0].Content.Achievement, login)
	}
	done, err := w.Resubmit(ctx, w.as("pgd-head"), ResubmitInput{Target: Target{Proposal: p.ID}})
	require.NoError(t, err)
	assert.Equal(t, 2, done.Proposal.Revision)
	got, err := w.Proposal(ctx, w.as("ph-reviewer"), p.ID, false)
	require.NoError(t, err)
	assert.Equal(t, "bản nháp chưa gửi", got.ItemList[0].Content.Achievement)
}

func TestALowerAwardOpensALinkedDraft(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["BKT-PT"]
	view, err := w.Proposal(ctx, w.as("pgd-head"), p.ID, false)
	require.NoError(t, err)
	item := view.ItemList[1]
	_, err = w.Lower(ctx, w.as("ph-reviewer"), LowerInput{Target: Target{Proposal: p.ID}, Item: item.ID, Award: "GK-H"})
	assert.Equal(t, CodeForbidden, asError(err).Code, "the proposing level consents, nobody else")
	before, err := w.Store.ProposalsOfSubmission(ctx, p.Submission)
	require.NoError(t, err)
	done, err := w.Lower(ctx, w.as("pgd-head"), LowerInput{Target: Target{Proposal: p.ID}, Item: item.ID, Award: "GK-H"})
	require.NoError(t, err)
	assert.Equal(t, 5, done.Proposal.OpenItems)
	after, err := w.Store.ProposalsOfSubmission(ctx, p.Submission)
	require.NoError(t, err)
	assert.Len(t, after, len(before)+1, "one linked draft; the refused try left none behind")
}

func TestNobodyOutsideTheRouteSeesACase(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["BKT-PT"]
	missing := "00000000-0000-0000-0000-000000000000"
	for _, login := range []string{"vt-clerk", "vt-reviewer", "hg-admin", "hg-registrar", "snv-appraiser"} {
		s := w.as(login)
		_, hidden := w.Proposal(ctx, s, p.ID, false)
		_, gone := w.Proposal(ctx, s, missing, false)
		assert.Equal(t, asError(gone), asError(hidden), "%s: hidden and missing read the same", login)
		list, err := w.Proposals(ctx, s, postgres.Filter{Limit: 10})
		require.NoError(t, err)
		assert.Empty(t, list, login)
		_, err = w.Submission(ctx, s, p.Submission, false)
		assert.Equal(t, CodeNotFound, asError(err).Code, login)
		_, err = w.Account(ctx, s, p.ID)
		assert.Equal(t, CodeNotFound, asError(err).Code, login)
		_, _, err = w.OpenPaper(ctx, s, p.ID, missing)
		assert.Equal(t, CodeNotFound, asError(err).Code, login)
	}
	nobody := Session{User: "x"}
	list, err := w.Proposals(ctx, nobody, postgres.Filter{Limit: 10})
	require.NoError(t, err)
	assert.Empty(t, list, "no scope means nothing is seen")
}

func TestPapersAreReadByWhoeverSeesTheCase(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	v, clerk := w.imported(t), w.as("pgd-clerk")
	row, err := w.AddPaper(ctx, clerk, PaperInput{Submission: v.ID, Kind: "BAO_CAO", FileName: "x.pdf"}, []byte("%PDF-1.7 báo cáo"))
	require.NoError(t, err)
	_, err = w.Send(ctx, w.as("pgd-head"), SendInput{Submission: v.ID})
	require.NoError(t, err)
	p := byAward(v)["BKT-PT"]
	_, r, err := w.OpenPaper(ctx, w.as("ph-reviewer"), p.ID, row.ID)
	require.NoError(t, err)
	defer r.Close()
	data, err := io.ReadAll(r)
	require.NoError(t, err)
	assert.Equal(t, "%PDF-1.7 báo cáo", string(data))
}

func TestHoldIsNotARefusal(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["LDTT"]
	who := w.as("ph-reviewer-2")
	_, err := w.Hold(ctx, who, ReasonInput{Target: Target{Proposal: p.ID}, Reason: "đang xác minh đơn khiếu nại"})
	require.NoError(t, err)
	_, err = w.Accept(ctx, who, AcceptInput{Target: Target{Proposal: p.ID}})
	assert.Equal(t, "on-hold", asError(err).Code)
	done, err := w.Release(ctx, who, ReasonInput{Target: Target{Proposal: p.ID}})
	require.NoError(t, err)
	assert.False(t, done.Proposal.OnHold)
	_, err = w.Accept(ctx, who, AcceptInput{Target: Target{Proposal: p.ID}})
	require.NoError(t, err)
}

func TestNotProposedIsReasonedAndLookedAtOnceMore(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["CSTDT"]
	reviewer := w.as("ph-reviewer")
	view, err := w.Proposal(ctx, reviewer, p.ID, false)
	require.NoError(t, err)
	item := view.ItemList[0].ID
	minutes, err := w.AddPaper(ctx, reviewer, PaperInput{Proposal: p.ID, Kind: "minutes", FileName: "bb.pdf"}, []byte("%PDF-1.7 biên bản"))
	require.NoError(t, err)
	in := DecideInput{Target: Target{Proposal: p.ID}, Verdict: "forward", Minutes: minutes.SHA256,
		Exceptions: []OpinionInput{{Item: item, Opinion: "not_propose"}}}
	_, err = w.Decide(ctx, reviewer, in)
	assert.Equal(t, CodeInvalid, asError(err).Code, "a reason is required")
	in.Exceptions[0].Reason = "chưa đủ 3 năm liên tục"
	done, err := w.Decide(ctx, reviewer, in)
	require.NoError(t, err)
	assert.Equal(t, []string{string(proposal.RoleUnitHead)}, done.Proposal.WaitingRoles, "the unit may ask once, or withdraw")
	_, err = w.Reconsider(ctx, w.as("pgd-head"), ReconsiderInput{Target: Target{Proposal: p.ID}, Items: []string{item}})
	require.NoError(t, err)
	done, err = w.Decide(ctx, reviewer, DecideInput{Target: Target{Proposal: p.ID}, Verdict: "reconsidered", Default: "propose", Minutes: minutes.SHA256})
	require.NoError(t, err)
	assert.Equal(t, "reception", done.Proposal.Stage)
	notices, err := w.Store.NoticesOf(ctx, w.users["pgd-head"], 50)
	require.NoError(t, err)
	var kinds []string
	for _, n := range notices {
		kinds = append(kinds, n.Kind)
		assert.NotContains(t, string(n.Data), "Trần Văn Đẫm", "no name leaves in a notice")
		assert.NotContains(t, string(n.Data), "3 năm", "no reason leaves in a notice")
	}
	assert.Contains(t, kinds, "item_not_proposed")
}

// The time on hold does not count: once it ends, the due day moves by it, and only then.
func TestAHoldMovesTheDueDay(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	w.Store.Extend = func(due, from, to time.Time) *time.Time {
		assert.False(t, to.Before(from))
		later := due.AddDate(0, 0, 7)
		return &later
	}
	p := w.sent(t)["BKT-PT"]
	who := w.as("ph-reviewer")
	in := ReasonInput{Target: Target{Proposal: p.ID}, Reason: "chờ xác minh"}
	held, err := w.Hold(ctx, who, in)
	require.NoError(t, err)
	require.True(t, held.Proposal.OnHold)
	require.NotNil(t, held.Proposal.DueOn)
	released, err := w.Release(ctx, who, in)
	require.NoError(t, err)
	require.False(t, released.Proposal.OnHold)
	assert.Equal(t, held.Proposal.DueOn.AddDate(0, 0, 7), *released.Proposal.DueOn)
}
