package duplicate

import (
	"slices"
	"strings"

	"vinhdanh/internal/vietnamese"
)

// spelledOut are abbreviations of organisations' names, folded.
var spelledOut = map[string]string{
	"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "mttq": "mat tran to quoc", "mttqvn": "mat tran to quoc viet nam",
	"thcs": "trung hoc co so", "thpt": "trung hoc pho thong", "th": "tieu hoc", "mn": "mam non", "mg": "mau giao",
	"gd": "giao duc", "dt": "dao tao", "gddt": "giao duc dao tao", "gdtx": "giao duc thuong xuyen", "tt": "trung tam",
	"ttyt": "trung tam y te", "bv": "benh vien", "bvdk": "benh vien da khoa", "bhxh": "bao hiem xa hoi", "lhpn": "lien hiep phu nu",
	"ldld": "lien doan lao dong", "tntn": "thanh nien", "tncs": "thanh nien cong san", "hnd": "hoi nong dan", "ccb": "cuu chien binh",
	"kbnn": "kho bac nha nuoc", "ldtbxh": "lao dong thuong binh xa hoi", "nnptnt": "nong nghiep phat trien nong thon",
	"tnmt": "tai nguyen moi truong", "vhtt": "van hoa thong tin", "vhxh": "van hoa xa hoi", "htx": "hop tac xa", "cty": "cong ty", "tnhh": "trach nhiem huu han",
	"tp": "thanh pho", "tx": "thi xa", "qlda": "quan ly du an", "ct": "cong ty",
}

// general are words that tell no organisation from another.
var general = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("tap the don vi va can bo nhan dan vien chuc cong chuc nguoi lao dong truong cua") {
		m[w] = true
	}
	return m
}()

// collectiveName takes an organisation's name apart: abbreviations are spelled out,
// the order of words does not count, numbers do.
func collectiveName(s string) name {
	var words []word
	for _, f := range strings.FieldsFunc(vietnamese.NFC(s), func(r rune) bool { return strings.ContainsRune(" \t\n\u00a0,;.()-–—&\"“”'", r) }) {
		w := wordOf(f)
		if w.fold == "" {
			continue
		}
		full, ok := spelledOut[w.fold]
		if !ok || w.key != w.fold && w.fold != "ldld" && w.fold != "hdnd" && w.fold != "gddt" && w.fold != "bvdk" && w.fold != "ldtbxh" {
			words = append(words, w)
			continue
		}
		for _, x := range strings.Fields(full) {
			words = append(words, word{fold: x, key: x, sound: x})
		}
	}
	n := finish(words)
	for _, f := range n.sorted {
		if !general[f] {
			n.core = append(n.core, f)
		}
	}
	if len(n.core) == 0 {
		n.core = n.sorted
	}
	return n
}

// holds tells whether every word of b is in a, both sorted.
func holds(a, b []string) bool {
	for _, w := range b {
		if _, ok := slices.BinarySearch(a, w); !ok {
			return false
		}
	}
	return true
}

// numbersOf are the words that tell numbered organisations apart.
func numbersOf(sorted []string) string {
	var out []string
	for _, w := range sorted {
		if strings.ContainsAny(w, "0123456789") {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}
