package account_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// TestPasskeysInABrowser enrols a passkey as the second factor that a signer's role
// asks for, signs in with it alone, steps up with it, and is fresh with it.
func TestPasskeysInABrowser(t *testing.T) {
	w := webtest.New(t)
	id := signer(t, w, "ky-thu", "signer")
	tab := browsertest.Open(t, w.Local, browsertest.Desktop).Passkeys()
	tab.Go("/sign-in").Fill("login", "ky-thu").Fill("password", password)
	tab.Click("form[action='/sign-in'] button.primary").WaitPath("/account/factors")
	tab.Fill("name", "Khóa thử").Press("Đăng ký khóa truy cập").Wait("Tôi đã cất giữ")
	tab.Go("/account").Wait("Mật khẩu và khóa truy cập")
	rows, err := w.App.Store.Passkeys(context.Background(), id)
	require.NoError(t, err)
	require.Len(t, rows, 1)
	require.Equal(t, "Khóa thử", rows[0].Name)

	signOut := func() {
		tab.Go("/account/sessions").Wait("Phiên này")
		tab.Click("details.menu summary").Press("Đăng xuất").WaitPath("/sign-in")
	}
	signOut()
	tab.Go("/sign-in?next=/account").Press("Đăng nhập bằng khóa truy cập").Wait("Cách đăng nhập lần này")
	require.NotContains(t, tab.Text(), "Mật khẩu và khóa truy cập", "the passkey alone is two factors")

	signOut()
	tab.Go("/sign-in?next=/account").Fill("login", "ky-thu").Fill("password", password)
	tab.Click("form[action='/sign-in'] button.primary").WaitPath("/account/second-factor").Wait("Không có điện thoại")
	tab.Press("Xác nhận bằng khóa truy cập").Wait("Mật khẩu và khóa truy cập")

	sql(t, w, `update web_sessions set fresh_until = now()`)
	tab.Go("/account/factors/code").WaitPath("/account/freshen").Wait("Xác nhận lại danh tính")
	tab.Press("Xác nhận bằng khóa truy cập").WaitPath("/account/factors/code")
	tab.Clean()
}

// A passkey's answer counts once, and only from the session that was asked.
func TestASVS_6_5_1_PasskeyQuestionsAreAnsweredOnce(t *testing.T) {
	t.Parallel()
	w, ctx := webtest.New(t), context.Background()
	q, err := w.App.AskPasskey(ctx, app.Session{}, app.CeremonySignIn)
	require.NoError(t, err)
	bad := app.PasskeyAnswer{ID: q.ID, Answer: []byte(`{}`)}
	_, err = w.App.SignInByPasskey(ctx, bad, app.From{})
	require.Equal(t, app.CodePasskey, app.ErrorOf(err).Code)
	_, err = w.App.SignInByPasskey(ctx, bad, app.From{})
	require.Equal(t, app.CodePasskey, app.ErrorOf(err).Code, "the question is gone")
	_, err = w.App.AskPasskey(ctx, app.Session{}, app.CeremonyRegister)
	require.Equal(t, app.CodeUnauthorised, app.ErrorOf(err).Code)
}
