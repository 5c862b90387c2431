package clerk_test

import (
	"context"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"vinhdanh/internal/app"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/webtest"
)

func itoa(n int) string { return strconv.Itoa(n) }

// nil2 accepts elements by their name attribute.
func nil2(f func(name string) bool) func(*html.Node) bool {
	return func(n *html.Node) bool {
		for _, a := range n.Attr {
			if a.Key == "name" && f(a.Val) {
				return true
			}
		}
		return false
	}
}

// session is a sample person's, by their token.
func session(t *testing.T, w *webtest.World, login string) app.Session {
	t.Helper()
	s, err := w.App.SignInByToken(context.Background(), w.Tokens[login])
	require.NoError(t, err)
	return s
}

// returnedCase is a case that the district sent back, with a remark on one field.
func returnedCase(t *testing.T, w *webtest.World) string {
	t.Helper()
	ctx := context.Background()
	clerk, head, reviewer := session(t, w, "pgd-clerk"), session(t, w, "pgd-head"), session(t, w, "ph-reviewer")
	v, err := w.App.NewSubmission(ctx, clerk, app.NewInput{Title: "x", LetterNumber: "1", LetterDate: "2023-11-15"})
	require.NoError(t, err)
	_, err = w.App.AddItem(ctx, clerk, app.AddInput{Submission: v.ID, Content: proposal.ItemContent{
		Kind: "individual", Award: "BKT-PT", Form: "Ông", Name: "Trần Văn Mẫu", Achievement: "Tốt", PeriodKind: "calendar", Period: "2023",
	}})
	require.NoError(t, err)
	sent, err := w.App.Send(ctx, head, app.SendInput{Submission: v.ID})
	require.NoError(t, err)
	require.Nil(t, sent.Proposals[0].Error)
	id := sent.Proposals[0].Proposal.ID
	p, err := w.App.Proposal(ctx, reviewer, id, false)
	require.NoError(t, err)
	_, err = w.App.Decide(ctx, reviewer, app.DecideInput{Target: app.Target{Proposal: id}, Verdict: "return", Reason: "chưa rõ",
		Fields: []app.FieldRemark{{Item: p.ItemList[0].ID, Field: "achievement", Remark: "nêu số liệu"}}})
	require.NoError(t, err)
	return id
}

// sample is the list with planted faults.
func sample(t *testing.T) []byte {
	t.Helper()
	file, err := os.ReadFile("../../importing/testdata/danh-sach-trich-ngang.xlsx")
	require.NoError(t, err)
	return file
}
