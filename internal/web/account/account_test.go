package account_test

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/identity"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(browsertest.Run(func() int { return pgtest.Run(m) })) }

const password = "câu dài của người ký 9"

// signer makes a person who is none of the sample people and signs for the
// province: a second factor is asked of them.
func signer(t *testing.T, w *webtest.World, login string, roles ...string) string {
	t.Helper()
	ctx := context.Background()
	id := "00000000-0000-4000-8000-" + strings.Repeat("0", 12-len(login)) + strings.Map(func(r rune) rune { return 'a' + r%6 }, login)
	var ms []postgres.Membership
	for _, r := range roles {
		ms = append(ms, postgres.Membership{Unit: "ubnd-tinh-hau-giang", Role: r})
	}
	require.NoError(t, w.App.Store.Seed(ctx, nil, []postgres.SeedUser{{
		User: postgres.User{ID: id, Login: login, FullName: "Trần Thị Thử", Locale: "vi"}, Memberships: ms,
	}}, nil))
	hash, err := identity.NewHasher(identity.Params{Memory: 64, Iterations: 1, Parallelism: 1}).Hash(password)
	require.NoError(t, err)
	require.NoError(t, w.App.Store.SetPassword(ctx, id, hash))
	return id
}

// signIn fills in the form.
func signIn(v *webtest.Visitor, at, login, pass string) *webtest.Page {
	return v.Get(at).Submit("/sign-in", url.Values{"login": {login}, "password": {pass}})
}

// sql runs a statement as the database's owner: to let time pass.
func sql(t *testing.T, w *webtest.World, statement string, args ...any) {
	t.Helper()
	ctx := context.Background()
	c, err := pgx.Connect(ctx, w.Owner)
	require.NoError(t, err)
	defer c.Close(ctx)
	_, err = c.Exec(ctx, statement, args...)
	require.NoError(t, err)
}

func TestSignInAndOut(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	v := w.As(t, "")
	p := v.Get("/account/sessions")
	require.Contains(t, p.Path, "/sign-in?next=%2Faccount%2Fsessions")
	bad := p.Submit("/sign-in", url.Values{"login": {"pgd-clerk"}, "password": {"not the right one"}})
	require.Equal(t, http.StatusUnauthorized, bad.Status)
	require.Equal(t, "pgd-clerk", bad.Value("login"), "what was typed is not lost")
	require.Empty(t, bad.Value("password"), "a password is never sent back")
	require.NotContains(t, bad.Body, "not the right one")
	in := bad.Submit("/sign-in", url.Values{"password": {apitest.SamplePassword}})
	require.Equal(t, "/account/sessions", in.Path, "back to where one wanted to go")
	require.Contains(t, in.Text(), "Phiên này")
	out := in.Submit("/sign-out", nil)
	require.Contains(t, out.Text(), "Bạn đã đăng xuất.")
	require.Contains(t, v.Get("/account/sessions").Path, "/sign-in")
}

// ASVS 3.7.2: after sign-in one stays on the site.
func TestASVS_3_7_2_SignInLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	for _, to := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "javascript:alert(1)", "\t//evil.example"} {
		p := signIn(w.As(t, ""), "/sign-in?next="+url.QueryEscape(to), "pgd-clerk", apitest.SamplePassword)
		require.Equal(t, "/", p.Path, to)
	}
}

var secretOf = regexp.MustCompile(`<code class="secret">([A-Z2-7 ]{20,})</code>`)

// enrol follows the pages without a script.
func enrol(t *testing.T, v *webtest.Visitor) (secret string, done *webtest.Page) {
	t.Helper()
	form := v.Get("/account/factors/code")
	m := secretOf.FindStringSubmatch(form.Body)
	require.NotNil(t, m, form.Text())
	secret = strings.ReplaceAll(m[1], " ", "")
	code, err := identity.CodeAt(secret, time.Now())
	require.NoError(t, err)
	return secret, form.Submit("/account/factors/code", url.Values{"code": {code}, "name": {"Điện thoại"}})
}

// ASVS 6.3.3: a signer gets nowhere with the password alone.
func TestASVS_6_3_3_PagesWaitForTheSecondFactor(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	signer(t, w, "ky-thu", "signer")
	v := w.As(t, "")
	p := signIn(v, "/sign-in?next=/account/sessions", "ky-thu", password)
	require.Equal(t, "/account/factors?next=%2Faccount%2Fsessions", p.Path)
	require.Contains(t, p.Text(), "bắt buộc xác thực hai bước")
	for _, pattern := range w.Site.Patterns() {
		method, path, _ := strings.Cut(pattern, " ")
		path = strings.ReplaceAll(path, "{$}", "")
		if method != http.MethodGet || strings.Contains(path, "{") || path == "/sign-in" || path == "/styleguide" || strings.HasPrefix(path, "/help") || strings.HasPrefix(path, "/verify") {
			continue
		}
		got := v.Get(path)
		if strings.HasPrefix(path, "/account/factors") {
			continue
		}
		assert.NotContains(t, got.Text(), "Trần Thị Thử", path)
		assert.True(t, strings.HasPrefix(got.Path, "/account/") || got.Status >= 400, "%s leads to %s (%d)", path, got.Path, got.Status)
	}
	secret, done := enrol(t, v)
	require.Contains(t, done.Text(), "Mã khôi phục")
	require.Len(t, regexp.MustCompile(`<code class="secret">`).FindAllString(done.Body, -1), 10)
	require.Equal(t, http.StatusOK, v.Get("/").Status)
	require.Contains(t, v.Get("/account").Text(), "Mật khẩu và ứng dụng tạo mã")

	// From now on the code is asked for, and one that was used does not count.
	other := w.As(t, "")
	p = signIn(other, "/sign-in", "ky-thu", password)
	require.Equal(t, "/account/second-factor?next=%2F", p.Path)
	used, err := identity.CodeAt(secret, time.Now())
	require.NoError(t, err)
	p = p.Submit("/account/second-factor", url.Values{"code": {used}})
	require.Equal(t, http.StatusUnprocessableEntity, p.Status)
	require.Contains(t, other.Get("/").Path, "/account/second-factor")
	sql(t, w, `update code_factors set last_step = 0`)
	require.Equal(t, "/", p.Submit("/account/second-factor", url.Values{"code": {used}}).Path)
}

// ASVS 7.5.1: the means to sign in change only after a fresh sign-in, and the
// reader comes back to where they were.
func TestASVS_7_5_1_FreshSignInBeforeFactorsChange(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	v := w.As(t, "")
	signIn(v, "/sign-in", "pgd-clerk", apitest.SamplePassword)
	require.Equal(t, "/account/factors/code", v.Get("/account/factors/code").Path, "the sign-in was a moment ago")
	sql(t, w, `update web_sessions set fresh_until = now()`)
	p := v.Get("/account/factors/code")
	require.Equal(t, "/account/freshen?next=%2Faccount%2Ffactors%2Fcode", p.Path)
	p = p.Submit("/account/freshen", url.Values{"password": {"not the right one"}})
	require.Equal(t, http.StatusUnprocessableEntity, p.Status)
	p = p.Submit("/account/freshen", url.Values{"password": {apitest.SamplePassword}})
	require.Equal(t, "/account/factors/code", p.Path)
	sql(t, w, `update web_sessions set fresh_until = now()`)
	for _, c := range []struct{ page, form string }{{"/account/tokens", "/account/tokens"}} {
		q := v.Get(c.page).Submit(c.form, url.Values{"name": {"x"}, "scopes": {"read"}, "days": {"10"}})
		require.Contains(t, q.Path, "/account/freshen", c.form)
	}
}

// A token is shown once and is good for its scopes only.
func TestTokenPage(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	v := w.As(t, "")
	signIn(v, "/sign-in", "pgd-clerk", apitest.SamplePassword)
	p := v.Get("/account/tokens").Submit("/account/tokens", url.Values{"name": {"Máy tính"}, "scopes": {"read"}, "days": {"10"}})
	token := regexp.MustCompile(`vd_[A-Za-z0-9_-]{40,}`).FindString(p.Body)
	require.NotEmpty(t, token)
	require.NotContains(t, v.Get("/account/tokens").Body, token)
	s, err := w.App.SignInByToken(context.Background(), token)
	require.NoError(t, err)
	require.Equal(t, []app.Scope{app.ScopeRead}, s.Scopes)
	p = v.Get("/account/tokens").Submit("/account/tokens", url.Values{"name": {""}, "days": {"10"}})
	require.Equal(t, http.StatusUnprocessableEntity, p.Status)
	v.Get("/account/tokens").Submit("/account/tokens/revoke", nil)
	_, err = w.App.SignInByToken(context.Background(), token)
	require.Error(t, err)
}

// An admin hands a link over; it works once, and asks for the second factor as ever.
func TestLinkPages(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	person := w.As(t, "")
	signer(t, w, "ky-thu", "signer")
	signIn(person, "/sign-in", "ky-thu", password)
	_, done := enrol(t, person)
	require.Equal(t, http.StatusOK, done.Status)

	admin := w.As(t, "hg-admin")
	p := admin.Get("/account/assist").Submit("/account/assist/link", url.Values{"login": {"ky-thu"}})
	require.Equal(t, http.StatusOK, p.Status, p.Text())
	link := regexp.MustCompile(`http://[^<]*(/account/link/[A-Za-z0-9_-]+)`).FindStringSubmatch(p.Body)
	require.NotNil(t, link, p.Text())
	visitor := w.As(t, "")
	form := visitor.Get(link[1])
	require.Contains(t, form.Text(), "ky-thu")
	weak := form.Submit(link[1], url.Values{"new_password": {"matkhau123456"}})
	require.Equal(t, http.StatusUnprocessableEntity, weak.Status)
	in := weak.Submit(link[1], url.Values{"new_password": {"một câu khác hẳn 2024"}})
	require.Equal(t, "/account/second-factor?next=%2F", in.Path, "a reset never skips the second factor (ASVS 6.4.3)")
	require.Contains(t, person.Get("/account").Path, "/sign-in", "sessions from before are over")
	require.Equal(t, http.StatusNotFound, w.As(t, "").Get(link[1]).Status, "it works once")

	bad := admin.Get("/account/assist").Submit("/account/assist/link", url.Values{"login": {"nobody"}})
	require.Equal(t, http.StatusUnprocessableEntity, bad.Status)
	require.Equal(t, http.StatusForbidden, w.As(t, "pgd-clerk").Get("/account/assist").Status)
}
