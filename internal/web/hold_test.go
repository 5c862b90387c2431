package web_test

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/web/webtest"
)

// TestHold answers the home page of a clerk. With HOLD=1 it then keeps the site
// running, with a person's cookie printed, until it is interrupted:
//
//	HOLD=1 go test ./internal/web -run TestHold -v -timeout 0
func TestHold(t *testing.T) {
	w := webtest.New(t)
	p := w.As(t, "pgd-clerk").Get("/")
	require.Equal(t, http.StatusOK, p.Status, p.Text())
	if os.Getenv("HOLD") == "" {
		return
	}
	fmt.Println(w.Server.URL)
	for login := range w.Tokens {
		fmt.Println(login, w.Cookie(t, login).Value)
	}
	require.NoError(t, os.WriteFile(os.TempDir()+"/list.xlsx", apitest.List(t, "Nguyễn Thị Mẫu", "Trần Văn Mẫu"), 0o600))
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	<-stop
	_, _ = io.WriteString(os.Stdout, "bye\n")
}
