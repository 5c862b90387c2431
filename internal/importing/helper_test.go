package importing

import (
	"bytes"
	"context"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

var (
	onlyI = []Kind{Individual}
	onlyC = []Kind{Collective}
	onlyH = []Kind{Household}
	anyK  = []Kind{Individual, Collective, Household}
	bkt   = []string{"Bằng khen của Chủ tịch UBND tỉnh", "Bằng khen của UBND tỉnh", "Bằng khen cấp tỉnh"}
	today = time.Date(2023, 11, 20, 0, 0, 0, 0, time.UTC)
)

// testCatalogue is shaped like the law's: names shared by several awards.
func testCatalogue() *AwardList {
	return NewCatalogue([]Award{
		{Code: "LDTT", Names: []string{"Lao động tiên tiến"}, Abbreviations: []string{"LĐTT"}, Kinds: onlyI},
		{Code: "CSTDCS", Names: []string{"Chiến sĩ thi đua cơ sở"}, Abbreviations: []string{"CSTĐCS"}, Kinds: onlyI},
		{Code: "CSTDT", Names: []string{"Chiến sĩ thi đua cấp tỉnh"}, Abbreviations: []string{"CSTĐT"}, Kinds: onlyI},
		{Code: "TTLDTT", Names: []string{"Tập thể lao động tiên tiến"}, Abbreviations: []string{"TTLĐTT"}, Kinds: onlyC},
		{Code: "TTLDXS", Names: []string{"Tập thể lao động xuất sắc"}, Abbreviations: []string{"TTLĐXS"}, Kinds: onlyC},
		{Code: "BKT-I", Names: bkt, Kinds: onlyI}, {Code: "BKT-C", Names: bkt, Kinds: onlyC}, {Code: "BKT-H", Names: bkt, Kinds: onlyH}, {Code: "BKT-PT", Names: bkt, Kinds: anyK},
		{Code: "GK-TT", Names: []string{"Giấy khen", "Giấy khen của thủ trưởng đơn vị"}, Kinds: anyK},
		{Code: "GK-H", Names: []string{"Giấy khen", "Giấy khen của Chủ tịch UBND huyện"}, Kinds: anyK},
		{Code: "GK-X", Names: []string{"Giấy khen", "Giấy khen của Chủ tịch UBND xã"}, Kinds: anyK},
		{Code: "HCLD3", Names: []string{"Huân chương Lao động hạng Ba"}, Kinds: []Kind{Individual, Collective}},
	})
}

func options() Options { return Options{Catalogue: testCatalogue(), Today: today} }

func sampleBytes(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/danh-sach-trich-ngang.xlsx")
	require.NoError(t, err)
	return data
}

func read(t testing.TB, data []byte, o Options) *Workbook {
	t.Helper()
	wb, err := ReadBytes(context.Background(), data, o)
	require.NoError(t, err)
	return wb
}

// sheetFile makes a workbook of one sheet from rows of values that start at
// the given line.
func sheetFile(t testing.TB, start int, rows [][]any, more ...func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, r := range rows {
		require.NoError(t, f.SetSheetRow("Sheet1", ref(start+i, 1), &r))
	}
	for _, m := range more {
		m(f)
	}
	var buf bytes.Buffer
	require.NoError(t, f.Write(&buf))
	return buf.Bytes()
}

// codes lists severity and code of marks, which is what tests compare.
func codes(marks []Mark) []string {
	out := []string{}
	for _, m := range marks {
		s := string(m.Severity) + " " + m.Code
		if m.Ref != "" {
			s += " " + m.Ref
		}
		out = append(out, s)
	}
	return out
}

func day(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
