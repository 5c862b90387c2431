package evidencetest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/reconcile"
)

// tampering is a change behind the application's back, how to undo it, and what
// reconcile must say.
type tampering struct {
	name  string
	do    []string // statements; $1 is the case id
	undo  []string
	codes []string
}

var tamperings = []tampering{
	{"stage", []string{`update proposals set stage = 'review' where case_id = $1`},
		[]string{`update proposals set stage = 'issuance' where case_id = $1`}, []string{reconcile.CodeProjection}},
	{"reopened", []string{`update proposals set closed = true where case_id = $1`},
		[]string{`update proposals set closed = false where case_id = $1`}, []string{reconcile.CodeProjection}},
	{"an item's outcome", []string{`update items set outcome = 'passed' where position = 2 and proposal = (select id from proposals where case_id = $1)`},
		[]string{`update items set outcome = 'not_proposed' where position = 2 and proposal = (select id from proposals where case_id = $1)`},
		[]string{reconcile.CodeItem}},
	{"a row", []string{`update trail set body = replace(convert_from(body, 'UTF8'), 'forward', 'forwarD')::bytea where number = 2 and case_id = $1`},
		[]string{`update trail set body = replace(convert_from(body, 'UTF8'), 'forwarD', 'forward')::bytea where number = 2 and case_id = $1`},
		[]string{reconcile.CodeChain, reconcile.CodeRow}},
	{"a row added", []string{
		`insert into trail (case_id, number, body, prev_hash, hash, at, actor, action, nonce)
		 select case_id, 4, body, hash, encode(sha256(convert_to(hash || E'\n', 'UTF8') || body), 'hex'), at, actor, action, 'x'
		 from trail where case_id = $1 and number = 3`},
		[]string{`delete from trail where case_id = $1 and number = 4`}, []string{reconcile.CodeExtraRow}},
	{"an accepted act passed off as refused", []string{
		`update attempt_outcomes set status = 'refused', number = null where number = 2 and nonce in (select nonce from attempts where case_id = $1)`},
		[]string{`update attempt_outcomes set status = 'accepted', number = 2 where status = 'refused' and nonce in (select nonce from attempts where case_id = $1)`},
		[]string{reconcile.CodeRefused}},
	{"an attempt claimed as accepted", []string{
		`insert into attempts (nonce, case_id, action, workflow, message, actor) values ('ghost', $1, 'decide', 'commendation', '{}', 'x')`,
		`insert into attempt_outcomes (nonce, status, number) select nonce, 'accepted', 9 from attempts where case_id = $1 and nonce = 'ghost'`},
		[]string{`delete from attempt_outcomes o using attempts a where a.nonce = o.nonce and a.case_id = $1 and a.nonce = 'ghost'`,
			`delete from attempts where case_id = $1 and nonce = 'ghost'`},
		[]string{reconcile.CodeAttempt}},
}

func TestASVS_16_4_3_ReconcileFindsTampering(t *testing.T) {
	h := newHouse(t)
	c := h.walk()
	clean := h.reconcile(true)
	require.True(t, clean.OK(), "%+v", clean.Findings)
	require.Equal(t, reconcile.Report{Cases: 1, Transitions: 3, Findings: []reconcile.Finding{}}, clean)
	for _, x := range tamperings {
		for _, sql := range x.do {
			h.exec(sql, c.id)
		}
		r := h.reconcile(true)
		require.Equal(t, x.codes, codes(r), "%s: %+v", x.name, r.Findings)
		for _, f := range r.Findings {
			require.Equal(t, c.id, f.Case)
			require.NotEmpty(t, f.Vi)
			require.NotEmpty(t, f.En)
		}
		for _, sql := range x.undo {
			h.exec(sql, c.id)
		}
	}
	require.True(t, h.reconcile(true).OK())
}

// What only fell behind is recorded again from the history.
func TestReconcileRebuilds(t *testing.T) {
	h := newHouse(t)
	c := h.walk()
	before, err := h.store.Trail(h.ctx, c.id)
	require.NoError(t, err)
	h.exec(`delete from trail where case_id = $1 and number > 1`, c.id)
	h.exec(`delete from attempt_outcomes where number > 1 and nonce in (select nonce from attempts where case_id = $1)`, c.id)
	h.exec(`update proposals set number = 1, stage = 'reception', stage_index = 1, open_items = 2 where case_id = $1`, c.id)
	h.exec(`update items set outcome = '', opinion = '' where proposal = (select id from proposals where case_id = $1)`, c.id)

	r := h.reconcile(false)
	require.Contains(t, codes(r), reconcile.CodeNotRebuilt)
	require.Zero(t, r.Rebuilt)

	r = h.reconcile(true)
	require.True(t, r.OK(), "%+v", r.Findings)
	require.Equal(t, 2, r.Rebuilt)
	after, err := h.store.Trail(h.ctx, c.id)
	require.NoError(t, err)
	require.Equal(t, before, after)
	require.Zero(t, h.reconcile(true).Rebuilt)
}

func TestReconcileSeesWhatWasDoneToWorkflows(t *testing.T) {
	h := newHouse(t)
	ended, reset, unknown := h.walk(), h.walk(), h.walk()
	require.NoError(t, h.operator.TerminateWorkflow(h.ctx, ended.id, "", "test"))
	h.reset(reset.id)
	for _, sql := range []string{
		`delete from attempt_outcomes where nonce in (select nonce from attempts where case_id = $1)`,
		`delete from attempts where case_id = $1`, `delete from trail where case_id = $1`,
		`update proposals set number = 0 where case_id = $1`,
	} {
		h.exec(sql, unknown.id)
	}
	by := map[string][]string{}
	require.Eventually(t, func() bool { // Temporal's list of workflows follows after a moment
		clear(by)
		for _, f := range h.reconcile(true).Findings {
			by[f.Case] = append(by[f.Case], f.Code)
		}
		return len(by[unknown.id]) > 0 && len(by[reset.id]) > 1
	}, eventually, tick)
	require.Equal(t, []string{reconcile.CodeEnded}, by[ended.id])
	require.Contains(t, by[reset.id], reconcile.CodeReset)
	require.Contains(t, by[reset.id], reconcile.CodeExtraRow, "the trail has what the reset history lost")
	require.Equal(t, []string{reconcile.CodeStranger}, by[unknown.id])
}
