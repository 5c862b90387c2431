package app

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/identity"
	"vinhdanh/internal/postgres"
)

const (
	goodPassword  = "một câu dài dễ nhớ 7"
	otherPassword = "một câu khác hẳn 2024"
)

var desk = From{Address: "203.0.113.7", Agent: "Firefox · Windows"}

// clocked is a world whose door has a clock of its own.
type clocked struct {
	*world
	at time.Time
}

func newClocked(t *testing.T) *clocked {
	t.Helper()
	w := &clocked{world: newWorld(t), at: time.Now()}
	w.door.now = func() time.Time { return w.at }
	return w
}

// password gives a sample person a password.
func (w *clocked) password(login, password string) {
	w.t.Helper()
	hash, err := w.door.hasher.Hash(password)
	require.NoError(w.t, err)
	require.NoError(w.t, w.Store.SetPassword(context.Background(), w.users[login], hash))
}

func (w *clocked) signIn(login string) Opened {
	w.t.Helper()
	o, err := w.SignIn(context.Background(), SignInInput{Login: login, Password: goodPassword}, desk)
	require.NoError(w.t, err)
	return o
}

// enrol adds an authenticator app and returns its secret with the raised session.
func (w *clocked) enrol(s Session) (secret string, out Enrolled) {
	w.t.Helper()
	e, err := w.EnrolCode(context.Background(), s, EnrolCodeInput{})
	require.NoError(w.t, err)
	out, err = w.ConfirmCode(context.Background(), s, ConfirmCodeInput{CodeInput: CodeInput{w.code(e.Secret)}, Name: "Điện thoại"})
	require.NoError(w.t, err)
	return e.Secret, out
}

func (w *clocked) code(secret string) string {
	w.t.Helper()
	c, err := identity.CodeAt(secret, w.at)
	require.NoError(w.t, err)
	return c
}

func (w *clocked) byCookie(secret string) Session {
	w.t.Helper()
	s, err := w.SignInByCookie(context.Background(), secret)
	require.NoError(w.t, err)
	return s
}

// ASVS 6.3.8: valid users cannot be deduced: words and work are the same.
func TestASVS_6_3_8_UnknownLoginsAreNotToldApart(t *testing.T) {
	t.Parallel()
	w, ctx := newClocked(t), context.Background()
	w.password("pgd-clerk", goodPassword)
	work := func(login string) (int64, error) {
		before := w.door.hasher.Computed()
		_, err := w.SignIn(ctx, SignInInput{Login: login, Password: "not the password at all"}, desk)
		return w.door.hasher.Computed() - before, err
	}
	known, knownErr := work("pgd-clerk")
	unknown, unknownErr := work("nobody-here")
	without, withoutErr := work("pgd-head") // exists, has no password
	require.Equal(t, int64(1), known)
	require.Equal(t, known, unknown)
	require.Equal(t, known, without)
	require.Equal(t, knownErr, unknownErr)
	require.Equal(t, knownErr, withoutErr)
	require.Equal(t, CodeSignIn, codeOf(knownErr))
}

// ASVS 6.3.1: guessing is slowed down, on record, and never for good.
func TestASVS_6_3_1_GuessesAreSlowedAndNobodyIsLockedOut(t *testing.T) {
	t.Parallel()
	w, ctx := newClocked(t), context.Background()
	w.password("pgd-clerk", goodPassword)
	guess := func(password string) error {
		_, err := w.SignIn(ctx, SignInInput{Login: "PGD-clerk ", Password: password}, desk)
		return err
	}
	slowed := 0
	for range 40 {
		switch codeOf(guess("wrong wrong wrong")) {
		case CodeTooMany:
			slowed++
		case CodeSignIn:
		default:
			t.Fatal("neither wrong nor slowed")
		}
	}
	require.Equal(t, 40-identity.PacePair.Free-1, slowed)
	require.Equal(t, CodeTooMany, codeOf(guess(goodPassword)), "the right password is not looked at either")
	w.at = w.at.Add(identity.PacePair.Longest)
	require.NoError(t, guess(goodPassword), "waiting is enough")
	require.NoError(t, guess(goodPassword), "and success clears the pace")

	// From another address its owner gets in meanwhile.
	for range 40 {
		_ = guess("wrong wrong wrong")
	}
	_, err := w.SignIn(ctx, SignInInput{Login: "pgd-clerk", Password: goodPassword}, From{Address: "198.51.100.9"})
	require.NoError(t, err)

	events, err := w.Store.SignInEvents(ctx, w.users["pgd-clerk"], 500, 0)
	require.NoError(t, err)
	kinds := map[string]int{}
	for _, e := range events {
		kinds[e.Kind]++
		require.NotContains(t, e.Detail, "wrong wrong")
	}
	require.Positive(t, kinds[eventFailed])
	require.Positive(t, kinds[eventSlowed])
	require.Positive(t, kinds[eventSignIn])
}

// Guesses side by side count like those one after the other.
func TestASVS_2_4_1_ParallelGuessesAreAllCounted(t *testing.T) {
	t.Parallel()
	w, ctx := newClocked(t), context.Background()
	w.password("pgd-clerk", goodPassword)
	results := make(chan string, 40)
	for range cap(results) {
		go func() {
			_, err := w.SignIn(ctx, SignInInput{Login: "pgd-clerk", Password: "wrong wrong wrong"}, desk)
			results <- codeOf(err)
		}()
	}
	looked := 0
	for range cap(results) {
		if <-results == CodeSignIn {
			looked++
		}
	}
	require.Equal(t, identity.PacePair.Free+1, looked)
}

// ASVS 6.3.3: who signs, keeps the Council's record or rules over accounts shows two
// factors; until then the session opens nothing.
func TestASVS_6_3_3_SecondFactorForSignersSecretariesAdmins(t *testing.T) {
	t.Parallel()
	w, ctx := newClocked(t), context.Background()
	for _, login := range []string{"hg-chair", "hd-secretary"} {
		w.password(login, goodPassword)
		o := w.signIn(login)
		require.Equal(t, identity.StepEnrol, o.Session.Step, login)
		s := w.byCookie(o.Secret)
		require.Empty(t, s.Memberships, "an unfinished session sees nothing")
		require.False(t, s.May(ScopeRead))
		_, err := w.Tokens(ctx, s)
		require.Equal(t, CodeSecondFactor, codeOf(err))
		_, out := w.enrol(s)
		require.Len(t, out.RecoveryCodes, 10)
		whole := w.byCookie(out.Secret)
		require.Equal(t, identity.StepDone, whole.Step)
		require.Equal(t, identity.ByPasswordCode, whole.SignedIn)
		require.NotEmpty(t, whole.Memberships)
	}
	w.password("pgd-clerk", goodPassword)
	require.Equal(t, identity.StepDone, w.signIn("pgd-clerk").Session.Step, "a clerk may, and need not")
}

// ASVS 6.3.4: the same strength on every path.
func TestASVS_6_3_4_NoPathAroundTheSecondFactor(t *testing.T) {
	t.Parallel()
	w, ctx := newClocked(t), context.Background()
	chair := w.users["hg-chair"]
	for _, method := range []string{identity.ByPassword, identity.ByOIDC} {
		o, err := w.openWebSession(ctx, chair, method, desk)
		require.NoError(t, err)
		require.Equal(t, identity.StepEnrol, o.Session.Step, method)
		require.Empty(t, o.Session.Memberships)
	}
	o, err := w.openWebSession(ctx, chair, identity.ByOIDCTwo, desk)
	require.NoError(t, err)
	require.Equal(t, identity.StepDone, o.Session.Step)

	// A role that comes after the sign-in asks for it in the running session, and a
	// token made before it dies.
	w.password("pgd-clerk", goodPassword)
	clerk := w.signIn("pgd-clerk")
	tok, err := w.CreateToken(ctx, clerk.Session, TokenInput{Name: "máy tính", Scopes: []string{"all"}, Days: 30})
	require.NoError(t, err)
	_, err = w.SignInByToken(ctx, tok.Token)
	require.NoError(t, err)
	require.NoError(t, w.Store.Seed(ctx, nil, []postgres.SeedUser{{
		User:        postgres.User{ID: w.users["pgd-clerk"], Login: "pgd-clerk", FullName: "x", Locale: "vi"},
		Memberships: []postgres.Membership{{Unit: theCouncil, Role: "secretary"}},
	}}, nil))
	s := w.byCookie(clerk.Secret)
	require.Equal(t, identity.StepEnrol, s.Step)
	require.Empty(t, s.Memberships)
	_, err = w.SignInByToken(ctx, tok.Token)
	require.Equal(t, CodeSecondFactor, codeOf(err))
}

// The waiver needs all three: a sample person, a sample installation, the setting.
func TestSampleWaiver(t *testing.T) {
	t.Parallel()
	w, ctx := newClocked(t), context.Background()
	step := func() string {
		o, err := w.openWebSession(ctx, w.users["hg-chair"], identity.ByPassword, desk)
		require.NoError(t, err)
		return o.Session.Step
	}
	w.door.settings.SampleWaived = true
	require.Equal(t, identity.StepEnrol, step(), "the installation is not known to run on sample data")
	require.NoError(t, w.Store.MarkSample(ctx, "i", "2023"))
	require.Equal(t, identity.StepDone, step())
	w.door.settings.SampleWaived = false
	require.Equal(t, identity.StepEnrol, step())
}
