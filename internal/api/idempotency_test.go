package api_test

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api"
	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
)

func key(k string) map[string]string { return map[string]string{"Idempotency-Key": k} }

func TestSameKeySameRequestIsDoneOnce(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	body, kind := form(t, apitest.List(t, "Nguyễn Văn Ví Dụ"), nil)
	first := send(t, w, ask{method: "POST", path: "/submissions", as: "pgd-clerk", body: body, kind: kind, header: key("a")})
	require.Equal(t, http.StatusCreated, first.Code, first.Body)
	require.NotEmpty(t, first.Header().Get("Location"))
	again, kind2 := form(t, apitest.List(t, "Nguyễn Văn Ví Dụ"), nil) // another boundary, the same form
	if string(again) == string(body) {
		t.Fatal("the boundary should differ")
	}
	second := send(t, w, ask{method: "POST", path: "/submissions", as: "pgd-clerk", body: again, kind: kind2, header: key("a")})
	require.Equal(t, first.Code, second.Code, second.Body)
	require.Equal(t, first.Body.String(), second.Body.String())
	require.Equal(t, first.Header().Get("Location"), second.Header().Get("Location"))
	require.Equal(t, "true", second.Header().Get("Idempotency-Replayed"))
	list := good[api.Page[app.SubmissionRow]](t, w, ask{method: "GET", path: "/submissions", as: "pgd-clerk"})
	require.Len(t, list.Items, 1)

	other, kind3 := form(t, apitest.List(t, "Trần Thị Giả Định"), nil)
	require.Equal(t, app.CodeKeyReused, bad(t, w, ask{method: "POST", path: "/submissions", as: "pgd-clerk", body: other, kind: kind3, header: key("a")}).Code)
	// A key is its user's own.
	require.Equal(t, http.StatusCreated, send(t, w, ask{method: "POST", path: "/submissions", as: "tanlong1-clerk", body: other, kind: kind3, header: key("a")}).Code)
	require.Equal(t, app.CodeInvalid, bad(t, w, ask{method: "POST", path: "/submissions", as: "pgd-clerk", body: body, kind: kind, header: key("a b")}).Code)
}

func TestManyClicksAreOneAct(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	p := sentCase(t, w, "Nguyễn Văn Ví Dụ")
	before := w.Temporal.Updates()
	click := ask{method: "POST", path: "/proposals/" + p.ID + "/decide", as: "ph-reviewer", body: forward, header: key("click")}
	answers := make([]*httptest.ResponseRecorder, 8)
	var wg sync.WaitGroup
	for i := range answers {
		wg.Go(func() { answers[i] = send(t, w, click) })
	}
	wg.Wait()
	done := 0
	for _, a := range answers {
		require.Contains(t, []int{http.StatusOK, http.StatusConflict}, a.Code, a.Body)
		if a.Code == http.StatusOK {
			done++
		} else {
			require.Contains(t, a.Body.String(), app.CodeKeyBusy)
		}
	}
	require.GreaterOrEqual(t, done, 1)
	require.Equal(t, 1, w.Temporal.Updates()-before)
	last := good[app.Done](t, w, click)
	require.Equal(t, "reception", last.Proposal.Stage)
	require.Equal(t, 1, w.Temporal.Updates()-before)
}

// After a crash the stored answer is lost but the act is not: the same key gives
// the first outcome although the case has moved on and waits for others now.
func TestTheActIsFoundAgainWithoutItsStoredAnswer(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	p := sentCase(t, w, "Nguyễn Văn Ví Dụ")
	click := ask{method: "POST", path: "/proposals/" + p.ID + "/decide", as: "ph-reviewer", body: forward, header: key("crash")}
	first := good[app.Done](t, w, click)
	forget(t, w)
	second := good[app.Done](t, w, click)
	require.Equal(t, first.Attempt, second.Attempt)
	require.Equal(t, first.Number, second.Number)
	forget(t, w)
	// With the answer forgotten, the key names the act still: another act is refused.
	click.body = `{"verdict":"return","reason":"x"}`
	require.Equal(t, first.Attempt, good[app.Done](t, w, click).Attempt, "the same act of the same case")
	forget(t, w)
	click.path, click.body = "/proposals/"+p.ID+"/hold", `{"reason":"x"}`
	require.Equal(t, "replayed", bad(t, w, click).Code)
}

func TestAnAbandonedKeyIsTakenOver(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	p := sentCase(t, w, "Nguyễn Văn Ví Dụ")
	click := ask{method: "POST", path: "/proposals/" + p.ID + "/decide", as: "ph-reviewer", body: forward, header: key("dead")}
	good[app.Done](t, w, click)
	exec(t, w, `update idempotency set status = 0, body = null`)
	require.Equal(t, app.CodeKeyBusy, bad(t, w, click).Code)
	exec(t, w, `update idempotency set at = now() - interval '1 minute'`)
	good[app.Done](t, w, click)
}
