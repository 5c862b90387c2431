package app

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/identity"
)

// enrolled is a person with an authenticator app, signed in with it.
func (w *clocked) enrolledAs(login string) (secret string, o Opened, codes []string) {
	w.t.Helper()
	w.password(login, goodPassword)
	first := w.signIn(login)
	secret, out := w.enrol(w.byCookie(first.Secret))
	return secret, out.Opened, out.RecoveryCodes
}

// ASVS 6.5.1: a one-time code and a recovery code count once.
func TestASVS_6_5_1_CodesAreSingleUse(t *testing.T) {
	t.Parallel()
	w, ctx := newClocked(t), context.Background()
	secret, _, codes := w.enrolledAs("hg-chair")
	w.at = w.at.Add(time.Minute)
	code := w.code(secret)
	_, err := w.ShowCode(ctx, w.byCookie(w.signIn("hg-chair").Secret), CodeInput{code})
	require.NoError(t, err)
	s := w.byCookie(w.signIn("hg-chair").Secret)
	_, err = w.ShowCode(ctx, s, CodeInput{code})
	require.Equal(t, CodeWrongCode, codeOf(err), "the same code again")
	w.at = w.at.Add(-30 * time.Second)
	older := w.code(secret)
	w.at = w.at.Add(30 * time.Second)
	_, err = w.ShowCode(ctx, s, CodeInput{older})
	require.Equal(t, CodeWrongCode, codeOf(err), "a code before one that was used")

	o, err := w.ShowCode(ctx, s, CodeInput{strings.ToLower(codes[0])})
	require.NoError(t, err)
	require.Equal(t, identity.ByPasswordRecovery, o.Session.SignedIn)
	_, err = w.ShowCode(ctx, w.byCookie(w.signIn("hg-chair").Secret), CodeInput{codes[0]})
	require.Equal(t, CodeWrongCode, codeOf(err), "a recovery code again")
	f, err := w.Factors(ctx, o.Session)
	require.NoError(t, err)
	require.Equal(t, 9, f.RecoveryCodes)
}

// ASVS 6.6.3: codes cannot be tried out, from however many sessions.
func TestASVS_6_6_3_CodesAreRateLimited(t *testing.T) {
	t.Parallel()
	w, ctx := newClocked(t), context.Background()
	secret, _, _ := w.enrolledAs("hg-chair")
	w.at = w.at.Add(time.Minute)
	looked := 0
	for range 20 {
		_, err := w.ShowCode(ctx, w.byCookie(w.signIn("hg-chair").Secret), CodeInput{"000000"})
		if codeOf(err) == CodeWrongCode {
			looked++
		}
	}
	require.Equal(t, identity.PaceFactor.Free+1, looked)
	_, err := w.ShowCode(ctx, w.byCookie(w.signIn("hg-chair").Secret), CodeInput{w.code(secret)})
	require.Equal(t, CodeTooMany, codeOf(err))
	w.at = w.at.Add(identity.PaceFactor.Longest)
	_, err = w.ShowCode(ctx, w.byCookie(w.signIn("hg-chair").Secret), CodeInput{w.code(secret)})
	require.NoError(t, err)
}

// ASVS 6.4.3: a reset sets the password and opens nothing else; 6.4.1: it works once.
func TestASVS_6_4_3_ResetKeepsTheSecondFactor(t *testing.T) {
	t.Parallel()
	w, ctx := newClocked(t), context.Background()
	_, before, _ := w.enrolledAs("hg-chair")
	l, err := w.OperatorLink(ctx, "hg-chair")
	require.NoError(t, err)
	secret := l.URL[strings.LastIndexByte(l.URL, '/')+1:]
	o, err := w.UseLink(ctx, secret, UseLinkInput{otherPassword}, desk)
	require.NoError(t, err)
	require.Equal(t, identity.StepSecond, o.Session.Step)
	require.Empty(t, o.Session.Memberships)
	_, err = w.EnrolCode(ctx, o.Session, EnrolCodeInput{})
	require.Equal(t, CodeSecondFactor, codeOf(err), "nor a factor of one's own choice")
	_, err = w.SignInByCookie(ctx, before.Secret)
	require.Equal(t, CodeUnauthorised, codeOf(err), "earlier sessions are over")
	_, err = w.UseLink(ctx, secret, UseLinkInput{goodPassword}, desk)
	require.Equal(t, CodeLink, codeOf(err))
}

// ASVS 7.2.4: a new secret at sign-in and at each step up; the old one is dead.
func TestASVS_7_2_4_SecretChangesWithEachStep(t *testing.T) {
	t.Parallel()
	w, ctx := newClocked(t), context.Background()
	w.password("hg-chair", goodPassword)
	first := w.signIn("hg-chair")
	_, second := w.enrol(w.byCookie(first.Secret))
	require.NotEqual(t, first.Secret, second.Secret)
	_, err := w.SignInByCookie(ctx, first.Secret)
	require.Equal(t, CodeUnauthorised, codeOf(err), "who knew the first secret has nothing")
	third, err := w.Freshen(ctx, w.byCookie(second.Secret), Proof{Password: goodPassword})
	require.NoError(t, err)
	_, err = w.SignInByCookie(ctx, second.Secret)
	require.Equal(t, CodeUnauthorised, codeOf(err))
	require.Equal(t, w.byCookie(third.Secret).Web, first.Session.Web, "it is one session all the while")
	_, err = w.Freshen(ctx, second.Session, Proof{Password: goodPassword})
	require.Equal(t, CodeUnauthorised, codeOf(err), "a step is taken once")
	for _, never := range []string{"", "chosen-by-somebody-else"} {
		_, err = w.SignInByCookie(ctx, never)
		require.Equal(t, CodeUnauthorised, codeOf(err))
	}
}

// ASVS 7.3.1, 7.3.2: idle and absolute ends.
func TestASVS_7_3_1_and_7_3_2_SessionsEndByTime(t *testing.T) {
	t.Parallel()
	w, ctx := newClocked(t), context.Background()
	w.password("pgd-clerk", goodPassword)
	idle := w.signIn("pgd-clerk")
	w.at = w.at.Add(29 * time.Minute)
	w.byCookie(idle.Secret)
	w.at = w.at.Add(30 * time.Minute)
	_, err := w.SignInByCookie(ctx, idle.Secret)
	require.Equal(t, CodeUnauthorised, codeOf(err))

	busy := w.signIn("pgd-clerk")
	for range 35 {
		w.at = w.at.Add(20 * time.Minute)
		w.byCookie(busy.Secret)
	}
	w.at = w.at.Add(20 * time.Minute) // twelve hours
	_, err = w.SignInByCookie(ctx, busy.Secret)
	require.Equal(t, CodeUnauthorised, codeOf(err), "ASVS 7.3.2: it ends whatever it does")

	w.password("hg-chair", goodPassword)
	half := w.signIn("hg-chair")
	w.at = w.at.Add(16 * time.Minute)
	_, err = w.SignInByCookie(ctx, half.Secret)
	require.Equal(t, CodeUnauthorised, codeOf(err), "an unfinished sign-in waits a quarter of an hour")
}

// ASVS 7.4.1 to 7.4.5, 7.5.2: what ends sessions, and seeing and ending one's own.
func TestASVS_7_4_1_to_7_4_5_and_7_5_2_EndingSessions(t *testing.T) {
	t.Parallel()
	w, ctx := newClocked(t), context.Background()
	w.password("pgd-clerk", goodPassword)
	w.password("vt-clerk", goodPassword)
	dead := func(o Opened) {
		t.Helper()
		_, err := w.SignInByCookie(ctx, o.Secret)
		require.Equal(t, CodeUnauthorised, codeOf(err))
	}
	out := w.signIn("pgd-clerk")
	require.NoError(t, w.SignOut(ctx, w.byCookie(out.Secret)))
	dead(out)

	mine, other, stranger := w.signIn("pgd-clerk"), w.signIn("pgd-clerk"), w.signIn("vt-clerk")
	rows, err := w.WebSessions(ctx, w.byCookie(mine.Secret))
	require.NoError(t, err)
	require.Len(t, rows, 2)
	require.Equal(t, CodeNotFound, codeOf(w.EndWebSession(ctx, w.byCookie(mine.Secret), stranger.Session.Web)), "only one's own")
	require.NoError(t, w.EndWebSession(ctx, w.byCookie(mine.Secret), other.Session.Web))
	dead(other)
	w.byCookie(stranger.Secret)

	other = w.signIn("pgd-clerk")
	in := PasswordInput{Proof: Proof{Password: goodPassword}, NewPassword: otherPassword}
	require.NoError(t, w.ChangePassword(ctx, w.byCookie(mine.Secret), in))
	dead(other)
	w.byCookie(mine.Secret)

	_, err = w.SetActive(ctx, w.as("hg-admin"), AccessInput{Person: w.users["pgd-clerk"], Reason: "chuyển công tác"}, false)
	require.NoError(t, err)
	dead(mine)
}

// ASVS 7.1.2: so many sessions at once; the oldest ends, on record.
func TestASVS_7_1_2_SessionsAtOnce(t *testing.T) {
	t.Parallel()
	w, ctx := newClocked(t), context.Background()
	w.door.settings.MaxSessions = 1
	w.password("pgd-clerk", goodPassword)
	first := w.signIn("pgd-clerk")
	w.at = w.at.Add(time.Second)
	second := w.signIn("pgd-clerk")
	_, err := w.SignInByCookie(ctx, first.Secret)
	require.Equal(t, CodeUnauthorised, codeOf(err))
	w.byCookie(second.Secret)
}

// ASVS 7.5.1: factors, passwords and tokens change after a fresh sign-in only.
func TestASVS_7_5_1_FreshSignInBeforeChanges(t *testing.T) {
	t.Parallel()
	w, ctx := newClocked(t), context.Background()
	_, o, _ := w.enrolledAs("hg-chair")
	w.at = w.at.Add(6 * time.Minute)
	s := w.byCookie(o.Secret)
	f, err := w.Factors(ctx, s)
	require.NoError(t, err)
	for name, change := range map[string]func(Session) error{
		"enrol":    func(s Session) error { _, err := w.EnrolCode(ctx, s, EnrolCodeInput{}); return err },
		"remove":   func(s Session) error { return w.RemoveFactor(ctx, s, f.Factors[0].ID, Proof{}) },
		"recovery": func(s Session) error { _, err := w.NewRecoveryCodes(ctx, s, Proof{}); return err },
		"token": func(s Session) error {
			_, err := w.CreateToken(ctx, s, TokenInput{Name: "x", Scopes: []string{"read"}, Days: 1})
			return err
		},
		"passkey": func(s Session) error { _, err := w.AskPasskey(ctx, s, CeremonyRegister); return err },
	} {
		require.Equal(t, CodeFresh, codeOf(change(s)), name)
	}
	again, err := w.Freshen(ctx, s, Proof{Password: goodPassword})
	require.NoError(t, err)
	fresh := w.byCookie(again.Secret)
	require.Equal(t, CodeLastFactor, codeOf(w.RemoveFactor(ctx, fresh, f.Factors[0].ID, Proof{})), "the role needs one")
	_, err = w.NewRecoveryCodes(ctx, fresh, Proof{})
	require.NoError(t, err)

	// A stolen token alone changes nothing of the account.
	tok, err := w.CreateToken(ctx, fresh, TokenInput{Name: "x", Scopes: []string{"all"}, Days: 1})
	require.NoError(t, err)
	stolen, err := w.SignInByToken(ctx, tok.Token)
	require.NoError(t, err)
	_, err = w.NewRecoveryCodes(ctx, stolen, Proof{})
	require.Equal(t, CodeFresh, codeOf(err))
	_, err = w.NewRecoveryCodes(ctx, stolen, Proof{Password: goodPassword})
	require.Equal(t, CodeInvalid, strings.Replace(codeOf(err), CodeWrongCode, CodeInvalid, 1), "the password alone is not enough either")
}

// ASVS 6.2.10: no password has to be changed because time went by.
func TestASVS_6_2_10_PasswordsAreNotChangedByTheCalendar(t *testing.T) {
	t.Parallel()
	w := newClocked(t)
	w.password("pgd-clerk", goodPassword)
	first := w.signIn("pgd-clerk").Session.Step
	for range 3 {
		w.at = w.at.AddDate(1, 0, 0)
		require.Equal(t, first, w.signIn("pgd-clerk").Session.Step)
	}
}

// ASVS 16.3.1: who signed in, from where and by what, and who did not, is on record.
func TestASVS_16_3_1_SignInsAreOnRecord(t *testing.T) {
	t.Parallel()
	w, ctx := newClocked(t), context.Background()
	w.password("pgd-clerk", goodPassword)
	w.signIn("pgd-clerk")
	_, err := w.SignIn(ctx, SignInInput{Login: "pgd-clerk", Password: otherPassword}, From{Address: "198.51.100.9"})
	require.Error(t, err)
	events, err := w.Store.SignInEvents(ctx, w.users["pgd-clerk"], 10, 0)
	require.NoError(t, err)
	from := map[string]string{}
	for _, e := range events {
		require.False(t, e.At.IsZero())
		require.NotContains(t, e.Detail, otherPassword)
		from[e.Kind] = e.Address
	}
	require.Equal(t, map[string]string{eventSignIn: desk.Address, eventFailed: "198.51.100.9"}, from)
}
