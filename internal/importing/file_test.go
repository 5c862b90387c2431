package importing

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// repack copies a package with some parts replaced or added.
func repack(t testing.TB, data []byte, parts map[string][]byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	var buf bytes.Buffer
	out := zip.NewWriter(&buf)
	done := map[string]bool{}
	put := func(name string, body []byte) {
		w, err := out.Create(name)
		require.NoError(t, err)
		_, err = w.Write(body)
		require.NoError(t, err)
	}
	for _, f := range in.File {
		body, replaced := parts[f.Name]
		if !replaced {
			rc, err := f.Open()
			require.NoError(t, err)
			body, err = io.ReadAll(rc)
			require.NoError(t, err)
		}
		put(f.Name, body)
		done[f.Name] = true
	}
	for name, body := range parts {
		if !done[name] {
			put(name, body)
		}
	}
	require.NoError(t, out.Close())
	return buf.Bytes()
}

func TestRefusedFiles(t *testing.T) {
	t.Parallel()
	sample := sampleBytes(t)
	ole := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 2048)...)
	locked := sheetFile(t, 1, [][]any{{"STT", "Họ và tên"}})
	f, err := excelize.OpenReader(bytes.NewReader(locked))
	require.NoError(t, err)
	var encrypted bytes.Buffer
	require.NoError(t, f.Write(&encrypted, excelize.Options{Password: "x"}))
	wide := sheetFile(t, 1, [][]any{{"STT", "Họ và tên"}}, func(f *excelize.File) { require.NoError(t, f.SetCellStr("Sheet1", "XFD2", "x")) })
	small := Limits{Bytes: 1 << 20, Unpacked: 1 << 20, Rows: 5, Columns: 20, CellText: 200}
	long := make([][]any, 8)
	for i := range long {
		long[i] = []any{"STT", "Họ và tên"}
	}
	for name, c := range map[string]struct {
		data []byte
		code string
	}{
		"old xls":        {ole, CodeOldFormat},
		"page named xls": {[]byte("<html><table><tr><td>STT</td></tr></table></html>"), CodeOldFormat},
		"password":       {encrypted.Bytes(), CodePassword},
		"macros":         {repack(t, sample, map[string][]byte{"xl/vbaProject.bin": ole}), CodeMacros},
		"text":           {[]byte("STT,Họ và tên\n1,A\n"), CodeNotWorkbook},
		"empty":          {nil, CodeNotWorkbook},
		"cut off":        {sample[:len(sample)/2], CodeNotWorkbook},
		"plain zip":      {repack(t, emptyZip(t), map[string][]byte{"a.txt": []byte("x")}), CodeNotWorkbook},
		"word":           {repack(t, emptyZip(t), map[string][]byte{"[Content_Types].xml": []byte("<Types/>"), "word/document.xml": []byte("<x/>")}), CodeOtherFormat},
		"opendocument":   {repack(t, emptyZip(t), map[string][]byte{"mimetype": []byte("application/vnd.oasis.opendocument.spreadsheet")}), CodeOtherFormat},
		"too many bytes": {append(bytes.Clone(sample), make([]byte, 1<<20)...), CodeTooLarge},
		"zip bomb":       {repack(t, sample, map[string][]byte{"xl/media/image1.png": make([]byte, 4<<20)}), CodeTooLarge},
		"many rows":      {sheetFile(t, 1, long), CodeTooManyRows},
		"wide":           {wide, CodeTooManyColumns},
		"long cell":      {sheetFile(t, 1, [][]any{{"STT", "Họ và tên"}, {1, strings.Repeat("a", 300)}}), CodeTooLarge},
		"no header":      {sheetFile(t, 1, [][]any{{"một", "hai"}, {"ba", "bốn"}}), CodeNoHeader},
		"broken sheet":   {repack(t, sample, map[string][]byte{"xl/worksheets/sheet1.xml": []byte("<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>99999</v></c></row>")}), CodeNotWorkbook},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wb, err := ReadBytes(context.Background(), c.data, Options{Limits: small})
			assert.Nil(t, wb)
			var e *Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, c.code, e.Code)
			assert.NotContains(t, e.Vi+e.En, "%!", "the message is complete")
			assert.Greater(t, len(e.Vi), 40, "it says what to do")
			assert.Greater(t, len(e.En), 40)
		})
	}
}

func emptyZip(t testing.TB) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	_, err := w.Create("first")
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return buf.Bytes()
}

// A directory that declares less than a part unpacks to must not get past the
// limit: the zip reader fails on the part.
func TestASVS_5_2_3_LyingSizes(t *testing.T) {
	t.Parallel()
	sample := sampleBytes(t)
	bomb := repack(t, sample, map[string][]byte{"xl/worksheets/sheet1.xml": bytes.Repeat([]byte(" "), 3<<20)})
	// The declared size stands in the central directory as four bytes.
	declared, lie := []byte{0, 0, 0x30, 0}, []byte{0, 0x10, 0, 0}
	i := bytes.LastIndex(bomb, []byte("xl/worksheets/sheet1.xml"))
	at := i - 46 + 24
	require.Equal(t, declared, bomb[at:at+4])
	copy(bomb[at:], lie)
	_, err := ReadBytes(context.Background(), bomb, Options{Limits: Limits{Unpacked: 1 << 20}})
	var e *Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, CodeNotWorkbook, e.Code)
}

func TestOneLongTextInManyCells(t *testing.T) {
	t.Parallel()
	rows := [][]any{{"STT", "Họ và tên"}}
	for i := range 50 {
		rows = append(rows, []any{i + 1, strings.Repeat("dài ", 1000)})
	}
	_, err := ReadBytes(context.Background(), sheetFile(t, 1, rows), Options{Limits: Limits{Text: 100_000}})
	var e *Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, CodeTooLarge, e.Code)
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := ReadBytes(ctx, sampleBytes(t), options())
	assert.True(t, errors.Is(err, context.Canceled))
}
