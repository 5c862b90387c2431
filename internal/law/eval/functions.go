package eval

import (
	"slices"

	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
)

// span is the longest row that is counted; more is an error of the expression.
const span = 100

// itemYear is the year of the item's period, or false with the reason on record.
func (s subject) itemYear() (int, bool) {
	y, ok := s.facts.Period.year()
	if !ok {
		s.rec.because("thời gian lập thành tích không phải một năm hoặc năm học, không tự đếm liên tục được",
			"the achievement period is not one year or school year, so a row cannot be counted")
	}
	return y, ok
}

// row is how many years in a row a set of years holds, ending with the item's
// year, or with the one before when the set does not hold the item's.
func row(years []int, item int) int {
	if !slices.Contains(years, item) {
		item--
	}
	n := 0
	for slices.Contains(years, item-n) {
		n++
	}
	return n
}

// spent tells whether a year has counted for the decision before (next-award clock).
func (s subject) spent(year int) bool { return s.facts.cut != nil && year <= *s.facts.cut }

// consecutiveTitles answers titles.consecutive(award, n).
func (s subject) consecutiveTitles(award string, n int64) ref.Val {
	if n < 1 || n > span {
		return types.NewErr("consecutive: %d is not between 1 and %d", n, span)
	}
	item, ok := s.itemYear()
	if !ok {
		return perhaps()
	}
	var sure, claimed []int
	mixed := false
	for _, t := range s.facts.Titles {
		if t.Award != award && t.Award != "" {
			continue
		}
		year, same := t.Period.at(s.facts.Period)
		switch {
		case t.Award == "": // a row that does not say for which award may be one of it
			mixed = true
		case same && s.spent(year):
		case !same:
			mixed = true
		case !numbered(t.Number):
			claimed = append(claimed, year)
		default:
			sure = append(sure, year)
		}
	}
	if int64(row(sure, item)) >= n {
		return types.True
	}
	if mixed {
		s.rec.because(award+": có kỳ thuộc loại thời gian khác (năm, năm học, giai đoạn) hoặc không đọc được",
			award+": a period of another kind (year, school year, range), or one that cannot be read")
		return perhaps()
	}
	if int64(row(append(sure, claimed...), item)) >= n {
		s.rec.because(award+": có lần chưa có số quyết định", award+": a title without decision number")
		return perhaps()
	}
	return types.False
}

// byYear is the ratings per year of the item's kind. conflict tells that two
// sources differ about one year.
func (s subject) byYear(item int) (known map[int]int64, conflict bool) {
	known = map[int]int64{}
	put := func(year int, word string) {
		place, ok := ratingScale.place(word)
		if !ok {
			return
		}
		if before, twice := known[year]; twice && before != place {
			conflict = true
		}
		known[year] = place
	}
	put(item, s.facts.Rating)
	for _, r := range s.facts.Ratings {
		if year, same := r.Period.at(s.facts.Period); same {
			put(year, r.Rating)
		}
	}
	return known, conflict
}

// ratingRow is the row of years rated at least so; ok is false when a person
// must look, with the reason on record.
func (s subject) ratingRow(atLeast, n int64) (p periods, ok bool) {
	item, ok := s.itemYear()
	if !ok {
		return periods{}, false
	}
	known, conflict := s.byYear(item)
	if conflict {
		s.rec.because("xếp loại cùng một năm khác nhau giữa các nguồn", "two sources differ about the rating of one year")
		return periods{}, false
	}
	// A row of ratings ends with the item's own year: where that is not rated yet, a
	// person must look. (A title's decision may come late; a rating is the year's own.)
	last, first := item, item+1
	for {
		if s.spent(first - 1) {
			p = periods{first: first, last: last}
			break
		}
		rating, ok := known[first-1]
		if !ok || rating < atLeast {
			p = periods{first: first, last: last, open: !ok}
			break
		}
		first--
	}
	length := int64(last - first + 1)
	if length < n && p.open {
		s.rec.because("thiếu xếp loại của năm cần xét", "the rating of a year in question is missing")
		return periods{}, false
	}
	if length < n {
		return periods{first: 1, last: 0}, true
	}
	return p, true
}

// lastPeriods answers period.last(n).
func (s subject) lastPeriods(n int64) ref.Val {
	if n < 1 || n > span {
		return types.NewErr("last: %d is not between 1 and %d", n, span)
	}
	item, ok := s.itemYear()
	if !ok {
		return perhaps()
	}
	return periods{first: item - int(n) + 1, last: item}
}

// share compares part/whole with percent in integers: -1, 0, 1; false where the
// counts contradict each other.
func share(part, whole, percent int64) (int, bool) {
	const most = 1 << 40
	if part < 0 || whole <= 0 || part > most || whole > most || percent < 0 || percent > span {
		return 0, false
	}
	a, b := part*100, whole*percent
	switch {
	case a < b:
		return -1, true
	case a > b:
		return 1, true
	}
	return 0, true
}
