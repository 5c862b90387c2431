package evidence

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
)

// live is the record of the world's case as PostgreSQL and Temporal would give it.
func (w *world) live() Record {
	messages := map[string]Attempt{}
	for _, a := range w.tries {
		messages[a.Nonce] = a
	}
	r := Record{CaseID: w.id, Attempts: w.tries, Content: w.content, Validations: w.checks}
	for i, row := range w.trail {
		var s envelope.Step
		require.NoError(w.t, json.Unmarshal(row.Body, &s))
		rec := Recorded{TrailRow: row, At: s.At, Message: messages[s.Nonce].Message}
		if i == 0 {
			rec.Start = w.input
		}
		r.Rows = append(r.Rows, rec)
	}
	return r
}

func TestRecordHolds(t *testing.T) {
	t.Parallel()
	w := commendation(t)
	in := w.live()
	for _, row := range w.trail {
		in.History = append(in.History, row.Body)
	}
	in.Archived = w.trail
	r, err := CheckRecord(context.Background(), &w.ring, in)
	require.NoError(t, err)
	require.True(t, r.OK, r.En)
	require.Equal(t, 8, r.Transitions)
	require.NotContains(t, r.En+r.Vi, "%!")
}

func TestRetraceShowsEachState(t *testing.T) {
	t.Parallel()
	w := commendation(t)
	var stages []proposal.StageKind
	var may [][]proposal.Action
	require.NoError(t, Retrace(&w.ring, w.id, w.live().Rows, func(s State) {
		stages = append(stages, s.Case.Place().Stage)
		may = append(may, s.Case.May(proposal.RoleReviewer, district))
	}))
	require.Equal(t, []proposal.StageKind{"review", "review", "review", "reception", "appraisal", "council", "issuance", "issuance"}, stages)
	require.Empty(t, may[1], "it is back with its unit")
	require.Empty(t, may[7], "it is closed")
}

// Each change to the record is found and named, by the step that is to find it.
func TestChangedRecordsAreNamed(t *testing.T) {
	t.Parallel()
	type change struct {
		name, check, code string
		do                func(*world)
		after             func(*Record)
	}
	for _, a := range []change{
		{"one byte of a row", "chain", faultChain, func(w *world) {
			w.trail[4].Body = bytes.Replace(w.trail[4].Body, []byte("app1"), []byte("app2"), 1)
		}, nil},
		{"a row changed and the chain recomputed", "acts", faultTrail, func(w *world) {
			w.trail[4].Body = bytes.Replace(w.trail[4].Body, []byte("app1"), []byte("app2"), 1)
			w.rechain()
		}, nil},
		{"a row dropped and the chain recomputed", "acts", faultAct, func(w *world) {
			w.trail = slices.Delete(w.trail, 2, 3)
			w.rechain()
		}, nil},
		{"the last row dropped", "envelopes", faultAttempt, func(w *world) { w.trail = w.trail[:7] }, nil},
		{"the last row dropped, the workflow asked", "history", faultCount, func(w *world) { w.trail = w.trail[:7] }, func(r *Record) {
			for _, row := range r.Rows {
				r.History = append(r.History, row.Body)
			}
			r.History = append(r.History, []byte(`{}`))
		}},
		{"the workflow tells something else", "history", faultTrail, func(*world) {}, func(r *Record) {
			r.History = []json.RawMessage{[]byte(`{}`)}
		}},
		{"the archive holds something else", "archive", faultArchived, func(*world) {}, func(r *Record) {
			r.Archived = []TrailRow{r.Rows[0].TrailRow, {Number: 2}}
		}},
		{"an envelope exchanged", "acts", faultAct, func(w *world) {
			w.tries[1].Message, w.tries[2].Message = w.tries[2].Message, w.tries[1].Message
		}, nil},
		{"an envelope dropped", "acts", faultNoAttempt, func(w *world) { w.tries = slices.Delete(w.tries, 2, 3) }, nil},
		{"a name", "content", faultContent, func(w *world) { w.content.Items[0].Content.Name = "Danh Lâm" }, nil},
		{"a reason", "reasons", faultReason, func(w *world) { w.content.Reasons[0].Body = "đủ" }, nil},
		{"the facts that were judged", "validations", faultValidation, func(w *world) { w.checks[0].Facts = []byte(`[{"years":3}]`) }, nil},
		{"an accepted act passed off as refused", "envelopes", faultAttempt, func(w *world) {
			w.tries[2].Status, w.tries[2].Number = statusRefused, 0
		}, nil},
		{"no row at all", "acts", faultCount, func(w *world) { w.trail = nil }, nil},
		{"another input", "acts", faultAct, func(w *world) {
			w.input = bytes.Replace(w.input, []byte(`"R1"`), []byte(`"R2"`), 1)
			w.input = bytes.Replace(w.input, []byte(`"award":"BKT"`), []byte(`"award":""`), 1)
			w.input = bytes.Replace(w.input, []byte(`"revision":1`), []byte(`"revision":0`), 1)
		}, nil},
	} {
		t.Run(a.name, func(t *testing.T) {
			t.Parallel()
			w := commendation(t)
			a.do(w)
			in := w.live()
			if a.after != nil {
				a.after(&in)
			}
			r, err := CheckRecord(context.Background(), &w.ring, in)
			require.NoError(t, err)
			require.False(t, r.OK)
			c := r.First()
			require.Equal(t, a.check+" "+a.code, c.Name+" "+c.Code, c.Detail)
			require.Contains(t, r.Vi, "KHÔNG toàn vẹn: "+c.Vi)
			require.Contains(t, r.En, "NOT intact: "+c.Detail)
			require.NotContains(t, r.En+r.Vi, "%!")
		})
	}
}

func TestARecordOfAnotherInstallationIsNotOurs(t *testing.T) {
	t.Parallel()
	w := commendation(t)
	ring := w.ring
	ring.Installation = "inst-2"
	r, err := CheckRecord(context.Background(), &ring, w.live())
	require.NoError(t, err)
	require.Equal(t, faultSignature, r.First().Code)
}
