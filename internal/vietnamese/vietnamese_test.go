package vietnamese

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/text/unicode/norm"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Nguyễn Thị Bích Thủy":              "nguyen thi bich thuy",
		"Nguyễn Thị Bích Thuỷ":              "nguyen thi bich thuy",
		norm.NFD.String("Trần Văn Đẫm"):     "tran van dam",
		"  ĐỖ \u00a0 MINH\u200b\tQUÂN \n":   "do minh quan",
		"H'Hen Niê Kđăm":                    "h'hen nie kdam",
		"Ư ứ Ừ ử ữ ự Ơ ớ ỡ Ă ắ Â ậ Ê ệ Ỵ ỹ": "u u u u u u o o o a a a a e e y y",
		"Ł Ñ é":    "ł n e",
		"1.200 m²": "1.200 m²",
		"":         "",
	} {
		assert.Equal(t, want, Fold(in), "%q", in)
		assert.Equal(t, want, Fold(Fold(in)), "folding twice %q", in)
	}
}

func TestKeyForgivesTonePlacementOnly(t *testing.T) {
	t.Parallel()
	same := [][2]string{
		{"Thủy", "Thuỷ"}, {"Hòa", "Hoà"}, {"Khỏe", "Khoẻ"}, {"THÚY", "thuý"},
		{"Phạm  Thị Hoà ", "Phạm Thị\u00a0Hòa"}, {norm.NFD.String("Ngữ"), "Ngữ"},
		{"Hòa-Thủy", "Hoà-Thuỷ"},
	}
	for _, p := range same {
		assert.Equal(t, Key(p[0]), Key(p[1]), "%q %q", p[0], p[1])
	}
	for _, p := range [][2]string{{"Hoa", "Hòa"}, {"Hòa", "Hóa"}, {"Đan", "Dan"}, {"Lan", "Lân"}, {"Hòa An", "Hoa Àn"}} {
		assert.NotEqual(t, Key(p[0]), Key(p[1]), "%q %q", p[0], p[1])
	}
}

func TestNFCOnlyComposes(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"Thuỷ", "Thủy", "H'Hen", " a  b "} {
		assert.Equal(t, s, NFC(norm.NFD.String(s)))
	}
	assert.False(t, IsNFC(norm.NFD.String("Út")))
	assert.True(t, IsNFC("Út"))
}

func TestCompareOrdersByGivenName(t *testing.T) {
	t.Parallel()
	want := []string{
		"Lê Văn An", "Trần Thị Ân", "Trần Văn Dũng", "Đỗ Văn Đạt", "Bùi Hòa", "Phạm Thị Hoà", "Danh Lắm", "Võ Văn Út",
	}
	for range 3 {
		got := slices.Clone(want)
		slices.Reverse(got)
		slices.SortFunc(got, Compare)
		assert.Equal(t, want, got)
	}
	assert.Zero(t, Compare("Danh Lắm", "Danh Lắm"))
	assert.Equal(t, -Compare("Thủy", "Thuỷ"), Compare("Thuỷ", "Thủy"))
}

func FuzzFold(f *testing.F) {
	f.Add("Nguyễn Thị Bích Thuỷ")
	f.Add("\xff\u0301 x")
	f.Fuzz(func(t *testing.T, s string) {
		if once := Fold(s); Fold(once) != once {
			t.Fatalf("not idempotent: %q %q", once, Fold(once))
		}
		if strings.ContainsAny(Fold(s), "\u00a0\u200b\n") {
			t.Fatalf("blanks left in %q", Fold(s))
		}
		Key(s)
	})
}
