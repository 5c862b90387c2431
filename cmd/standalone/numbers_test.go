package main

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/act"
	"vinhdanh/internal/app"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
)

// registrar is the application with a register of its own, without gaps.
func (w *town) registrar() *app.App {
	own := *w.app
	own.OwnRegister = true
	return &own
}

// strayed is the same application, whose acts every workflow refuses: they are
// signed for another installation.
func (w *town) strayed() *app.App {
	own := w.registrar()
	desk := act.Desk{Store: own.Desk.Store, Temporal: own.Desk.Temporal, Signer: own.Desk.Signer, Install: "elsewhere", Queue: own.Desk.Queue}
	own.Desk = &desk
	return own
}

// signed makes decisions of the district that are signed and wait for their
// numbers, one per case.
func (w *town) signed(n int) []app.DecisionView {
	w.t.Helper()
	var proposals []string
	for range n {
		proposals = append(proposals, w.appraised("ph-reviewer-2", w.atRest(w.sent("LDTT", 1))).ID)
	}
	_, err := local.hold(w.ctx, w.stage, proposals)
	require.NoError(w.t, err)
	prepares, signer := w.who(districtOffice.prepares), w.who(districtOffice.signs)
	var out []app.DecisionView
	for _, p := range proposals {
		v, err := w.app.DraftDecision(w.ctx, prepares, app.DraftDecisionInput{
			Proposals: []string{p}, Achievement: districtOffice.achievement, Period: districtOffice.period,
		})
		require.NoError(w.t, err)
		_, err = w.app.SubmitDecision(w.ctx, prepares, v.ID)
		require.NoError(w.t, err)
		_, err = w.app.SignDecision(w.ctx, signer, v.ID, app.SignInput{Content: v.Content})
		require.NoError(w.t, err)
		out = append(out, v)
	}
	return out
}

// TestASVS_2_3_4_RegisterWithoutGaps: registrars number at the same time, some of their acts
// are refused, and the numbers given follow each other without a gap.
//
// It runs alone: other tests enter numbers into the same register.
func TestASVS_2_3_4_RegisterWithoutGaps(t *testing.T) {
	w := shared(t)
	const n = 6
	decisions := w.signed(n)
	who := w.who("ph-registrar")
	last := w.highest()
	own, stray := w.registrar(), w.strayed()
	number := func(a *app.App, d app.DecisionView) string {
		for range 200 { // "being numbered; try again in a moment"
			_, err := a.NumberDecision(w.ctx, who, d.ID, app.NumberInput{})
			if codeOf(err) != app.CodeNumberBusy {
				return codeOf(err)
			}
		}
		return app.CodeNumberBusy
	}
	// Each decision twice in the right way and once in a way that is refused after
	// its number was reserved; all at once.
	codes := make([]string, 3*n)
	at(3*n, func(i int) error {
		a := own
		if i%3 == 0 {
			a = stray
		}
		codes[i] = number(a, decisions[i/3])
		return nil
	})
	t.Log(codes)
	for i, code := range codes {
		if i%3 == 0 {
			require.Contains(t, []string{envelope.CodeInstallation, app.CodeNotReady, app.CodeNumberBusy, app.CodeConflict}, code)
		}
	}
	var got []int
	for _, d := range decisions {
		if row := w.decision(d.ID); row.Number == 0 { // lost every race above
			require.Empty(t, number(own, d))
		}
		w.waitFor("the decision's number", func() (bool, error) { return w.decision(d.ID).NumberText != "", nil })
		var x int
		_, err := fmt.Sscanf(w.decision(d.ID).NumberText, "%d/", &x)
		require.NoError(t, err)
		got = append(got, x)
	}
	slices.Sort(got)
	for i, x := range got {
		require.Equal(t, last+1+i, x, "%v", got)
	}
	t.Logf("numbers given: %v", got)
}

func (w *town) decision(id string) postgres.Decision {
	w.t.Helper()
	row, err := w.app.Store.DecisionByID(w.ctx, id)
	require.NoError(w.t, err)
	return row
}

// highest is the last number in the district's register.
func (w *town) highest() int {
	w.t.Helper()
	var n int
	err := w.sql(w.urls.App).QueryRow(w.ctx, `
		select coalesce(max(n.number), 0) from decision_numbers n join decisions d on d.id = n.decision
		where d.authority = 'ubnd-phung-hiep'`).Scan(&n)
	require.NoError(w.t, err)
	return n
}
