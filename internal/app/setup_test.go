package app

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/identity"
)

func secretIn(l LinkView) string { return l.URL[strings.LastIndexByte(l.URL, '/')+1:] }

// A new installation has no account and no password: its first admin comes by a link
// that works once, and opens nothing before a second factor is enrolled.
func TestASVS_13_2_3_FirstAdminComesByALinkThatWorksOnce(t *testing.T) {
	t.Parallel()
	w, ctx := newClocked(t), context.Background()
	l, err := w.SetupLink(ctx)
	require.NoError(t, err)
	later, err := w.SetupLink(ctx)
	require.NoError(t, err)
	in := SetupInput{UnitName: "Ủy ban nhân dân tỉnh Thử", Login: "quan-tri", FullName: "Lê Thị Quản", NewPassword: goodPassword}
	_, err = w.SetUp(ctx, secretIn(l), in, desk)
	require.Equal(t, CodeLink, codeOf(err), "a newer link replaces it")

	weak := in
	weak.NewPassword = "quan-tri-2024"
	_, err = w.SetUp(ctx, secretIn(later), weak, desk)
	require.Equal(t, CodeInvalid, codeOf(err))
	taken := in
	taken.Login = "pgd-clerk"
	_, err = w.SetUp(ctx, secretIn(later), taken, desk)
	require.Equal(t, CodeDuplicate, codeOf(err))

	o, err := w.SetUp(ctx, secretIn(later), in, desk)
	require.NoError(t, err, "what failed did not use the link up")
	require.Equal(t, identity.StepEnrol, o.Session.Step)
	require.Empty(t, o.Session.Memberships)
	_, out := w.enrol(w.byCookie(o.Secret))
	require.Equal(t, []string{"admin"}, rolesOf(w.byCookie(out.Secret).Memberships))

	_, err = w.SetUp(ctx, secretIn(later), in, desk)
	require.Equal(t, CodeLink, codeOf(err))
	_, err = w.SetupLink(ctx)
	require.Equal(t, CodeDuplicate, codeOf(err))
}

// An admin helps the people of their own units, after a fresh sign-in, and never
// themselves out of a second factor. Others are not told who exists. ASVS 6.4.4: who lost
// a device enrols a new one before anything opens.
func TestASVS_6_4_4_AdminsHelpTheirOwnPeople(t *testing.T) {
	t.Parallel()
	w, ctx := newClocked(t), context.Background()
	_, chair, _ := w.enrolledAs("hg-chair")
	_, admin, _ := w.enrolledAs("hg-admin")
	s := w.byCookie(admin.Secret)
	l, err := w.IssueLink(ctx, s, LinkInput{Login: "pgd-clerk"})
	require.NoError(t, err)
	require.Equal(t, LinkInvitation, l.Kind)
	v, err := w.OpenLink(ctx, secretIn(l))
	require.NoError(t, err)
	require.Equal(t, "pgd-clerk", v.Login)
	require.Empty(t, v.URL)

	_, err = w.IssueLink(ctx, s, LinkInput{Login: "nobody"})
	require.Equal(t, CodeNotFound, codeOf(err))
	_, err = w.IssueLink(ctx, w.byCookie(chair.Secret), LinkInput{Login: "pgd-clerk"})
	require.Equal(t, CodeForbidden, codeOf(err))
	reset := func(s Session, login string) error {
		return w.ResetFactors(ctx, s, ResetFactorsInput{LinkInput{Login: login}})
	}
	require.Equal(t, CodeForbidden, codeOf(reset(s, "hg-admin")))
	require.NoError(t, reset(s, "hg-chair"))
	_, err = w.SignInByCookie(ctx, chair.Secret)
	require.Equal(t, CodeUnauthorised, codeOf(err))
	require.Equal(t, identity.StepEnrol, w.signIn("hg-chair").Session.Step, "a role that needs it opens nothing until a new one is there")

	w.at = w.at.Add(w.door.settings.Fresh)
	_, err = w.IssueLink(ctx, w.byCookie(admin.Secret), LinkInput{Login: "pgd-clerk"})
	require.Equal(t, CodeFresh, codeOf(err))
	events, err := w.SignInEvents(ctx, w.as("hg-auditor"), false, 200, 0)
	require.NoError(t, err)
	kinds := map[string]bool{}
	for _, e := range events {
		kinds[e.Kind] = true
	}
	require.True(t, kinds[eventLink] && kinds[eventFactorGone] && kinds[eventFactorAdded] && kinds[eventSecond])
	_, err = w.SignInEvents(ctx, w.as("pgd-clerk"), false, 10, 0)
	require.Equal(t, CodeForbidden, codeOf(err))
	own, err := w.SignInEvents(ctx, w.as("pgd-clerk"), true, 200, 0)
	require.NoError(t, err)
	for _, e := range own {
		require.Equal(t, w.users["pgd-clerk"], *e.User)
	}
}

// ASVS 16.4.2: the record of signing in is only added to.
func TestASVS_16_4_2_SignInRecordIsAppendOnly(t *testing.T) {
	t.Parallel()
	w, ctx := newClocked(t), context.Background()
	c, err := pgx.Connect(ctx, w.owner)
	require.NoError(t, err)
	defer c.Close(ctx)
	for table, want := range map[string][3]bool{ // insert, update, delete
		"sign_in_events": {true, false, false}, "web_sessions": {true, true, false}, "one_time_links": {true, true, false}, "tokens": {true, true, false},
	} {
		for i, right := range []string{"insert", "update", "delete"} {
			var got bool
			require.NoError(t, c.QueryRow(ctx, `select has_table_privilege('vinhdanh_app', $1, $2)`, table, right).Scan(&got))
			require.Equal(t, want[i], got, "%s on %s", right, table)
		}
	}
}
