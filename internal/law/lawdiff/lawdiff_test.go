package lawdiff

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
)

// edited is the built-in data with texts replaced in one file.
func edited(t *testing.T, file, old, new string) *law.Law {
	t.Helper()
	files := law.Default().Files()
	require.Equal(t, 1, strings.Count(files[file], old), "%s stands %d times in %s", old, strings.Count(files[file], old), file)
	files[file] = strings.Replace(files[file], old, new, 1)
	l, err := law.FromFiles(files)
	require.NoError(t, err)
	return l
}

func TestTheSameDataDiffersInNothing(t *testing.T) {
	t.Parallel()
	assert.Empty(t, Between(law.Default(), law.Default()))
	files := law.Default().Files()
	files["money.yaml"] = "# a comment changes the hash and nothing that holds\n" + files["money.yaml"]
	l, err := law.FromFiles(files)
	require.NoError(t, err)
	require.NotEqual(t, law.Default().Hash(), l.Hash())
	assert.Empty(t, Between(law.Default(), l))
}

// One edit, one sentence that somebody without YAML understands.
func TestOneEditIsOneSentence(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, old, new, vi, en string }{
		"money": {
			"money.yaml", "{award: CSTDCS, kinds: [individual], regimes: [R2], hundredths: 100,", "{award: CSTDCS, kinds: [individual], regimes: [R2], hundredths: 120,",
			"Mức tiền thưởng “Chiến sĩ thi đua cơ sở, cá nhân” (R2): mức tiền từ 1,0 lần mức lương cơ sở thành 1,2 lần mức lương cơ sở.",
			"from 1.0 times the base salary to 1.2 times the base salary.",
		},
		"base salary": {
			"money.yaml", "from: 2023-07-01, dong: 1800000", "from: 2023-07-01, dong: 1900000",
			"Mức lương cơ sở từ “01/07/2023”: số tiền từ 1.800.000 đồng thành 1.900.000 đồng.", "1,800,000 đồng to 1,900,000 đồng.",
		},
		"factor": {
			"money.yaml", "{award: BKT-C, kinds: [collective], regimes: [R3], hundredths: 150, times: {num: 2, den: 1}", "{award: BKT-C, kinds: [collective], regimes: [R3], hundredths: 150, times: {num: 3, den: 1}",
			"hệ số nhân từ 2/1 thành 3/1.", "the factor from 2/1 to 3/1.",
		},
		"majority": {
			"councils.yaml", `threshold: {num: 90, den: 100, article: "Nghị định 91/2017/NĐ-CP Điều 45 k8"`, `threshold: {num: 80, den: 100, article: "Nghị định 91/2017/NĐ-CP Điều 45 k8"`,
			"Cách thức Hội đồng biểu quyết “Bỏ phiếu kín Chiến sĩ thi đua cấp tỉnh” (R1): tỷ lệ tán thành từ 90/100 thành 80/100.", "the majority from 90/100 to 80/100.",
		},
		"mark": {
			"money.yaml", `{from: 2026-07-01, dong: 2530000, article: "Nghị định 161/2026/NĐ-CP", mark: secondary`, `{from: 2026-07-01, dong: 2530000, article: "Nghị định 161/2026/NĐ-CP", mark: confirmed`,
			"mức độ xác nhận từ nguồn thứ cấp, cần kiểm tra lại thành đã xác nhận.", "the mark from secondary source, to be checked to confirmed.",
		},
	} {
		cs := Between(law.Default(), edited(t, c.file, c.old, c.new))
		require.Len(t, cs, 1, name)
		assert.Equal(t, Changed, cs[0].What)
		assert.Contains(t, cs[0].Sentence.VI, c.vi, name)
		assert.Contains(t, cs[0].Sentence.EN, c.en, name)
		assert.Contains(t, cs[0].Where, c.file+":", name)
		back := Between(edited(t, c.file, c.old, c.new), law.Default())
		require.Len(t, back, 1)
		assert.Equal(t, cs[0].Old, back[0].New, "the way back says the opposite")
	}
}

func TestEntriesComeAndGo(t *testing.T) {
	t.Parallel()
	const line = `  - {from: 2026-07-01, dong: 2530000, article: "Nghị định 161/2026/NĐ-CP", mark: secondary, source: S61}` + "\n"
	fewer := edited(t, "money.yaml", line, "")
	cs := Between(law.Default(), fewer)
	require.Len(t, cs, 1)
	assert.Equal(t, "Bỏ: Mức lương cơ sở từ “01/07/2026”.", cs[0].Sentence.VI)
	cs = Between(fewer, law.Default())
	require.Len(t, cs, 1)
	assert.Equal(t, Added, cs[0].What)
	assert.Equal(t, map[string]int{Added: 1, Removed: 0, Changed: 0}, Count(cs))
}

// A criterion's own change names the criterion and both conditions.
func TestAConditionIsToldInFull(t *testing.T) {
	t.Parallel()
	files := law.Default().Files()
	const at = `expr: "rating >= GOOD"`
	require.NotZero(t, strings.Count(files["criteria-titles.yaml"], at))
	files["criteria-titles.yaml"] = strings.Replace(files["criteria-titles.yaml"], at, `expr: "rating >= EXCELLENT"`, 1)
	l, err := law.FromFiles(files)
	require.NoError(t, err)
	cs := Between(law.Default(), l)
	require.Len(t, cs, 1)
	assert.Equal(t, "LDTT_RATING", cs[0].Code)
	assert.Contains(t, cs[0].Sentence.VI, "điều kiện từ “rating >= GOOD” thành “rating >= EXCELLENT”")
}

// Every section and every value of the data has a name in both languages.
func TestEveryFieldHasWords(t *testing.T) {
	t.Parallel()
	for _, e := range entries(law.Default()) {
		n := e.named()
		assert.NotEmpty(t, n.VI, e.section)
		require.NotContains(t, []int{-1}, order(e.section), e.section)
		for _, p := range e.paths {
			for part := range strings.SplitSeq(strings.TrimSuffix(p, ".share"), ".") {
				name, _, _ := strings.Cut(part, "[")
				assert.NotEmpty(t, fieldNames[name].VI, "%s of %s", p, e.section)
			}
		}
	}
}
