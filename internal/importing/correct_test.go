package importing

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const sampleSheet = "DS trích ngang"

// The clerk's work on the sample: every error corrected, the doubtful row out.
func TestCorrectedSampleHasNoErrorLeft(t *testing.T) {
	t.Parallel()
	o := options()
	was := "45123"
	o.Choices = []Choice{
		{Sheet: sampleSheet, Candidates: []string{"BKT-PT", "BKT-I"}, Code: "BKT-I"},
		{Code: "BKT-PT"},
		{Sheet: "another", Code: "GK-TT"},
		{Code: "GK-H"},
	}
	o.Corrections = []Correction{
		{Sheet: sampleSheet, Line: 16, Field: FieldName, Value: " Lê Hoàng Phúc "},
		{Sheet: sampleSheet, Line: 20, Field: FieldBirth, Value: "1986"},
		{Sheet: sampleSheet, Line: 20, Field: FieldSex, Value: "Nữ"},
		{Sheet: sampleSheet, Line: 21, Remove: true},
		{Sheet: sampleSheet, Line: 22, Field: FieldBirth, Value: "16/07/1993"},
		{Sheet: sampleSheet, Line: 22, Field: FieldBirthMale, Value: "1993", Was: &was},
		{Sheet: sampleSheet, Line: 25, Field: FieldAward, Value: "BKT-PT"},
	}
	o.Corrections = append(o.Corrections[:4:4], o.Corrections[5:]...)
	p := NewPreview(read(t, sampleBytes(t), o), testCatalogue())
	assert.Zero(t, p.Counts.Errors)
	assert.Equal(t, 13, p.Counts.Rows)
	assert.Equal(t, map[string]int{"BKT-I": 3, "BKT-PT": 3, "GK-H": 1, "LDTT": 2, "CSTDCS": 2, "CSTDT": 1, "TTLDXS": 2}, p.Counts.ByAward)
	byLine := map[int]PreviewRow{}
	for _, r := range p.Rows {
		byLine[r.Line] = r
	}
	assert.Equal(t, "Lê Hoàng Phúc", byLine[16].Name)
	assert.Contains(t, codes(byLine[16].Marks), "note cell.corrected B16")
	assert.Equal(t, "LÊ HOÀNG PHÚC", byLine[16].Cell(FieldName).Raw, "the file's own text stays beside it")
	assert.Equal(t, []any{1986, Female}, []any{byLine[20].BirthYear, byLine[20].Sex})
	assert.Equal(t, []any{1993, Male}, []any{byLine[22].BirthYear, byLine[22].Sex})
	assert.Equal(t, "BKT-PT", byLine[25].Awards[0].Code)
}

// A correction of "birth" replaces the year wherever it stood and keeps the
// sex its column told.
func TestBirthCorrectionKeepsTheSexOfTheColumn(t *testing.T) {
	t.Parallel()
	o := options()
	o.Corrections = []Correction{{Sheet: sampleSheet, Line: 22, Field: FieldBirth, Value: "16/07/1993"}}
	for _, r := range read(t, sampleBytes(t), o).Rows() {
		if r.Line == 22 {
			assert.Equal(t, []any{1993, Male, day(1993, 7, 16)}, []any{r.BirthYear, r.Sex, r.BirthDate})
		}
	}
}

func TestMappingOverride(t *testing.T) {
	t.Parallel()
	data := sheetFile(t, 2, [][]any{
		{"Cột một", "Cột hai", "Cột ba"},
		{"Danh Thị Mai", "LĐTT", "bỏ"},
	})
	o := options()
	o.Mapping = map[string]SheetMapping{"Sheet1": {HeaderFirst: 2, Columns: map[int]Field{1: FieldName, 2: FieldAward}}}
	rows := read(t, data, o).Rows()
	require.Len(t, rows, 1)
	assert.Equal(t, []string{"Danh Thị Mai", "LDTT"}, []string{rows[0].Name, awardText(rows[0].Awards)})

	o = options()
	o.Mapping = map[string]SheetMapping{sampleSheet: {Columns: map[int]Field{9: FieldAchievement, 7: FieldIgnore}}}
	s := read(t, sampleBytes(t), o).Sheets[0]
	assert.Equal(t, "đợt 20 năm", s.Rows[2].Achievement)
	assert.Equal(t, 1.0, s.Columns[8].Confidence)
}

func TestRowsReadAsTheClerkSays(t *testing.T) {
	t.Parallel()
	o := options()
	o.Corrections = []Correction{
		{Sheet: sampleSheet, Line: 28, Field: FieldRow, Value: "data"},
		{Sheet: sampleSheet, Line: 25, Field: FieldRow, Value: "skip"},
		{Sheet: sampleSheet, Line: 24, Field: FieldKind, Value: "tập thể"},
	}
	rows := read(t, sampleBytes(t), o).Rows()
	require.Len(t, rows, 14)
	assert.Equal(t, []any{28, Collective}, []any{rows[13].Line, rows[12].Kind})
}

func TestOptionsThatDoNotFit(t *testing.T) {
	t.Parallel()
	other := "somebody else"
	for name, c := range map[string]struct {
		o    Options
		code string
	}{
		"unknown field":   {Options{Mapping: map[string]SheetMapping{sampleSheet: {Columns: map[int]Field{1: "names"}}}}, CodeMapping},
		"header backward": {Options{Mapping: map[string]SheetMapping{sampleSheet: {HeaderFirst: 8, HeaderLast: 7}}}, CodeMapping},
		"no such sheet":   {Options{Corrections: []Correction{{Sheet: "x", Line: 10, Field: FieldName, Value: "a"}}}, CodeCorrection},
		"no field":        {Options{Corrections: []Correction{{Sheet: sampleSheet, Line: 10, Value: "a"}}}, CodeCorrection},
		"in the header":   {Options{Corrections: []Correction{{Sheet: sampleSheet, Line: 7, Field: FieldName, Value: "a"}}}, CodeCorrection},
		"another file":    {Options{Corrections: []Correction{{Sheet: sampleSheet, Line: 10, Field: FieldName, Value: "a", Was: &other}}}, CodeCorrection},
	} {
		_, err := ReadBytes(context.Background(), sampleBytes(t), c.o)
		var e *Error
		require.ErrorAs(t, err, &e, name)
		assert.Equal(t, c.code, e.Code, name)
		assert.NotContains(t, e.Vi+e.En, "%!", name)
	}
}
