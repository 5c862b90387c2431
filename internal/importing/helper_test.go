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
		{"LDTT", []string{"Lao động tiên tiến"}, []string{"LĐTT"}, onlyI},
		{"CSTDCS", []string{"Chiến sĩ thi đua cơ sở"}, []string{"CSTĐCS"}, onlyI},
		{"CSTDT", []string{"Chiến sĩ thi đua cấp tỉnh"}, []string{"CSTĐT"}, onlyI},
		{"TTLDTT", []string{"Tập thể lao động tiên tiến"}, []string{"TTLĐTT"}, onlyC},
		{"TTLDXS", []string{"Tập thể lao động xuất sắc"}, []string{"TTLĐXS"}, onlyC},
		{"BKT-I", bkt, nil, onlyI}, {"BKT-C", bkt, nil, onlyC}, {"BKT-H", bkt, nil, onlyH}, {"BKT-PT", bkt, nil, anyK},
		{"GK-TT", []string{"Giấy khen", "Giấy khen của thủ trưởng đơn vị"}, nil, anyK},
		{"GK-H", []string{"Giấy khen", "Giấy khen của Chủ tịch UBND huyện"}, nil, anyK},
		{"GK-X", []string{"Giấy khen", "Giấy khen của Chủ tịch UBND xã"}, nil, anyK},
		{"HCLD3", []string{"Huân chương Lao động hạng Ba"}, nil, []Kind{Individual, Collective}},
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
