package web_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/webtest"
)

// TestPresenceWarnsOfWhatCannotPass: before the vote opens, whoever opens it sees which
// items too few members are there to pass; a session of one round never speaks of two.
func TestPresenceWarnsOfWhatCannotPass(t *testing.T) {
	t.Parallel()
	r := newCouncilRoom(t, "Nguyễn Văn Ví Dụ")
	r.planned()
	v, err := r.App.SessionView(t.Context(), r.Session(t, "hd-secretary"), r.path[len("/sessions/"):])
	require.NoError(t, err)
	for _, login := range councilLogins[1:6] {
		_, err := r.App.DeclareInterests(t.Context(), r.Session(t, login), v.ID, app.InterestsInput{Conflicts: []app.Conflict{{Item: v.Agenda[0].Item, Reason: "Đồng tác giả"}}})
		require.NoError(t, err)
	}
	r.secretary.Get(r.path+"/convene").Submit(r.path+"/convene", nil)
	p := r.secretary.Get(r.path + "/presence")
	require.Contains(t, p.Text(), "không thể đủ số phiếu")
	require.Contains(t, p.Text(), "chỉ còn 6 người được biểu quyết")
	member := r.people["hg-member-7"].Get(r.path)
	require.NotContains(t, member.Text(), "không thể đủ số phiếu")
	done := p.Submit(r.path+"/presence", url.Values{"all": {"present"}}).Submit(r.path+"/open", nil)
	require.Contains(t, done.Text(), "không thể đủ số phiếu")
	require.NotContains(t, done.Text(), "lần hai")
	require.NotContains(t, r.people["hg-chair"].Get(r.path+"/close").Text(), "lần hai")
}

// TestSecondBallotThroughPages: under rules that vote again, the chair's closing leads to
// a second ballot, whose page shows its items alone; the result shows both counts.
func TestSecondBallotThroughPages(t *testing.T) {
	t.Parallel()
	r := &councilRoom{World: webtest.New(t), t: t, people: map[string]*webtest.Visitor{}}
	r.Under(t, func(files map[string]string) {
		files["councils.yaml"] = strings.ReplaceAll(files["councils.yaml"], "    ballot: open\n    absent: written\n",
			"    ballot: open\n    absent: written\n    second_round: {num: 1, den: 2, article: \"Quy chế thử\", mark: unconfirmed}\n")
	})
	r.AtCouncil(t, r.Sent(t, "Nguyễn Văn Đủ Phiếu", "Trần Thị Thiếu Phiếu"))
	r.secretary = r.As(t, "hd-secretary")
	for _, login := range councilLogins {
		r.people[login] = r.As(t, login)
	}
	r.planned()
	for _, login := range councilLogins {
		r.declareNone(login)
	}
	r.opened()
	require.Contains(t, r.secretary.Get(r.path).Text(), "ít nhất 1/2 tán thành thì biểu quyết lần hai")
	for i, login := range councilLogins {
		form := r.people[login].Get(r.path + "/ballot")
		short := "no"
		if i < 6 {
			short = "yes"
		}
		form.Submit(r.path+"/ballot", url.Values{"c0": {"yes"}, "c1": {short}, "do": {"check"}}).Submit(r.path+"/cast", nil)
	}
	chair := r.people["hg-chair"]
	form := chair.Get(r.path + "/close")
	require.Contains(t, form.Text(), "sẽ chuyển sang lần hai")
	run := form.Submit(r.path+"/close", url.Values{"phrase": {"kết thúc"}})
	require.Equal(t, r.path+"/run", run.Path, run.Text())
	require.Contains(t, run.Text(), "lần thứ nhất 6 tán thành / 11, cần 8")
	require.Contains(t, r.secretary.Get(r.path+"/paper").Text(), "Biểu quyết lần hai")
	for _, login := range councilLogins {
		ballot := r.people[login].Get(r.path + "/ballot")
		require.Contains(t, ballot.Text(), "Trần Thị Thiếu Phiếu")
		require.NotContains(t, ballot.Text(), "Nguyễn Văn Đủ Phiếu")
		done := ballot.Submit(r.path+"/ballot", url.Values{"c1": {"yes"}, "do": {"check"}}).Submit(r.path+"/cast", nil)
		require.Contains(t, done.Text(), "Phiếu của bạn đã được ghi nhận.", done.Text())
	}
	result := chair.Get(r.path+"/close").Submit(r.path+"/close", url.Values{"phrase": {"kết thúc"}})
	require.Equal(t, r.path+"/result", result.Path, result.Text())
	require.Contains(t, result.Text(), "11 tán thành / 11, cần 8 lần thứ nhất 6 tán thành / 11, cần 8")
	require.Contains(t, r.secretary.Get(r.path+"/minutes").Text(), "Trần Thị Thiếu Phiếu (lần thứ hai)")
}
