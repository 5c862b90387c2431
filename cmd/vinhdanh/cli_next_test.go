package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
)

// TestCommandsSayWhatComesNext: who acts on another's behalf is told where the case stands,
// and a chair's closing that opens a second ballot says what is to be done now.
func TestCommandsSayWhatComesNext(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	s.w.Under(t, func(files map[string]string) {
		files["councils.yaml"] = strings.ReplaceAll(files["councils.yaml"], "    ballot: open\n    absent: written\n",
			"    ballot: open\n    absent: written\n    second_round: {num: 1, den: 2, article: \"Quy chế thử\", mark: unconfirmed}\n")
	})
	p := s.sent("Nguyễn Văn Ví Dụ", "Trần Thị Giả Định")
	s.fails(app.ExitNotFound, "ph-registrar", "proposal", "decide", p.Ref, "--minutes", s.minutes())
	d := field[app.DelegationRow](t, s, "ph-reviewer", "delegation", "set", "--unit", "ubnd-phung-hiep", "--role", "reviewer", "--to", "ph-registrar", "--until", "2023-11-30")
	require.Equal(t, []string{"reviewer"}, d.Roles)
	require.Contains(t, s.ok("ph-registrar", "proposal", "decide", p.Ref, "--minutes", s.minutes()), "Hồ sơ "+p.Ref+" đang ở bước")
	require.Contains(t, s.ok("hg-auditor", "audit", "account", p.Ref), "thay")
	s.ok("snv-appraiser", "proposal", "accept", p.Ref)
	s.ok("snv-appraiser", "proposal", "appraise", p.Ref, "--report", s.minutes())

	v := field[app.SessionView](t, s, "hd-secretary", "council", "draft", "--title", "Phiên họp tháng 11", "--held-on", "2023-11-15")
	s.ok("hd-secretary", "council", "agenda", v.Ref, "--all")
	v = field[app.SessionView](t, s, "hd-secretary", "council", "show", v.Ref)
	s.ok("hd-secretary", "council", "convene", v.Ref)
	s.ok("hd-secretary", "council", "open", v.Ref, "--all")
	for i, seat := range v.Roster {
		u, err := s.w.App.Store.UserByID(t.Context(), seat.User)
		require.NoError(t, err)
		s.ok(u.Login, "council", "declare", v.Ref, "--none")
		second := "=yes"
		if i > 5 {
			second = "=no"
		}
		s.ok(u.Login, "council", "cast", v.Ref, "--default", "yes", "--item", v.Agenda[1].Item+second)
	}
	require.Contains(t, s.ok("hg-chair", "council", "close", v.Ref), "có trường hợp chuyển sang biểu quyết lần hai")
	for _, seat := range v.Roster {
		u, err := s.w.App.Store.UserByID(t.Context(), seat.User)
		require.NoError(t, err)
		s.ok(u.Login, "council", "cast", v.Ref, "--default", "yes", "--round", "2")
	}
	require.Contains(t, s.ok("hg-chair", "council", "close", v.Ref, "--lang", "en"), "its result is frozen and on its way to each case")
}
