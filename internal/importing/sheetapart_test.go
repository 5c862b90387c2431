package importing

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// gridIn reads the first sheet in so many pieces; nil where it is not to be cut so.
func gridIn(t testing.TB, data []byte, pieces int) (*grid, *book) {
	t.Helper()
	b, err := openBook(data, Limits{}.orDefault())
	require.NoError(t, err)
	t.Cleanup(func() { _ = b.file.Close() })
	part, err := readPart(b.zip, b.sheets[0].part, b.lim.Unpacked)
	require.NoError(t, err)
	if pieces > 1 {
		return b.readApart(context.Background(), cutRows(part, pieces)), b
	}
	r := b.reader(context.Background(), bytes.NewReader(part))
	require.NoError(t, r.read())
	b.rows, b.textSum = r.rows, r.textSum
	return r.out, b
}

// A sheet says the same in however many pieces it is read.
func TestASheetInPieces(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{"sample": sampleBytes(t), "long": bigSheet(t, 500)} {
		whole, one := gridIn(t, data, 1)
		for n := 2; n <= 9; n++ {
			apart, b := gridIn(t, data, n)
			require.NotNil(t, apart, "%s in %d", name, n)
			assert.Equal(t, whole, apart, "%s in %d", name, n)
			assert.Equal(t, []any{one.rows, one.textSum}, []any{b.rows, b.textSum})
		}
	}
}

// Where a row only seems to begin, or rows do not ascend, the sheet is read whole.
func TestASheetNotToBeCut(t *testing.T) {
	t.Parallel()
	const row = `<row r="%d"><c r="A%[1]d" t="inlineStr"><is><t>chữ %[1]d</t></is></c></row>`
	sheet := func(extra string, lines ...int) []byte {
		var b strings.Builder
		b.WriteString(`<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
		for _, n := range lines {
			fmt.Fprintf(&b, row, n)
		}
		return repack(t, sampleBytes(t), map[string][]byte{"xl/worksheets/sheet1.xml": []byte(b.String() + extra + `</sheetData></worksheet>`)})
	}
	plain, _ := gridIn(t, sheet("", 1, 2, 4, 5), 2)
	require.NotNil(t, plain)
	assert.Len(t, plain.rows, 4)
	for name, data := range map[string][]byte{
		"comment":    sheet(`<!-- <row r="6"> -->`, 1, 2, 4, 5),
		"descending": sheet("", 4, 5, 1, 2),
		"twice":      sheet("", 1, 2, 2, 3),
	} {
		apart, _ := gridIn(t, data, 2)
		assert.Nil(t, apart, name)
	}
	_, err := ReadBytes(context.Background(), sheet("", 4, 5, 1, 2), options())
	var e *Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, CodeNotWorkbook, e.Code)
}
