package duplicate

import (
	"hash/fnv"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"vinhdanh/internal/vietnamese"
)

// sketchSize is how many hashes of a text are kept: enough to tell a tenth apart.
const sketchSize = 64

// sketch is the smallest hashes of the pairs of words of a text, sorted: two sketches
// give the share of pairs that the texts have in common (bottom-k minhash).
type sketch []uint32

// foldText folds a text and makes one blank of all that is neither letter nor digit
// nor part of a decision's number.
func foldText(s string) string {
	f := vietnamese.Fold(s)
	return strings.Join(strings.FieldsFunc(f, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '/' && r != '-'
	}), " ")
}

func sketchOf(folded string) sketch {
	words := strings.Fields(folded)
	if len(words) == 0 {
		return nil
	}
	out := make(sketch, 0, len(words))
	last := ""
	for _, w := range words {
		h := fnv.New32a()
		_, _ = h.Write([]byte(last + " " + w)) // a hash takes every byte
		out = append(out, h.Sum32())
		last = w
	}
	slices.Sort(out)
	out = slices.Compact(out)
	if len(out) > sketchSize {
		out = out[:sketchSize]
	}
	return slices.Clip(out)
}

// alike is the share of word pairs that two texts have in common, in thousandths.
func alike(a, b sketch) int {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	k := min(sketchSize, max(len(a), len(b)))
	union, both := 0, 0
	for i, j := 0, 0; union < k && (i < len(a) || j < len(b)); union++ {
		switch {
		case j >= len(b) || i < len(a) && a[i] < b[j]:
			i++
		case i >= len(a) || b[j] < a[i]:
			j++
		default:
			both++
			i, j = i+1, j+1
		}
	}
	return both * 1000 / union
}

var (
	quotedNumber = regexp.MustCompile(`\b(\d{1,5}[a-z]?) ?/ ?((?:\d{4} ?/ ?)?qd(?:-[a-z0-9]+)*)`)
	aYear        = regexp.MustCompile(`\b(19|20)\d\d\b`)
)

// quotedIn lists the decision numbers of a folded text.
func quotedIn(folded string) []string {
	if !strings.Contains(folded, "qd") {
		return nil
	}
	var out []string
	for _, m := range quotedNumber.FindAllStringSubmatch(folded, -1) {
		out = append(out, m[1]+"/"+strings.ReplaceAll(m[2], " ", ""))
	}
	return out
}

func number(folded string) string { return strings.ReplaceAll(folded, " ", "") }

// schoolYear is the kind of period that does not begin with a year.
const schoolYear = "school"

// HalfYears reads a period's label ("2023", "2022-2023", "giai đoạn 2021 – 2023") as
// the first and last half-year it covers, counted from the year 0: a school year runs
// from the second half of its first year to the first half of the next, so that two
// school years in a row have nothing in common. 0, 0 where the label names no year.
func HalfYears(kind, label string) (from, to int) {
	first, last := 0, 0
	for _, m := range aYear.FindAllString(label, -1) {
		y, _ := strconv.Atoi(m)
		if first == 0 || y < first {
			first = y
		}
		last = max(last, y)
	}
	switch {
	case first == 0:
		return 0, 0
	case kind == schoolYear && first < last:
		return 2*first + 1, 2 * last
	}
	return 2 * first, 2*last + 1
}
