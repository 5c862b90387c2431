package duplicate_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"vinhdanh/internal/duplicate"
	"vinhdanh/internal/duplicate/duplicatetest"
)

var m = duplicate.Default()

// born is somebody of 1980 in one unit.
func born(name string) duplicate.Entry {
	return duplicate.Entry{Kind: duplicate.Individual, Name: name, BirthYear: 1980, Unit: "u"}
}

func collective(name, unit string) duplicate.Entry {
	return duplicate.Entry{Kind: duplicate.Collective, Name: name, Unit: unit}
}

func weigh(a, b duplicate.Entry) duplicate.Match {
	return m.CompareSubjects(duplicate.Prepare(a), duplicate.Prepare(b), nil)
}

// meets tells whether one entry's probes find the other.
func meets(a, b duplicate.Entry) bool {
	keys := duplicate.Prepare(b).Keys()
	return slices.ContainsFunc(duplicate.Prepare(a).Probes(), func(k int64) bool { return slices.Contains(keys, k) })
}

func code(x duplicate.Match, what string) string {
	for _, p := range x.Parts {
		if p.What == what {
			return p.Code
		}
	}
	return ""
}

func TestNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ a, b, want string }{
		{"Nguyễn Thị Hòa", "Nguyễn Thị Hoà", "same"},
		{"Phạm Thủy", "phạm  thuỷ", "same"},
		{"Trần Văn Đẫm", norm.NFD.String("Trần Văn Đẫm"), "same"},
		{"Ông Trần Văn Đẫm", "Đồng chí Trần Văn Đẫm", "same"},
		{"Đ/c Trần Văn Đẫm", "BS.CKII. Trần Văn Đẫm", "same"},
		{"PGS.TS Trần Văn Đẫm", "Thượng tọa Trần Văn Đẫm", "same"},
		{"Hộ ông Võ Văn Út", "Võ Văn Út", "same"},
		{"Hộ gia đình bà Hồ Thị Bé", "Hồ Thị Bé", "same"},
		{"Hồ Bá Út", "Hộ bà Út", ""},
		{"Ông Thị Hoa", "Thị Hoa", ""}, // Ông is a family name here
		{"Danh Lắm", "Ông Danh Lắm", "same"},
		{"Trần Văn Đẫm (Năm Đẫm)", "Trần Văn Đẫm, Trưởng ấp", "same"},
		{"H'Hen Niê", "H’Hen Niê", "same"},
		{"H'Hen Niê", "H Hen Niê", "same"},
		{"Y Thanh", "Y  thanh", "same"},
		{"Y Thanh", "Nguyễn Y Thanh", ""},
		{"Tran Van Dam", "Trần Văn Đẫm", "bare"},
		{"Nguyển Văn An", "Nguyễn Văn An", "spelling"},
		{"Lý Thị Mỹ", "Lí Thị Mĩ", "spelling"},
		{"An Nguyễn Văn", "Nguyễn Văn An", "order"},
		{"N.V. An", "Nguyễn Văn An", "initials"},
		{"Ng. V. An", "Nguyễn Văn An", "initials"},
		{"NV An", "Nguyễn Văn An", "initials"},
		{"N.V. An", "Trần Văn An", ""},
		{"Nguyễn Thị An", "Nguyễn Thị Thúy An", "middle"},
		{"Nguễn Văn An", "Nguyễn Văn An", "letter_other"},
		{"Trân Văn An", "Trần Văn An", "accents_other"},
		{"Nguyễn Văn Hùng", "Nguyễn Văn Hưng", "accents_given"},
		{"Nguyễn Thị Trinh", "Nguyễn Thị Chinh", "sound"},
		{"Nguyễn Văn An", "Nguyễn Văn Ba", ""},
		{"Nguyễn Văn An", "", ""},
	} {
		ab, ba := weigh(born(c.a), born(c.b)), weigh(born(c.b), born(c.a))
		assert.Equal(t, c.want, code(ab, "name"), "%q %q", c.a, c.b)
		assert.Equal(t, ab.Subject, ba.Subject, "%q %q is the same both ways", c.a, c.b)
		if c.want != "" {
			assert.True(t, meets(born(c.a), born(c.b)) && meets(born(c.b), born(c.a)), "%q and %q are brought together", c.a, c.b)
		}
	}
}

func TestPeople(t *testing.T) {
	t.Parallel()
	base := born("Nguyễn Văn An")
	with := func(change func(*duplicate.Entry)) duplicate.Entry {
		e := base
		change(&e)
		return e
	}
	for name, c := range map[string]struct {
		other duplicate.Entry
		want  duplicate.Level
	}{
		"the same":                     {base, duplicate.Strong},
		"a household of the same name": {with(func(e *duplicate.Entry) { e.Kind = duplicate.Household; e.Name = "Hộ ông Nguyễn Văn An" }), duplicate.Strong},
		"the father":                   {with(func(e *duplicate.Entry) { e.BirthYear = 1952 }), duplicate.None},
		"a year apart":                 {with(func(e *duplicate.Entry) { e.BirthYear = 1981 }), duplicate.Possible},
		"digits exchanged":             {with(func(e *duplicate.Entry) { e.BirthYear = 1908 }), duplicate.Possible},
		"elsewhere":                    {with(func(e *duplicate.Entry) { e.Unit = "other" }), duplicate.Possible},
		"elsewhere, same workplace":    {with(func(e *duplicate.Entry) { e.Unit = "other" }), duplicate.Possible},
		"a successor":                  {with(func(e *duplicate.Entry) { e.Unit, e.Roots = "old", []string{"u"} }), duplicate.Strong},
		"elsewhere, no year":           {with(func(e *duplicate.Entry) { e.Unit, e.BirthYear = "other", 0 }), duplicate.None},
		"a woman":                      {with(func(e *duplicate.Entry) { e.Sex = "female" }), duplicate.Strong},
		"a twin":                       {with(func(e *duplicate.Entry) { e.Name = "Nguyễn Văn Ân" }), duplicate.Possible},
		"an organisation":              {collective("Nguyễn Văn An", "u"), duplicate.None},
	} {
		assert.Equal(t, c.want, weigh(base, c.other).Level, name)
	}
	man, woman := base, base
	man.Sex, woman.Sex = "male", "female"
	assert.Equal(t, duplicate.None, weigh(man, woman).Level)
	a, b := base, born("Lê Thị Hoàn Toàn Khác")
	a.Token, b.Token = "x", "x"
	assert.Equal(t, 1000, weigh(a, b).Subject, "the personal number decides")
	assert.True(t, meets(a, b))
	b = base
	b.Token = "y"
	assert.Zero(t, weigh(a, b).Subject, "and tells namesakes apart")
}

func TestRareNamesWeighMore(t *testing.T) {
	t.Parallel()
	a, b := born("Danh Thị Diệu Hiền"), born("Danh Thị Diệu Hiền")
	b.Unit = "other"
	level := func(bearers int) duplicate.Level {
		return m.CompareSubjects(duplicate.Prepare(a), duplicate.Prepare(b), func(*duplicate.Prepared) int { return bearers }).Level
	}
	assert.Equal(t, []duplicate.Level{duplicate.Strong, duplicate.Possible, duplicate.Possible}, []duplicate.Level{level(1), level(10), level(500)})
}

func TestCollectives(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		unit string
		want duplicate.Level
	}{
		{"Trường THCS Hiệp Hưng", "Trường Trung học cơ sở Hiệp Hưng", "u", duplicate.Strong},
		{"UBND xã Hòa An", "Ủy ban nhân dân xã Hoà An", "other", duplicate.Possible},
		{"Nhân dân và cán bộ xã Hòa An", "Cán bộ và nhân dân xã Hòa An", "u", duplicate.Strong},
		{"Tập thể Trường THCS Hiệp Hưng", "THCS Hiệp Hưng", "u", duplicate.Strong},
		{"Trường THCS số 1", "Trường THCS số 2", "u", duplicate.None},
		{"Phòng Nội vụ", "Phòng Nội vụ huyện Phụng Hiệp", "u", duplicate.Possible},
		{"Phòng Nội vụ", "Phòng Tài chính", "u", duplicate.None},
	} {
		assert.Equal(t, c.want, weigh(collective(c.a, "u"), collective(c.b, c.unit)).Level, "%q %q", c.a, c.b)
	}
	old, now := collective("Phòng Lao động – Thương binh và Xã hội", "a"), collective("Phòng Nội vụ", "b")
	old.Is, now.Is = []string{"root"}, []string{"root"}
	assert.Equal(t, duplicate.Strong, weigh(old, now).Level, "predecessor and successor are one, whatever they are called")
	assert.True(t, meets(old, now))
}

func TestAchievements(t *testing.T) {
	t.Parallel()
	base := born("Nguyễn Văn An")
	base.Award, base.Class, base.PeriodKind, base.Period = "BKT-PT", duplicate.ClassForm, "calendar", "2023"
	base.Achievement = "Vận động nhân dân hiến 1.200 m² đất làm đường nông thôn, bắc cầu bê tông"
	with := func(change func(*duplicate.Entry)) duplicate.Entry {
		e := base
		change(&e)
		return e
	}
	other := "Nuôi dạy học sinh giỏi cấp tỉnh, ba sáng kiến được công nhận"
	title := func(award string) func(*duplicate.Entry) {
		return func(e *duplicate.Entry) { e.Award, e.Class = award, duplicate.ClassTitle }
	}
	for name, c := range map[string]struct {
		a, b duplicate.Entry
		want duplicate.Level
	}{
		"the same":                       {base, base, duplicate.Strong},
		"the same award, other text":     {base, with(func(e *duplicate.Entry) { e.Achievement = other }), duplicate.Strong},
		"another form, the same merit":   {base, with(func(e *duplicate.Entry) { e.Award = "GK-X" }), duplicate.Strong},
		"another form, another merit":    {base, with(func(e *duplicate.Entry) { e.Award, e.Achievement = "GK-X", other }), duplicate.Possible},
		"another year":                   {base, with(func(e *duplicate.Entry) { e.Period = "2022" }), duplicate.None},
		"a range with the year":          {base, with(func(e *duplicate.Entry) { e.PeriodKind, e.Period = "range", "2021 – 2023" }), duplicate.Strong},
		"no period":                      {base, with(func(e *duplicate.Entry) { e.Period = "" }), duplicate.Strong},
		"a title of the year":            {base, with(title("CSTDCS")), duplicate.None},
		"two titles of one year":         {with(title("LDTT")), with(title("CSTDCS")), duplicate.None},
		"school years in a row":          {with(func(e *duplicate.Entry) { e.PeriodKind, e.Period = "school", "2021-2022" }), with(func(e *duplicate.Entry) { e.PeriodKind, e.Period = "school", "2022-2023" }), duplicate.None},
		"a school year and its calendar": {with(func(e *duplicate.Entry) { e.PeriodKind, e.Period = "school", "2022-2023" }), base, duplicate.Strong},
	} {
		ab := m.Compare(duplicate.Prepare(c.a), duplicate.Prepare(c.b), nil)
		ba := m.Compare(duplicate.Prepare(c.b), duplicate.Prepare(c.a), nil)
		assert.Equal(t, c.want, ab.Level, "%s: %+v", name, ab)
		assert.Equal(t, ab.Score, ba.Score, name)
		assert.Equal(t, min(ab.Subject, ab.Achievement), ab.Score)
	}
	a := with(func(e *duplicate.Entry) {
		e.Award, e.Achievement = "GK-X", other+", theo Quyết định số 15/QĐ-UBND"
	})
	b := with(func(e *duplicate.Entry) { e.Decision = "15/QĐ-UBND" })
	assert.Equal(t, "number", code(m.Compare(duplicate.Prepare(a), duplicate.Prepare(b), nil), "quoted"))
}

func TestModel(t *testing.T) {
	t.Parallel()
	require.NotNil(t, duplicate.Default())
	for name, raw := range map[string]string{
		"unknown key": "version: 1\nsurprise: 2\n", "missing points": "version: 1\nnumber: {equal: 1000}\n",
	} {
		_, err := duplicate.LoadModel([]byte(raw))
		assert.Error(t, err, name)
	}
}

// TestPartsAddUp: the halves are the sums of their parts, cut to 0..1000.
func TestPartsAddUp(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 2000 {
		a := duplicatetest.Person(r, i)
		b, _ := duplicatetest.Kinds[r.IntN(len(duplicatetest.Kinds))].Make(r, a)
		x := m.Compare(duplicate.Prepare(a), duplicate.Prepare(b), nil)
		sums := map[bool]int{}
		for _, p := range x.Parts {
			sums[slices.Contains([]string{"period", "award", "text", "quoted", "campaign"}, p.What)] += p.Points
		}
		require.Equal(t, []int{min(max(sums[false], 0), 1000), min(max(sums[true], 0), 1000)}, []int{x.Subject, x.Achievement}, "%q %q", a.Name, b.Name)
	}
}

func FuzzCompare(f *testing.F) {
	f.Add("N.V. An", "Hộ ông ", "2022-2023", "QĐ 1/QĐ-UBND")
	f.Add("..", "\xff\u0301", "9999", "'")
	f.Fuzz(func(t *testing.T, a, b, period, text string) {
		for _, kind := range []string{duplicate.Individual, duplicate.Household, duplicate.Collective} {
			x := duplicate.Prepare(duplicate.Entry{Kind: kind, Name: a, Period: period, Achievement: text})
			y := duplicate.Prepare(duplicate.Entry{Kind: kind, Name: b, Period: strings.ToUpper(period), Achievement: text})
			_, _ = x.Keys(), y.Probes()
			if p, q := m.Compare(x, y, nil), m.Compare(y, x, nil); p.Score != q.Score || p.Subject != q.Subject {
				t.Fatalf("%q %q: %d and %d", a, b, p.Score, q.Score)
			}
		}
	})
}

// TestWhatPeopleJoined: references that the ledger joined are one subject whatever they
// are called; a subject beside the one it succeeds nearly so; two heirs of one are not.
func TestWhatPeopleJoined(t *testing.T) {
	t.Parallel()
	known := func(name, ref, identity string, follows ...string) duplicate.Entry {
		e := born(name)
		e.Subject, e.Identity, e.Follows, e.Unit = ref, identity, follows, ref
		return e
	}
	a, b := known("Nguyễn Văn Ví Dụ", "1", "1"), known("Lý Thị Lanh", "2", "1")
	assert.Equal(t, "joined", code(weigh(a, b), "ledger"))
	assert.True(t, meets(a, b))
	a.Token, b.Token = "x", "y"
	assert.Equal(t, duplicate.Strong, weigh(a, b).Level, "a person's word outweighs two numbers")
	assert.Empty(t, code(weigh(a, a), "ledger"), "one reference is compared as it stands")
	heir, other, old := known("A Mới", "3", "3", "5"), known("B Mới", "4", "4", "5"), known("Cũ Xưa", "5", "5")
	assert.Equal(t, "followed", code(weigh(heir, old), "ledger"))
	assert.Equal(t, "followed", code(weigh(old, heir), "ledger"))
	assert.True(t, meets(heir, old) && meets(old, heir))
	assert.Empty(t, code(weigh(heir, other), "ledger"))
}
