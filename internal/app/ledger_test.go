package app

import (
	"bytes"
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"vinhdanh/internal/historical"
)

// paperBook is a workbook of paper decisions as its keeper fills it in.
func paperBook(t *testing.T, rows ...map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, historical.Template(&b, historical.Known{}))
	f, err := excelize.OpenReader(&b)
	require.NoError(t, err)
	defer f.Close()
	for n, row := range rows {
		for i, field := range historical.Fields() {
			cell, err := excelize.CoordinatesToCellName(i+1, n+3)
			require.NoError(t, err)
			require.NoError(t, f.SetCellStr("Khen thưởng", cell, row[field]))
		}
	}
	var out bytes.Buffer
	require.NoError(t, f.Write(&out))
	return out.Bytes()
}

// paperRow is a right row; changes are pairs of a field and a value.
func paperRow(name string, changes ...string) map[string]string {
	row := map[string]string{
		"kind": "cá nhân", "name": name, "birth_year": "1980", "unit": proposer, "award": "CSTDCS", "decision_number": "15/QĐ-UBND",
		"decision_date": "20/01/2022", "issuer": "Chủ tịch UBND huyện Phụng Hiệp", "period_kind": "năm", "period": "2021", "scan": "qd-15.pdf",
	}
	for i := 0; i+1 < len(changes); i += 2 {
		row[changes[i]] = changes[i+1]
	}
	return row
}

// keeps is a session that keeps historical records, with a scan that rows name.
func (w *world) keeps() Session {
	s := w.as(w.standingLogin())
	_, err := w.AddScan(context.Background(), s, "qd-15.pdf", []byte("%PDF-1.7 quyết định mẫu"))
	require.NoError(w.t, err)
	return s
}

// recorded imports rows and gives the reference of the subject of a name.
func (w *world) recorded(rows ...map[string]string) {
	w.t.Helper()
	p, err := w.ImportLedger(context.Background(), w.keeps(), paperBook(w.t, rows...), HistoricalInput{})
	require.NoError(w.t, err, "%+v", p)
	require.Zero(w.t, p.Counts.Errors)
}

func (w *world) refOf(name, unit string) string {
	w.t.Helper()
	var ref string
	c, err := pgx.Connect(context.Background(), w.owner)
	require.NoError(w.t, err)
	defer c.Close(context.Background())
	require.NoError(w.t, c.QueryRow(context.Background(), `select ref from subjects where name = $1 and unit = $2`, name, unit).Scan(&ref))
	return ref
}

func TestPaperDecisionsArePreviewedCorrectedAndTakenOver(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	s := w.keeps()
	book := paperBook(t, paperRow("Nguyễn Văn Ví Dụ"), paperRow("Trần Thị Giả Định", "award", "Danh hiệu lạ"),
		paperRow("Lê Văn Minh Họa", "award", "", "award_text", "Dũng sĩ kiểu mẫu", "scan", "khong-co.pdf"))
	p, err := w.PreviewLedger(ctx, s, book, HistoricalInput{})
	require.NoError(t, err)
	require.Equal(t, historical.Counts{Rows: 3, New: 1, Errors: 2}, p.Counts)
	_, err = w.ImportLedger(ctx, s, book, HistoricalInput{})
	require.Equal(t, CodeInvalid, codeOf(err))
	require.Empty(t, w.ledgerRows(), "a preview and a refused import write nothing")

	in := HistoricalInput{Nonce: "form", Corrections: []historical.Correction{{Line: 4, Field: "award", Value: "CSTDCS"}, {Line: 5, Field: "scan", Value: "qd-15.pdf"}}}
	p, err = w.ImportLedger(ctx, s, book, in)
	require.NoError(t, err)
	require.Equal(t, 3, p.Counts.New)
	again, err := w.ImportLedger(ctx, s, book, in)
	require.NoError(t, err)
	require.Equal(t, historical.Counts{Rows: 3, Same: 3}, again.Counts, "the same rows are known")
	require.Len(t, w.ledgerRows(), 3)

	v, err := w.Ledger(ctx, s, w.refOf("Lê Văn Minh Họa", proposer))
	require.NoError(t, err)
	require.True(t, v.Rows[0].Historical)
	require.Equal(t, "Dũng sĩ kiểu mẫu", v.Rows[0].AwardName.VI)
	require.Equal(t, "Chủ tịch UBND huyện Phụng Hiệp", v.Rows[0].Issuer)
	_, r, err := w.OpenScan(ctx, s, v.Rows[0].ID)
	require.NoError(t, err)
	require.NoError(t, r.Close())
	file, err := w.ExportLedger(ctx, s, v.Ref, "csv", "vi")
	require.NoError(t, err)
	require.Contains(t, string(file.Content), "HỒ SƠ LỊCH SỬ")
}

func (w *world) ledgerRows() []string {
	w.t.Helper()
	c, err := pgx.Connect(context.Background(), w.owner)
	require.NoError(w.t, err)
	defer c.Close(context.Background())
	rows, err := c.Query(context.Background(), `select id::text from recognitions`)
	require.NoError(w.t, err)
	out, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(w.t, err)
	return out
}

// A correction is a record of its own; what it corrects stays, and counts no more.
func TestHistoricalRecordsAreCorrectedOnRecord(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	w.recorded(paperRow("Nguyễn Văn Ví Dụ"))
	s := w.keeps()
	v, err := w.Ledger(ctx, s, w.refOf("Nguyễn Văn Ví Dụ", proposer))
	require.NoError(t, err)
	id := v.Rows[0].ID
	_, err = w.CorrectRecord(ctx, s, RecordInput{Record: id, Cells: map[string]string{"period": "2x"}, Reason: "nhầm năm"})
	require.Equal(t, CodeInvalid, codeOf(err))
	in := RecordInput{Record: id, Cells: map[string]string{"period": "2020", "amount": "1.490.000"}, Reason: "Nhầm năm khi nhập", Nonce: "f"}
	for range 2 { // the same form twice corrects once
		v, err = w.CorrectRecord(ctx, s, in)
		require.NoError(t, err)
		require.Len(t, v.Rows, 2)
	}
	require.Equal(t, 1, v.Counted)
	_, err = w.CorrectRecord(ctx, s, RecordInput{Record: id, Cells: map[string]string{"period": "2019"}, Reason: "lại nhầm"})
	require.Equal(t, CodeConflict, codeOf(err), "who corrects must have seen the newest")
	titles, err := w.Store.LedgerOf(ctx, []string{v.Ref})
	require.NoError(t, err)
	require.Len(t, titles, 1)
	require.Equal(t, "2020", titles[0].Period)
	now := v.Rows[1]
	require.Equal(t, int64(1490000), now.Amount)
	v, err = w.WithdrawRecord(ctx, s, WithdrawInput{Record: now.ID, Reason: "Nhập nhầm người"})
	require.NoError(t, err)
	require.Zero(t, v.Counted)
	require.Len(t, v.Rows, 2, "nothing is deleted")
}

// Nothing that was not processed here can look as if it was, whoever holds the
// application's role in the database.
func TestHistoricalRecordsCannotPassForProcessedCases(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-15"), context.Background()
	p := w.send("BKT-PT", voting, person("Nguyễn Văn Ví Dụ"))
	items, err := w.Store.ItemsOf(ctx, p.ID, 1)
	require.NoError(t, err)
	w.recorded(paperRow("Nguyễn Văn Ví Dụ", "birth_year", ""))
	ref := items[0].Subject
	for _, forged := range []string{
		`insert into recognitions (id, subject, award, source, decision_number, decision_date, item) values (gen_random_uuid(), '` + ref + `', 'BKT-PT', 'decision', '1/QĐ', '2023-01-01', '` + items[0].ID + `')`,
		`insert into recognitions (id, subject, award, source, decision_number, decision_date) values (gen_random_uuid(), '` + ref + `', 'BKT-PT', 'decision', '1/QĐ', '2023-01-01')`,
		`insert into recognitions (id, subject, award, source, decision_number, decision_date, item) values (gen_random_uuid(), '` + ref + `', 'BKT-PT', 'imported', '1/QĐ', '2023-01-01', '` + items[0].ID + `')`,
		`insert into recognitions (id, subject, award, source, decision_number, decision_date, issuer, named) values (gen_random_uuid(), '` + ref + `', 'BKT-PT', 'imported', '1/QĐ', '2023-01-01', 'x', 'y')`,
		`insert into recognitions select gen_random_uuid(), subject, award, 'decision', item, decision, decision_number, decision_date, period_kind, period, amount, source_sha256 from recognitions`,
		`update recognitions set source = 'decision'`, `delete from recognitions`, `update subject_joins set subject = other`,
	} {
		require.Error(t, w.asApp(forged), forged)
	}
	v, err := w.Ledger(ctx, w.as(w.standingLogin()), ref)
	require.NoError(t, err)
	require.Len(t, v.Rows, 1)
	require.True(t, v.Rows[0].Historical)
	require.Nil(t, v.Rows[0].Item)
	require.Nil(t, v.Rows[0].Decision)
}

// asApp runs a statement in the application's role.
func (w *world) asApp(sql string) error {
	ctx := context.Background()
	c, err := pgx.Connect(ctx, w.served)
	require.NoError(w.t, err)
	defer c.Close(ctx)
	_, err = c.Exec(ctx, sql)
	return err
}

// Nobody reads the ledger of another unit's people, nor keeps records, nor joins, who
// is not to; the refusal of what is not to be seen says that it is not there.
func TestLedgersLeakToNobody(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	w.recorded(paperRow("Nguyễn Văn Ví Dụ"))
	ref := w.refOf("Nguyễn Văn Ví Dụ", proposer)
	v, err := w.Ledger(ctx, w.as("pgd-clerk"), ref)
	require.NoError(t, err, "one's own people")
	require.False(t, v.MayKeep)
	require.True(t, v.MayJoin)
	_, err = w.Ledger(ctx, w.as("hg-auditor"), ref)
	require.NoError(t, err)
	record := v.Rows[0].ID
	for _, login := range []string{"vt-clerk", "hg-admin", "vt-head"} {
		o := w.as(login)
		_, err := w.Ledger(ctx, o, ref)
		require.Equal(t, CodeNotFound, codeOf(err), login)
		_, err = w.ExportLedger(ctx, o, ref, "csv", "vi")
		require.Equal(t, CodeNotFound, codeOf(err), login)
		_, _, err = w.OpenScan(ctx, o, record)
		require.Equal(t, CodeNotFound, codeOf(err), login)
		found, err := w.FindSubjects(ctx, o, "nguyen van vi du")
		require.NoError(t, err)
		require.Empty(t, found, login)
		_, err = w.JoinSubjects(ctx, o, JoinInput{Subject: ref, Other: ref, Kind: "same", Reason: "x"})
		require.Equal(t, CodeNotFound, codeOf(err), login)
	}
	for _, login := range []string{"pgd-clerk", "pgd-head", "hg-auditor", "hg-admin"} {
		o := w.as(login)
		_, err := w.PreviewLedger(ctx, o, paperBook(t, paperRow("x")), HistoricalInput{})
		require.Equal(t, CodeForbidden, codeOf(err), login)
		_, err = w.CorrectRecord(ctx, o, RecordInput{Record: record, Cells: map[string]string{"period": "2020"}, Reason: "x"})
		require.Equal(t, CodeForbidden, codeOf(err), login)
		_, err = w.WithdrawRecord(ctx, o, WithdrawInput{Record: record, Reason: "x"})
		require.Equal(t, CodeForbidden, codeOf(err), login)
		_, err = w.AddScan(ctx, o, "x.pdf", []byte("%PDF-1.7"))
		require.Equal(t, CodeForbidden, codeOf(err), login)
	}
	_, err = w.JoinSubjects(ctx, w.as("hg-auditor"), JoinInput{Subject: ref, Other: ref, Kind: "same", Reason: "x"})
	require.Equal(t, CodeForbidden, codeOf(err))
}
