package api_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"vinhdanh/internal/api"
	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
	"vinhdanh/internal/duplicate"
	"vinhdanh/internal/duplicate/duplicatetest"
	"vinhdanh/internal/importing"
	"vinhdanh/internal/postgres/manytest"
)

// peopleSheet is a list of n invented people, as varied as a real one; one in fifty is
// of the register that is proposed already.
func peopleSheet(tb testing.TB, n int, register []duplicate.Entry) []byte {
	tb.Helper()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	require.NoError(tb, err)
	head := []any{"STT", "Họ và tên", "Năm sinh", "Chức vụ, đơn vị công tác", "Danh hiệu đề nghị", "Tóm tắt thành tích", "Danh hiệu đã đạt", "Ghi chú"}
	require.NoError(tb, w.SetRow("A5", head))
	awards := []string{"LĐTT", "CSTĐCS", "LĐTT; CSTĐCS", "Bằng khen phong trào"}
	r := rand.New(rand.NewPCG(3, 3))
	for i := range n {
		e := duplicatetest.Person(r, 1_000_000+i)
		if i%50 == 0 {
			e = register[i*7919%len(register)]
		}
		require.NoError(tb, w.SetRow(fmt.Sprintf("A%d", 6+i), []any{
			i + 1, e.Name, e.BirthYear, fmt.Sprintf("Giáo viên, Trường THCS số %d", i%300), awards[i%4],
			fmt.Sprintf("Hoàn thành xuất sắc nhiệm vụ; 01 sáng kiến cấp cơ sở số %d", i), fmt.Sprintf("CSTĐCS 2021-2022, QĐ %d/QĐ-UBND ngày 05/8/2022", i+1), "",
		}))
	}
	require.NoError(tb, w.Flush())
	var buf bytes.Buffer
	require.NoError(tb, f.Write(&buf))
	return buf.Bytes()
}

// BenchmarkPreview prints how the preview of 10,000 rows, with all rules and with
// duplicates looked up among 20,000 people who are proposed already, compares with
// reading all cells of the same sheet by the library alone, in one run (design.md
// section 9).
func BenchmarkPreview(b *testing.B) {
	ctx := context.Background()
	w := apitest.New(b, api.Options{})
	register := duplicatetest.Register(rand.New(rand.NewPCG(7, 7)), 20_000)
	manytest.FillPeople(b, w.Owner, register)
	for {
		done, err := w.App.Store.IndexDuplicates(ctx, 2000)
		require.NoError(b, err)
		if done == 0 {
			break
		}
	}
	data, s := peopleSheet(b, 10_000, register), w.Session(b, "pgd-clerk")
	var alone, parsed, preview time.Duration
	n := 0
	for b.Loop() {
		start := time.Now()
		f, err := excelize.OpenReader(bytes.NewReader(data))
		require.NoError(b, err)
		rows, err := f.GetRows("Sheet1")
		require.NoError(b, err)
		require.Len(b, rows, 10_005)
		alone += time.Since(start)

		start = time.Now()
		_, err = importing.ReadBytes(ctx, data, importing.Options{})
		require.NoError(b, err)
		parsed += time.Since(start)

		n++ // another title each time, so that nothing is remembered
		start = time.Now()
		pre, err := w.App.PreviewImport(ctx, s, data, app.ImportInput{PeriodKind: "school", Period: "2022-2023", Title: fmt.Sprint(n)})
		require.NoError(b, err)
		preview += time.Since(start)
		require.Len(b, pre.Verdicts, 12_500)
		found := 0
		for _, v := range pre.Verdicts {
			if v.Strength != "" {
				found++
			}
		}
		require.NotZero(b, found)
	}
	b.ReportMetric(float64(preview)/float64(alone), "preview/reading")
	b.ReportMetric(float64(parsed)/float64(alone), "own-reading/reading")
}
