package app

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"vinhdanh/internal/importing"
)

// numberedList is a list with a column of personal numbers: as text, as a quantity whose
// leading zero Excel dropped, as its last row has it; and one in a cell of another sheet.
func numberedList(t *testing.T, third string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	set := func(sheet, at string, v any) { require.NoError(t, f.SetCellValue(sheet, at, v)) }
	for i, head := range []string{"STT", "Họ và tên", "Năm sinh", "Số CCCD", "Chức vụ, đơn vị công tác", "Danh hiệu đề nghị"} {
		at, err := excelize.CoordinatesToCellName(i+1, 4)
		require.NoError(t, err)
		set("Sheet1", at, head)
	}
	for i, row := range [][]any{
		{1, "Nguyễn Văn Ví Dụ", 1980, planted, "Giáo viên, Trường THCS Mẫu", "LĐTT"},
		{2, "Trần Thị Giả Định", 1981, 91987654321, "Giáo viên, Trường THCS Mẫu", "LĐTT"},
		{3, "Lê Văn Minh Họa", 1982, third, "Giáo viên, Trường THCS Mẫu", "LĐTT"},
	} {
		for j, v := range row {
			at, err := excelize.CoordinatesToCellName(j+1, i+5)
			require.NoError(t, err)
			set("Sheet1", at, v)
		}
	}
	_, err := f.NewSheet("Nháp")
	require.NoError(t, err)
	set("Nháp", "C3", planted)
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	return b.Bytes()
}

// unzipped is everything that a workbook holds.
func unzipped(t *testing.T, file []byte) string {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	var all bytes.Buffer
	for _, part := range zr.File {
		r, err := part.Open()
		require.NoError(t, err)
		_, err = io.Copy(&all, r) //nolint:gosec // made by the test
		require.NoError(t, err)
		r.Close()
	}
	return all.String()
}

// The numbers of a list get into the vault and nowhere else: not into the staged list,
// its preview, its corrections, the bad rows, the kept workbook, the database or a log.
func TestNumbersOfAListAreKeptClosed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var log bytes.Buffer
	ctx := zerolog.New(&log).Level(zerolog.TraceLevel).WithContext(context.Background())
	s, file := w.as("pgd-clerk"), numberedList(t, planted+"7")
	require.Contains(t, unzipped(t, file), planted)
	var said []string
	say := func(v any, err error) {
		require.NoError(t, err)
		raw, err := jsonOf(v)
		require.NoError(t, err)
		said = append(said, raw)
	}
	in := ImportInput{PeriodKind: "calendar", Period: "2023", LetterNumber: "9/TTr", LetterDate: "2023-11-10"}
	pre, err := w.PreviewImport(ctx, s, file, in)
	say(pre, err)
	v, err := w.StageList(ctx, s, file, "danh-sach.xlsx", in)
	say(v, err)
	require.Equal(t, []string{"•••••••••" + planted[9:], "•••••••••321", ""}, masks(v))
	v, err = w.ChangeList(ctx, s, ListChange{List: v.ID, Version: v.Version, Corrections: []importing.Correction{
		{Sheet: "Sheet1", Line: 7, Field: importing.FieldPersonalNumber, Value: another}}})
	say(v, err)
	require.Equal(t, []string{"•••••••••" + planted[9:], "•••••••••321", "••••••" + another[6:]}, masks(v))
	var bad bytes.Buffer
	require.NoError(t, w.ListBadRows(ctx, s, v.ID, &bad))
	said = append(said, unzipped(t, bad.Bytes()))
	row, staged, err := w.staged(ctx, s, v.ID)
	require.NoError(t, err)
	said = append(said, unzipped(t, staged), string(row.Input))
	sub, err := w.TakeOver(ctx, s, v.ID, v.Version)
	say(sub, err)
	for i, name := range []string{"Nguyễn Văn Ví Dụ", "Trần Thị Giả Định", "Lê Văn Minh Họa"} {
		rows, err := w.Store.NumbersOf(ctx, w.refOf(name, proposer))
		require.NoError(t, err)
		require.Len(t, rows, 1, name)
		n, err := w.Personal.Open(rows[0].ID, rows[0].Sealed())
		require.NoError(t, err)
		require.Equal(t, []string{planted, "091987654321", another}[i], n.Open())
	}
	for _, f := range sub.Attachments {
		r, err := w.open(ctx, f.SHA256)
		require.NoError(t, err)
		kept, err := io.ReadAll(r)
		require.NoError(t, err)
		r.Close()
		text := unzipped(t, kept)
		require.True(t, strings.Contains(text, "•••••••••"+planted[9:]))
		require.False(t, strings.Contains(text, "⟦"), "a token outlives its list")
		said = append(said, text)
	}
	require.NotEmpty(t, sub.Attachments)
	said = append(said, w.dumped(), log.String())
	for i, text := range said {
		for _, digits := range []string{planted, another, "91987654321"} {
			require.False(t, strings.Contains(text, digits), "%d", i)
		}
	}
}

func masks(v StagedList) (out []string) {
	for _, r := range v.Preview.Rows {
		out = append(out, r.PersonalNumber)
	}
	return out
}

// A number that stands in a comment cannot be taken out of it: the list is refused.
func TestANumberInACommentIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	f, err := excelize.OpenReader(bytes.NewReader(numberedList(t, planted+"7")))
	require.NoError(t, err)
	require.NoError(t, f.AddComment("Sheet1", excelize.Comment{Cell: "B5", Author: "x", Text: "CCCD " + planted}))
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	_, err = w.StageList(context.Background(), w.as("pgd-clerk"), b.Bytes(), "x.xlsx", ImportInput{PeriodKind: "calendar", Period: "2023"})
	require.Equal(t, CodeBadFile, codeOf(err))
	require.ErrorContains(t, err, importing.CodeNumberElsewhere)
}

// A column that its reader maps to personal numbers is closed from then on: nine digits
// under an odd heading were no number to anybody before.
func TestAColumnMappedToNumbersIsClosed(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	f, err := excelize.OpenReader(bytes.NewReader(numberedList(t, "")))
	require.NoError(t, err)
	require.NoError(t, f.SetCellStr("Sheet1", "D4", "Mã riêng"))
	require.NoError(t, f.SetCellStr("Sheet1", "D5", another))
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	s := w.as("pgd-clerk")
	v, err := w.StageList(ctx, s, b.Bytes(), "x.xlsx", ImportInput{PeriodKind: "calendar", Period: "2023"})
	require.NoError(t, err)
	v, err = w.ChangeList(ctx, s, ListChange{List: v.ID, Version: v.Version,
		Mapping: map[string]importing.SheetMapping{"Sheet1": {Columns: map[int]importing.Field{4: importing.FieldPersonalNumber}}}})
	require.NoError(t, err)
	require.Equal(t, "••••••"+another[6:], masks(v)[0])
	_, staged, err := w.staged(ctx, s, v.ID)
	require.NoError(t, err)
	require.False(t, strings.Contains(unzipped(t, staged), another))
}
