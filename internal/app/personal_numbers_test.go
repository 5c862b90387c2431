package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"vinhdanh/internal/personal"
)

// Planted numbers; no such cards exist.
const (
	planted = "001180012345"
	another = "361234567"
)

func jsonOf(v any) (string, error) {
	raw, err := json.Marshal(v)
	return string(raw), err
}

// dumped is every row of every table, as a dump has it.
func (w *world) dumped() string {
	w.t.Helper()
	ctx := context.Background()
	c, err := pgx.Connect(ctx, w.owner)
	require.NoError(w.t, err)
	defer c.Close(ctx)
	rows, err := c.Query(ctx, `select format('select coalesce(string_agg(x::text, E''\n''), '''') from %I x', tablename) from pg_tables where schemaname = 'public'`)
	require.NoError(w.t, err)
	queries, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(w.t, err)
	require.Greater(w.t, len(queries), 30)
	var out strings.Builder
	for _, q := range queries {
		var text string
		require.NoError(w.t, c.QueryRow(ctx, q).Scan(&text), q)
		out.WriteString(text + "\n")
	}
	return out.String()
}

// A number that was typed, imported, refused and seen is in no dump, log, export, error,
// search or preview; only who has the permission sees it, and that is on record.
func TestAPlantedNumberIsNowhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var log bytes.Buffer
	ctx := zerolog.New(&log).Level(zerolog.TraceLevel).WithContext(context.Background())
	s := w.keeps()
	var said []string
	say := func(v any, err error) {
		var e *Error
		if errors.As(err, &e) {
			v = *e
		}
		raw, jerr := jsonOf(v)
		require.NoError(t, jerr)
		said = append(said, raw)
	}
	book := paperBook(t, paperRow("Nguyễn Văn Ví Dụ", "personal_number", planted), paperRow("Trần Thị Giả Định", "personal_number", planted+"9"),
		paperRow("Lê Văn Minh Họa", "personal_number", another, "period", "x"))
	p, err := w.PreviewLedger(ctx, s, book, HistoricalInput{})
	require.NoError(t, err)
	require.Equal(t, 2, p.Counts.Errors)
	require.Contains(t, p.Rows[0].Cells["personal_number"], "345")
	say(p, nil)
	say(w.ImportLedger(ctx, s, book, HistoricalInput{}))
	var bad bytes.Buffer
	require.NoError(t, w.LedgerBadRows(ctx, s, &bad, book, HistoricalInput{}))
	f, err := excelize.OpenReader(&bad)
	require.NoError(t, err)
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		require.NoError(t, err)
		say(rows, nil)
	}
	say(w.ImportLedger(ctx, s, book, HistoricalInput{SkipBad: true}))
	ref := w.refOf("Nguyễn Văn Ví Dụ", proposer)
	say(w.SetPersonalNumber(ctx, s, PersonalInput{Subject: ref, Number: planted + "x"}))
	say(w.SetPersonalNumber(ctx, s, PersonalInput{Subject: ref, Number: another}))
	v, err := w.Ledger(ctx, s, ref)
	require.NoError(t, err)
	require.Len(t, v.Numbers, 2)
	say(v, nil)
	file, err := w.ExportLedger(ctx, s, ref, "csv", "vi")
	require.NoError(t, err)
	said = append(said, string(file.Content))
	say(w.Search(ctx, s, planted))
	say(w.FindSubjects(ctx, s, planted))
	said = append(said, w.dumped(), log.String())
	for i, text := range said {
		for _, digits := range []string{planted, another, planted[:9]} {
			require.NotContains(t, text, digits, "%d", i)
		}
	}
}

// A number is found again under another name, and says so; who may not see it gets
// nothing of it.
func TestNumbersAreSeenInFullOnRecordOnly(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	w.recorded(paperRow("Nguyễn Văn Ví Dụ", "personal_number", planted))
	ref, head := w.refOf("Nguyễn Văn Ví Dụ", proposer), w.as(w.standingLogin())
	for _, login := range []string{"pgd-clerk", "pgd-head", "hg-auditor"} {
		_, err := w.RevealPersonalNumber(ctx, w.as(login), RevealInput{Subject: ref, Reason: "x"})
		require.Equal(t, CodeForbidden, codeOf(err), login)
	}
	for _, login := range []string{"vt-clerk", "hg-admin"} {
		_, err := w.RevealPersonalNumber(ctx, w.as(login), RevealInput{Subject: ref, Reason: "x"})
		require.Equal(t, CodeNotFound, codeOf(err), login)
		_, err = w.SetPersonalNumber(ctx, w.as(login), PersonalInput{Subject: ref, Number: another})
		require.Equal(t, CodeNotFound, codeOf(err), login)
	}
	_, err := w.RevealPersonalNumber(ctx, head, RevealInput{Subject: ref})
	require.Equal(t, CodeInvalid, codeOf(err), "why?")
	got, err := w.RevealPersonalNumber(ctx, head, RevealInput{Subject: ref, Reason: "Đối chiếu thẻ căn cước"})
	require.NoError(t, err)
	require.Equal(t, []RevealedNumber{{Kind: "cccd", Number: planted}}, got)
	reads, err := w.NumberReads(ctx, w.as("hg-auditor"), ref)
	require.NoError(t, err)
	require.Len(t, reads, 1)
	require.Equal(t, "Đối chiếu thẻ căn cước", reads[0].Reason)
	require.Error(t, w.asApp(`delete from personal_number_reads`))
	require.Error(t, w.asApp(`update personal_number_reads set reason = 'x'`))

	// The same number in another unit is the likeliest to be the same person.
	w.recorded(paperRow("Nguyễn Văn Ví Dụ", "personal_number", planted, "unit", standing, "birth_year", "1981", "decision_number", "9/QĐ-UBND"))
	v, err := w.Ledger(ctx, head, ref)
	require.NoError(t, err)
	require.Len(t, v.Candidates, 1, "although the years of birth differ")
	require.True(t, v.Candidates[0].SameNumber)

	// A key that is renewed opens what was closed before, and everything is closed anew.
	young, err := personal.NewVault([]personal.Key{{ID: "test", Bytes: make([]byte, personal.KeySize)}, {ID: "new", Bytes: bytes.Repeat([]byte{7}, personal.KeySize)}})
	require.NoError(t, err)
	n, err := w.Store.Reseal(ctx, young, 10)
	require.NoError(t, err)
	require.Equal(t, 2, n)
	w.App.Personal = young
	got, err = w.RevealPersonalNumber(ctx, head, RevealInput{Subject: ref, Reason: "Sau khi đổi khóa"})
	require.NoError(t, err)
	require.Equal(t, planted, got[0].Number)
	v, err = w.SetPersonalNumber(ctx, head, PersonalInput{Subject: ref})
	require.NoError(t, err)
	require.Empty(t, v.Numbers)
}

// A number that is written into a draft follows its item to whom it names.
func TestANumberFollowsTheItemItWasWrittenInto(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	_, it := w.begun(t, "LDTT", "Nguyễn Văn Ví Dụ")
	v, err := w.SetPersonalNumber(ctx, w.as("pgd-clerk"), PersonalInput{Item: it.ID, Number: planted})
	require.NoError(t, err)
	require.Len(t, v.Numbers, 1)
	saved, err := w.Item(ctx, w.as("pgd-clerk"), it.ID)
	require.NoError(t, err)
	raw, err := jsonOf(saved)
	require.NoError(t, err)
	require.NotContains(t, raw, planted)
	content := saved.Content
	content.Name = "Nguyễn Văn Ví Dụ Hai"
	_, err = w.SaveItem(ctx, w.as("pgd-clerk"), SaveInput{Item: it.ID, Base: saved.Version, Content: content})
	require.NoError(t, err)
	saved, err = w.Item(ctx, w.as("pgd-clerk"), it.ID)
	require.NoError(t, err)
	require.NotEqual(t, v.Ref, saved.Subject)
	v, err = w.Ledger(ctx, w.as("pgd-clerk"), saved.Subject)
	require.NoError(t, err)
	require.Len(t, v.Numbers, 1)
}
