package webtest

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
	"vinhdanh/internal/importing"
)

// Session is a sample person's session, for what a test prepares past the pages.
func (w *World) Session(t testing.TB, login string) app.Session {
	t.Helper()
	s, err := w.App.SignInByCookie(context.Background(), w.secret(t, login))
	require.NoError(t, err)
	return s
}

// Sent takes a list of names over for the office of education of Phụng Hiệp, each
// for the province's certificate of merit, and has its head send it: a case that
// waits for the district's reviewer.
func (w *World) Sent(t testing.TB, names ...string) app.ProposalRow {
	t.Helper()
	return w.SentBy(t, "pgd-clerk", "pgd-head", names...)
}

// SentBy is Sent for another unit's clerk and head.
func (w *World) SentBy(t testing.TB, clerk, head string, names ...string) app.ProposalRow {
	t.Helper()
	ctx := context.Background()
	v, err := w.App.AcceptImport(ctx, w.Session(t, clerk), apitest.List(t, names...), app.ImportInput{
		PeriodKind: "calendar", Period: "2023", LetterNumber: "45/TTr-PGDĐT", LetterDate: "2023-11-10", Choices: []importing.Choice{{Code: "BKT-PT"}},
	})
	require.NoError(t, err)
	sent, err := w.App.Send(ctx, w.Session(t, head), app.SendInput{Submission: v.ID})
	require.NoError(t, err)
	require.Len(t, sent.Proposals, 1)
	require.Nil(t, sent.Proposals[0].Error)
	return sent.Proposals[0].Proposal
}
