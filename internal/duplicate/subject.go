package duplicate

import (
	"slices"
	"strconv"
	"strings"
)

// subject weighs whether two entries mean the same subject.
func (w *weighing) subject(a, b *Prepared, often Frequency) {
	if !a.Named() || !b.Named() || (a.Kind == Collective) != (b.Kind == Collective) {
		return
	}
	if code := joined(a, b); code != "" {
		w.add("ledger", code, w.m.Ledger[code], a.Name, b.Name)
		return
	}
	if a.Token != "" && b.Token != "" {
		code := "different"
		if a.Token == b.Token {
			code = "equal"
		}
		w.add("number", code, w.m.Number[code], "", "")
		return
	}
	if a.Kind == Collective {
		w.collective(a, b)
		return
	}
	code := agree(a.name, b.name)
	if code == "" {
		return
	}
	w.add("name", code, w.m.Name[code], a.Name, b.Name)
	if often != nil && slices.Contains([]string{"same", "bare", "spelling", "order"}, code) {
		w.rarity(often(a))
	}
	w.birth(a, b)
	w.unit(a, b)
	if a.Sex != "" && b.Sex != "" && a.Sex != b.Sex {
		w.add("sex", "different", w.m.Sex["different"], a.Sex, b.Sex)
	}
	if a.Kind != b.Kind {
		w.add("kind", "household", w.m.Kind["household"], a.Kind, b.Kind)
	}
}

func (w *weighing) rarity(n int) {
	switch r := w.m.Rarity; {
	case n <= 0:
	case n <= r.Rare.UpTo:
		w.add("rarity", "rare", r.Rare.Points, strconv.Itoa(n), "")
	case n >= r.Common.From:
		w.add("rarity", "common", r.Common.Points, strconv.Itoa(n), "")
	}
}

// birth weighs dates of birth, or years where a date is missing.
func (w *weighing) birth(a, b *Prepared) {
	code := "one_missing"
	switch {
	case a.BirthYear == 0 || b.BirthYear == 0:
	case a.BirthYear == b.BirthYear:
		code = "year"
		if len(a.BirthDate) == 10 && len(b.BirthDate) == 10 {
			code = dates(a.BirthDate, b.BirthDate)
		}
	case a.BirthYear-b.BirthYear == 1 || b.BirthYear-a.BirthYear == 1:
		code = "next_year"
	case turned(a.BirthYear, b.BirthYear):
		code = "turned"
	default:
		code = "different"
	}
	w.add("birth", code, w.m.Birth[code], born(a), born(b))
}

func born(p *Prepared) string {
	if p.BirthDate != "" {
		return p.BirthDate
	}
	return year(p)
}

// dates compares two days of one year, 1984-02-07.
func dates(a, b string) string {
	switch {
	case a == b:
		return "date"
	case a[5:7] == b[8:] && a[8:] == b[5:7]:
		return "swapped"
	}
	return "other_day"
}

// turned: the last two digits exchanged.
func turned(a, b int) bool {
	return a/100 == b/100 && a%10 == b/10%10 && b%10 == a/10%10
}

// unit weighs where the two are. Another unit is less against them than for strangers:
// people move; but with no birth to go by it is much.
func (w *weighing) unit(a, b *Prepared) {
	if a.Unit == "" || b.Unit == "" {
		return
	}
	code := "other"
	switch {
	case a.Unit == b.Unit:
		code = "same"
	case meet(a.roots(), b.roots()):
		code = "successor"
	case slices.Contains(a.Above, b.Unit) || slices.Contains(b.Above, a.Unit):
		code = "line"
	case a.workplace != "" && a.workplace == b.workplace:
		code = "workplace"
	case a.BirthYear == 0 || b.BirthYear == 0:
		code = "other_unborn"
	}
	w.add("unit", code, w.m.Unit[code], a.Unit, b.Unit)
}

func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return x != "" && slices.Contains(b, x) })
}

// collective weighs organisations.
func (w *weighing) collective(a, b *Prepared) {
	if meet(a.Is, b.Is) {
		w.add("collective", "itself", w.m.Collective["itself"], a.Name, b.Name)
		return
	}
	code := ""
	switch {
	case numbersOf(a.name.sorted) != numbersOf(b.name.sorted):
		return
	case slices.Equal(a.name.sorted, b.name.sorted):
		code = "same"
	case slices.Equal(a.name.core, b.name.core):
		code = "generic"
	case holds(a.name.core, b.name.core) || holds(b.name.core, a.name.core):
		code = "part"
	default:
		return
	}
	w.add("collective", code, w.m.Collective[code], a.Name, b.Name)
	switch {
	case a.Unit == "" || b.Unit == "":
	case a.Unit == b.Unit || meet(a.roots(), b.roots()):
		w.add("unit", "unit_same", w.m.Collective["unit_same"], a.Unit, b.Unit)
	case slices.Contains(a.Above, b.Unit) || slices.Contains(b.Above, a.Unit):
		w.add("unit", "unit_line", w.m.Collective["unit_line"], a.Unit, b.Unit)
	default:
		w.add("unit", "unit_other", w.m.Collective["unit_other"], a.Unit, b.Unit)
	}
}

// agree says how two names agree, by a code of the model's name group; empty: not at all.
func agree(a, b name) string {
	if a.abbrevs+b.abbrevs > 0 {
		if initialsFit(a, b) {
			return "initials"
		}
		return ""
	}
	if len(a.words) != len(b.words) {
		return middleMissing(a, b)
	}
	if slices.Equal(a.sorted, b.sorted) {
		return sameFolds(a, b)
	}
	if slices.Equal(a.sounds, b.sounds) {
		return soundsAlike(a, b)
	}
	return oneLetter(a, b)
}

// sameFolds: the words are the same but for accents and order.
func sameFolds(a, b name) string {
	for i := range a.words {
		if a.words[i].fold != b.words[i].fold {
			return "order"
		}
	}
	if a.plain || b.plain {
		if a.plain && b.plain {
			return "same"
		}
		return "bare"
	}
	last, code := len(a.words)-1, "same"
	for i := range a.words {
		x, y := a.words[i].key, b.words[i].key
		switch {
		case x == y:
		case hookIsTilde(x) == hookIsTilde(y):
			if code == "same" {
				code = "spelling"
			}
		case i == last:
			return "accents_given"
		default:
			code = "accents_other"
		}
	}
	return code
}

// hookIsTilde makes one of hỏi and ngã, which half of the country speaks alike.
func hookIsTilde(key string) string {
	return strings.ReplaceAll(key, "\u0309", "\u0303")
}

// soundsAlike: words that differ only in what is often confused.
func soundsAlike(a, b name) string {
	for i := range a.words {
		x, y := a.words[i], b.words[i]
		if x.fold != y.fold && (x.sound != y.sound || strings.TrimSuffix(strings.TrimSuffix(x.fold, "y"), "i") != strings.TrimSuffix(strings.TrimSuffix(y.fold, "y"), "i")) {
			return "sound"
		}
	}
	return "spelling"
}

// initialsFit: word by word, an abbreviation is a beginning of the other's word; the
// given names are both written out or fit too.
func initialsFit(a, b name) bool {
	if len(a.words) != len(b.words) {
		return false
	}
	for i := range a.words {
		x, y := a.words[i], b.words[i]
		switch {
		case x.abbrev && strings.HasPrefix(y.fold, x.fold), y.abbrev && strings.HasPrefix(x.fold, y.fold):
		case x.abbrev || y.abbrev || x.fold != y.fold:
			return false
		}
	}
	return true
}

// middleMissing: family and given name agree, and the shorter name is in the longer.
func middleMissing(a, b name) string {
	if len(a.words) < len(b.words) {
		a, b = b, a
	}
	if len(b.words) < 2 || len(a.words)-len(b.words) > 2 || a.family().fold != b.family().fold || a.given().fold != b.given().fold {
		return ""
	}
	if !a.plain && !b.plain && hookIsTilde(a.given().key) != hookIsTilde(b.given().key) {
		return ""
	}
	at := 0
	for _, w := range a.words {
		if at < len(b.words) && w.fold == b.words[at].fold {
			at++
		}
	}
	if at < len(b.words) {
		return ""
	}
	return "middle"
}

// oneLetter: one word differs by one letter, and it is not the given name.
func oneLetter(a, b name) string {
	differ := -1
	for i := range a.words {
		if a.words[i].fold == b.words[i].fold {
			continue
		}
		if differ >= 0 || i == len(a.words)-1 {
			return ""
		}
		differ = i
	}
	if differ >= 0 && oneEdit(a.words[differ].fold, b.words[differ].fold) {
		return "letter_other"
	}
	return ""
}

// oneEdit: one letter changed, added, left out, or two exchanged.
func oneEdit(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(a)-len(b) > 1 || len(b) < 3 {
		return false
	}
	i := 0
	for i < len(b) && a[i] == b[i] {
		i++
	}
	if len(a) > len(b) {
		return a[i+1:] == b[i:]
	}
	return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
