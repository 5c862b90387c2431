package app

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

func (w *world) auditor() Session { return w.as("hg-auditor") }

// owner does something to the database that the application cannot: as its owner.
func (w *world) asOwner(sql string, args ...any) {
	w.t.Helper()
	conn, err := pgx.Connect(context.Background(), w.owner)
	require.NoError(w.t, err)
	defer conn.Close(context.Background())
	tag, err := conn.Exec(context.Background(), sql, args...)
	require.NoError(w.t, err)
	require.NotZero(w.t, tag.RowsAffected(), sql)
}

func TestTimelineTellsWhoWhenAndWhy(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	p := w.passed("Nguyễn Văn Ví Dụ")[0]
	v, err := w.Timeline(ctx, w.auditor(), p.Ref, "")
	require.NoError(t, err)
	require.Equal(t, "commendation", v.Kind)
	require.Len(t, v.Steps, 3)
	require.Equal(t, "send", v.Steps[0].Action)
	require.NotEmpty(t, v.Steps[0].ActorName)
	require.Equal(t, "token", v.Steps[0].SignedIn)
	require.NotEmpty(t, v.Steps[1].UnitName)
	require.Contains(t, v.Steps[2].Vi, "có kết quả biểu quyết")
	one, err := w.Timeline(ctx, w.auditor(), p.Ref, w.users["pgd-head"])
	require.NoError(t, err)
	require.Len(t, one.Steps, 1)
	require.Equal(t, 3, one.Total)
	require.Len(t, one.Actors, 2, "people; the session has a case of its own")
	for _, login := range []string{"pgd-clerk", "vt-clerk", "hg-admin"} {
		_, err = w.Timeline(ctx, w.as(login), p.Ref, "")
		require.Equal(t, CodeForbidden, codeOf(err), login)
	}
}

func TestTimelineOfSessionsAndDecisions(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	d := w.decide(w.passed("Nguyễn Văn Ví Dụ")...)
	v, err := w.Timeline(ctx, w.auditor(), d.Ref, "")
	require.NoError(t, err)
	require.Equal(t, "issuance", v.Kind)
	require.Equal(t, "signed", v.Steps[len(v.Steps)-1].After)
	v, err = w.Timeline(ctx, w.auditor(), "HĐ-2023-0001", "")
	require.NoError(t, err)
	require.Equal(t, "council", v.Kind)
	st, err := w.StateAt(ctx, w.auditor(), "HĐ-2023-0001", Instant{Number: 2})
	require.NoError(t, err)
	require.Equal(t, "open", st.Stage)
	require.NotZero(t, st.Present)
	require.Zero(t, st.Voted)
	st, err = w.StateAt(ctx, w.auditor(), d.Ref, Instant{Number: 1})
	require.NoError(t, err)
	require.Equal(t, "submitted", st.Stage)
}

func TestStateAtIsMadeOfTheActsNotOfTheRows(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	p := w.passed("Nguyễn Văn Ví Dụ", "Trần Thị Giả Định")[0]
	w.asOwner(`update proposals set stage = 'nomination', open_items = 9 where id = $1`, p.ID)
	first, err := w.StateAt(ctx, w.auditor(), p.ID, Instant{Number: 1})
	require.NoError(t, err)
	require.Equal(t, "reception", first.Stage)
	require.Equal(t, 3, first.Of)
	require.Equal(t, "Ông Nguyễn Văn Ví Dụ", first.Items[0].Line)
	require.Equal(t, standing, first.Waiting.Unit)
	var clerk, member StateSeat
	for _, seat := range first.Seats {
		switch seat.Role {
		case proposal.RoleUnitHead:
			clerk = seat
		case proposal.RoleSecretary:
			member = seat
		}
	}
	require.Contains(t, clerk.May, proposal.ActionWithdraw)
	require.Contains(t, clerk.May, proposal.ActionRecall)
	require.False(t, member.Sees, "the Council sees the case when it has reached it")
	last, err := w.StateAt(ctx, w.auditor(), p.ID, Instant{})
	require.NoError(t, err)
	require.Equal(t, "issuance", last.Stage)
	require.Equal(t, "passed", last.Items[0].Outcome)
	require.Nil(t, last.Until)

	at, err := w.StateAt(ctx, w.auditor(), p.ID, Instant{At: first.At})
	require.NoError(t, err)
	require.Equal(t, 1, at.Number)
	_, err = w.StateAt(ctx, w.auditor(), p.ID, Instant{At: first.At.Add(-time.Hour)})
	require.Equal(t, CodeInvalid, codeOf(err))
	_, err = w.StateAt(ctx, w.auditor(), p.ID, Instant{Number: 4})
	require.Equal(t, CodeInvalid, codeOf(err))
	_, err = w.StateAt(ctx, w.as("pgd-head"), p.ID, Instant{})
	require.Equal(t, CodeForbidden, codeOf(err))

	diff, err := w.CompareStates(ctx, w.auditor(), p.ID, Instant{Number: 3}, Instant{Number: 1})
	require.NoError(t, err)
	require.Equal(t, 1, diff.From.Number)
	require.Len(t, diff.Between, 2)
	fields := map[string]string{}
	for _, c := range diff.Changes {
		fields[c.Field] = c.To
	}
	require.Equal(t, "issuance", fields["stage"])
	require.Equal(t, "passed", fields["outcome"])
}

func TestSearchOfAuditors(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	ps := w.passed("Nguyễn Văn Ví Dụ", "Trần Thị Giả Định")
	d := w.decide(ps[0])
	w.issue(d, NumberInput{Number: 328})
	find := func(q AuditQuery) (refs []string) {
		t.Helper()
		hits, err := w.AuditSearch(ctx, w.auditor(), q)
		require.NoError(t, err)
		for _, h := range hits {
			refs = append(refs, h.Ref)
		}
		return refs
	}
	require.Equal(t, []string{d.Ref, "HĐ-2023-0001", ps[0].Ref}, find(AuditQuery{Text: "vi du"}), "through items, without accents")
	require.Equal(t, []string{ps[1].Ref}, find(AuditQuery{Text: "Giả Định", Kind: "commendation"}))
	require.Equal(t, []string{d.Ref}, find(AuditQuery{Text: "QĐ-2023"}))
	require.Equal(t, []string{d.Ref, ps[0].Ref}, find(AuditQuery{Number: "328"}))
	require.Equal(t, []string{d.Ref, ps[0].Ref}, find(AuditQuery{Number: "328/QĐ-UBND"}))
	require.Empty(t, find(AuditQuery{Number: "32/"}))
	require.Len(t, find(AuditQuery{Actor: w.users["pgd-head"]}), 2)
	require.Empty(t, find(AuditQuery{Actor: "không có ai tên này"}))
	require.Len(t, find(AuditQuery{State: "over"}), 3)
	require.Equal(t, []string{ps[1].Ref}, find(AuditQuery{State: "open"}))
	require.Len(t, find(AuditQuery{Unit: proposer}), 2)
	require.Empty(t, find(AuditQuery{Since: "2031-01-01"}))
	require.Equal(t, []string{d.Ref}, find(AuditQuery{Refused: true}), "the fixture's signer first names another text")
	_, err := w.AuditSearch(ctx, w.as("pgd-clerk"), AuditQuery{})
	require.Equal(t, CodeForbidden, codeOf(err))
	_, err = w.AuditSearch(ctx, w.auditor(), AuditQuery{Since: "yesterday"})
	require.Equal(t, CodeInvalid, codeOf(err))
	lines, err := w.FindRefusals(ctx, w.auditor(), RefusalQuery{Where: "application", Action: "audit-search"})
	require.NoError(t, err)
	require.Len(t, lines, 1)
	require.NotEmpty(t, lines[0].ActorName)
}

func TestIntegrityNamesWhatWasChanged(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	p := w.passed("Nguyễn Văn Ví Dụ")[0]
	check := func() Integrity {
		t.Helper()
		w.costly = newBounded()
		v, err := w.CheckIntegrity(ctx, w.auditor(), p.Ref)
		require.NoError(t, err)
		return v
	}
	v := check()
	require.True(t, v.OK, v.En)
	require.Contains(t, v.Vi, "Toàn vẹn: 3 thao tác")

	for name, c := range map[string]struct{ do, undo, check string }{
		"a byte of a row": {
			`update trail set body = set_byte(body, 40, get_byte(body, 40) # 1) where case_id = $1 and number = 2`,
			`update trail set body = set_byte(body, 40, get_byte(body, 40) # 1) where case_id = $1 and number = 2`, "chain"},
		"a hash": {
			`update trail set hash = reverse(hash) where case_id = $1 and number = 3`,
			`update trail set hash = reverse(hash) where case_id = $1 and number = 3`, "chain"},
		"the row that people see": {
			`update proposals set open_items = open_items + 1 where case_id = $1`,
			`update proposals set open_items = open_items - 1 where case_id = $1`, "projection"},
		"a name": {
			`update item_contents set salt = salt || 'x'::bytea where item in (select i.id from items i join proposals p on p.id = i.proposal where p.case_id = $1)`,
			`update item_contents set salt = substring(salt from 1 for 16) where item in (select i.id from items i join proposals p on p.id = i.proposal where p.case_id = $1)`, "content"},
	} {
		if c.check == "content" {
			w.asOwnerDo(`alter table item_contents disable trigger keep_sent_content`)
		}
		w.asOwner(c.do, p.CaseID)
		v = check()
		require.False(t, v.OK, name)
		require.Equal(t, c.check, v.Record.First().Name, name)
		require.Contains(t, v.Vi, "KHÔNG toàn vẹn: ")
		w.asOwner(c.undo, p.CaseID)
		require.True(t, check().OK, name)
	}
	_, err := w.CheckIntegrity(ctx, w.as("pgd-head"), p.Ref)
	require.Equal(t, CodeForbidden, codeOf(err))
}

func (w *world) asOwnerDo(sql string) {
	w.t.Helper()
	conn, err := pgx.Connect(context.Background(), w.owner)
	require.NoError(w.t, err)
	defer conn.Close(context.Background())
	_, err = conn.Exec(context.Background(), sql)
	require.NoError(w.t, err)
}

func TestASVS_15_1_3_and_15_2_2_CostlyChecksAreBounded(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	p := w.send("BKT-PT", voting, person("Nguyễn Văn Ví Dụ"))
	codes := map[string]int{}
	for range checkBurst + 2 {
		_, err := w.CheckIntegrity(ctx, w.auditor(), p.Ref)
		codes[codeOf(err)]++
	}
	require.Equal(t, checkBurst, codes[""])
	require.Equal(t, 2, codes[CodeTooMany])
}

// An auditor's reading leaves no mark on the case: not even that it was opened.
func TestReadingByAnAuditorOpensNothing(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	p := w.send("BKT-PT", voting, person("Nguyễn Văn Ví Dụ"))
	w.asOwner(`update proposals set opened_at = null where id = $1`, p.ID)
	for _, read := range []func() error{
		func() error { _, err := w.Timeline(ctx, w.auditor(), p.ID, ""); return err },
		func() error { _, err := w.StateAt(ctx, w.auditor(), p.ID, Instant{}); return err },
		func() error { _, err := w.CheckIntegrity(ctx, w.auditor(), p.ID); return err },
	} {
		require.NoError(t, read())
	}
	got, err := w.Store.ProposalIn(ctx, postgres.Scope{All: true}, p.ID)
	require.NoError(t, err)
	require.Nil(t, got.OpenedAt)
}
