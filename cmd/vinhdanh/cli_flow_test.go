package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
)

func decode(t *testing.T, text string, into any) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(text), into), text)
}

// sent takes a list over and has the head send it; it waits for the district.
func (s shell) sent(names ...string) app.ProposalRow {
	s.t.Helper()
	list := s.file("danh-sach.xlsx", apitest.List(s.t, names...))
	sub := field[app.SubmissionView](s.t, s, "pgd-clerk", "import", "accept", list, "--letter-number", "45/TTr", "--letter-date", "2023-11-10")
	s.ok("pgd-head", "submission", "send", sub.Ref)
	return field[app.ProposalView](s.t, s, "pgd-clerk", "proposal", "show", sub.Proposals[0].Ref).Proposal
}

func TestReturnAnswerForward(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	p := s.sent("Nguyễn Văn Ví Dụ", "Trần Thị Giả Định", "Lê Văn Minh Họa")
	require.Contains(t, s.ok("pgd-head", "proposal", "recall", p.Ref, "--reason", "Sửa lại"), "Đã ghi nhận")
	s.ok("pgd-head", "proposal", "resubmit", p.Ref)
	s.ok("ph-reviewer", "proposal", "return", p.Ref, "--reason", "Thiếu biên bản", "--field", "2:birth_year=Chưa khớp")
	s.ok("pgd-head", "proposal", "resubmit", p.Ref, "--leave-out", "3")
	out := s.ok("ph-reviewer", "proposal", "decide", p.Ref, "--not-propose", "2=Chưa đủ hai năm", "--minutes", s.minutes())
	require.Contains(t, out, "tiếp nhận")
	require.Contains(t, s.ok("pgd-clerk", "proposal", "show", p.Ref), "không đề nghị")
	require.Contains(t, s.ok("snv-appraiser", "proposal", "list", "--stage", "reception", "--lang", "en"), p.Ref)
	s.ok("snv-appraiser", "proposal", "hold", p.Ref, "--reason", "Chờ xác minh")
	s.fails(app.ExitNotReady, "snv-appraiser", "proposal", "accept", p.Ref)
	s.ok("snv-appraiser", "proposal", "release", p.Ref)
	s.ok("pgd-head", "proposal", "reconsider", p.Ref, "--item", "2")
	s.ok("ph-reviewer", "proposal", "decide", p.Ref, "--reconsidered", "--not-propose", "2=Vẫn chưa đủ", "--minutes", s.minutes())
	require.Contains(t, s.ok("pgd-clerk", "law", "explain", p.Ref, "--item", "1"), "Nguyễn Văn Ví Dụ")

	account := s.ok("hg-auditor", "audit", "account", p.Ref)
	require.Contains(t, account, "Thiếu biên bản")
	require.Contains(t, s.ok("hg-auditor", "audit", "refusals", "--lang", "en"), "WHERE")
	s.fails(app.ExitRefused, "pgd-clerk", "audit", "refusals")
}

func TestACouncilSession(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	p := s.sent("Nguyễn Văn Ví Dụ", "Trần Thị Giả Định")
	s.ok("ph-reviewer", "proposal", "decide", p.Ref, "--minutes", s.minutes())
	s.ok("snv-appraiser", "proposal", "accept", p.Ref)
	s.ok("snv-appraiser", "proposal", "appraise", p.Ref, "--report", s.minutes())
	require.Contains(t, s.ok("hd-secretary", "council", "candidates"), "Nguyễn Văn Ví Dụ")
	v := field[app.SessionView](t, s, "hd-secretary", "council", "draft", "--title", "Phiên họp tháng 11", "--held-on", "2023-11-15")
	require.Contains(t, s.ok("hd-secretary", "council", "list"), v.Ref)
	s.fails(app.ExitNotReady, "hd-secretary", "council", "convene", v.Ref)
	require.Contains(t, s.ok("hd-secretary", "council", "agenda", v.Ref, "--all"), "Trần Thị Giả Định")
	v = field[app.SessionView](t, s, "hd-secretary", "council", "show", v.Ref)
	s.fails(app.ExitRefused, "hg-member-1", "council", "convene", v.Ref)
	require.Contains(t, s.ok("hd-secretary", "council", "check", v.Ref), "8/11")
	s.ok("hd-secretary", "council", "edit", v.Ref, "--place", "Phòng họp số 1")
	s.ok("hd-secretary", "council", "order", v.Ref, "BKT-PT")
	s.ok("hd-secretary", "council", "presence", v.Ref)
	s.ok("hd-secretary", "council", "screen", v.Ref, "BKT-PT")
	require.Contains(t, s.ok("hg-auditor", "council", "item", v.Ref, v.Agenda[0].Item), "Nguyễn Văn Ví Dụ")
	s.ok("hd-secretary", "council", "convene", v.Ref)
	s.ok("hd-secretary", "council", "open", v.Ref, "--all")
	v = field[app.SessionView](t, s, "hd-secretary", "council", "show", v.Ref)
	require.NotEmpty(t, v.Roster)
	for _, seat := range v.Roster {
		u, err := s.w.App.Store.UserByID(t.Context(), seat.User)
		require.NoError(t, err)
		s.fails(app.ExitNotReady, u.Login, "council", "cast", v.Ref, "--default", "yes")
		s.ok(u.Login, "council", "declare", v.Ref, "--none")
		s.ok(u.Login, "council", "fill", v.Ref, "--item", v.Agenda[0].Item+"=yes")
		s.ok(u.Login, "council", "cast", v.Ref, "--default", "yes", "--item", v.Agenda[1].Item+"=no")
	}
	s.ok("hg-chair", "council", "close", v.Ref)
	require.Contains(t, s.ok("hd-secretary", "council", "minutes", v.Ref), "BIÊN BẢN")
	require.Contains(t, s.ok("hd-secretary", "council", "groups", v.Ref), "Phòng Giáo dục")
	s.ok("hd-secretary", "council", "waiting")
	out := s.ok("hd-secretary", "council", "show", v.Ref, "--lang", "en")
	require.Contains(t, out, "not passed")
	require.Contains(t, out, "✓")
	require.Equal(t, "closed", field[app.SessionView](t, s, "hd-secretary", "council", "show", v.Ref).Phase)
	require.Contains(t, s.ok("hd-secretary", "outcome-letter", "list", "--session", v.Ref), "TÌNH TRẠNG")
	require.Contains(t, s.ok("hd-secretary", "outcome-letter", "release", "--session", v.Ref), "Sẽ gửi 0 thông báo")
	s.fails(app.ExitConflict, "hd-secretary", "outcome-letter", "release", "--session", v.Ref, "--count", "3")
	s.fails(app.ExitRefused, "hd-secretary", "outcome-letter", "mode", "--standing", "so-noi-vu", "--set", "sent")
	require.Contains(t, s.ok("snv-director", "outcome-letter", "mode"), "held")
	w := field[app.SessionView](t, s, "hd-secretary", "council", "draft", "--title", "Phiên thừa", "--held-on", "2023-11-16")
	s.ok("hd-secretary", "council", "cancel", w.Ref, "--reason", "Trùng lịch")
	require.Contains(t, s.ok("snv-director", "decision", "candidates")+s.ok("hg-registrar", "decision", "list"), "MÃ")
	s.fails(app.ExitNotFound, "pgd-clerk", "decision", "show", "QĐ-2023-0001")
}

func TestTheLaw(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	require.Contains(t, s.ok("pgd-clerk", "law", "show"), "BKT-PT")
	require.Contains(t, s.ok("pgd-clerk", "law", "show", "BKT-PT", "--on", "2023-11-15", "--lang", "en"), "Provincial Certificate of Merit")
	s.fails(app.ExitNotFound, "pgd-clerk", "law", "show", "NO-SUCH-AWARD")
	s.fails(app.ExitUsage, "pgd-clerk", "law", "show", "--on", "hôm nay")
	out, errs, code := runRoot("law", "check", "../../internal/law/data")
	require.Zero(t, code, errs)
	require.Contains(t, out, "Hợp lệ")
	_, _, code = runRoot("law", "check", t.TempDir())
	require.Equal(t, app.ExitUsage, code)
}

func TestVerifyOffline(t *testing.T) {
	t.Parallel()
	broken := filepath.Join(t.TempDir(), "bo-ho-so.zip")
	require.NoError(t, os.WriteFile(broken, []byte("not a bundle"), 0o600))
	out, errs, code := runRoot("audit", "verify", broken)
	require.Equal(t, app.ExitUnverified, code)
	require.Contains(t, out, "KHÔNG hợp lệ")
	require.Contains(t, errs, "KHÔNG hợp lệ")
	out, _, code = runRoot("audit", "verify", broken, "--json", "--lang", "en")
	require.Equal(t, app.ExitUnverified, code)
	var report struct {
		OK bool `json:"ok"`
	}
	decode(t, out, &report)
	require.False(t, report.OK)
	_, _, code = runRoot("audit", "verify", broken+".none")
	require.Equal(t, app.ExitUsage, code)
}
