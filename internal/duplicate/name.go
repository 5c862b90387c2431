package duplicate

import (
	"slices"
	"strings"
	"unicode"

	"vinhdanh/internal/vietnamese"
)

// word is one word of a name.
type word struct {
	fold   string // without accents
	key    string // with accents, the tone at the end
	sound  string // as fold, with what is often confused made one
	abbrev bool   // an initial or abbreviation: a beginning of a word
	dotted bool   // written with a dot
}

// name is a name taken apart. words are in the order written, sorted by fold.
type name struct {
	words   []word
	sorted  []string // folds
	plain   bool     // no accent at all
	core    []string // of a collective: sorted folds without general words
	sounds  []string // sorted sounds
	abbrevs int
}

func (n name) family() word { return n.words[0] }
func (n name) given() word  { return n.words[len(n.words)-1] }

// personName takes a person's name apart.
func personName(s string) name {
	return finish(withoutForms(personWords(s)))
}

// personWords splits a name into words: at blanks and after dots. What stands in
// brackets, after a comma or a dash is no part of it.
func personWords(s string) []word {
	s = vietnamese.NFC(s)
	if i := strings.IndexAny(s, "(,;"); i > 0 {
		s = s[:i]
	}
	for _, dash := range []string{" - ", " – ", " — "} {
		if i := strings.Index(s, dash); i > 0 {
			s = s[:i]
		}
	}
	var out []word
	start := 0
	flush := func(end int, dotted bool) {
		if end > start {
			out = appendWord(out, s[start:end], dotted)
		}
	}
	for i, r := range s {
		switch {
		case r == '.':
			flush(i, true)
			start = i + 1
		case unicode.IsSpace(r), r == '-', r == '_':
			flush(i, false)
			start = i + len(string(r))
		}
	}
	flush(len(s), false)
	return joinLone(out)
}

func appendWord(out []word, s string, dotted bool) []word {
	w := wordOf(s)
	if w.fold == "" {
		return out
	}
	w.dotted = dotted
	letters := []rune(strings.Trim(s, "/"))
	if !dotted && len(letters) >= 2 && len(letters) <= 3 && initialsRun(letters) && len(out) == 0 {
		for _, r := range letters { // NV An
			i := wordOf(string(r))
			i.abbrev = true
			out = append(out, i)
		}
		return out
	}
	w.abbrev = dotted && len([]rune(w.fold)) <= 2 || dotted && (w.fold == "ngh" || w.fold == "ngu" || w.fold == "nguy")
	return append(out, w)
}

// initialsRun: capital consonants only, as in NV An; no word of Vietnamese is that.
func initialsRun(letters []rune) bool {
	for _, r := range letters {
		if !unicode.IsUpper(r) || strings.ContainsRune("AEIOUY", rune(strings.ToUpper(vietnamese.Fold(string(r)))[0])) {
			return false
		}
	}
	return true
}

// joinLone: H Hen and K Brêu are H'Hen and K'Brêu; a lone letter elsewhere, but for Y,
// is an initial.
func joinLone(words []word) []word {
	var out []word
	for i := 0; i < len(words); i++ {
		w := words[i]
		if len(w.fold) == 1 && !w.dotted && !w.abbrev {
			switch {
			case (w.fold == "h" || w.fold == "k") && len(out) == 0 && i+1 < len(words) && len(words[i+1].fold) > 1:
				next := words[i+1]
				w = word{fold: w.fold + next.fold, key: w.key + next.key, sound: w.sound + next.sound}
				i++
			case w.fold != "y" && strings.ContainsAny(w.fold, "bcdghklmnpqrstvx"):
				w.abbrev = true
			}
		}
		out = append(out, w)
	}
	return out
}

// wordOf drops apostrophes and punctuation: H'Hen and H’Hen are one word.
func wordOf(s string) word {
	s = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) {
			return r
		}
		if r == '/' {
			return r
		}
		return -1
	}, s)
	w := word{fold: strings.ReplaceAll(vietnamese.Fold(s), "/", ""), key: vietnamese.Key(s)}
	w.sound = soundOf(w.fold)
	return w
}

// soundOf makes one of what is often confused in writing.
func soundOf(f string) string {
	if f == "y" || len(f) < 2 {
		return f
	}
	if strings.HasSuffix(f, "y") && !strings.HasSuffix(f, "ay") && !strings.HasSuffix(f, "uy") {
		f = f[:len(f)-1] + "i"
	}
	for _, c := range [][2]string{{"tr", "ch"}, {"gi", "d"}, {"r", "d"}, {"s", "x"}} {
		if strings.HasPrefix(f, c[0]) && len(f) > len(c[0]) {
			return c[1] + f[len(c[0]):]
		}
	}
	return f
}

func finish(words []word) name {
	n := name{words: words, plain: true}
	for _, w := range words {
		n.sorted = append(n.sorted, w.fold)
		n.sounds = append(n.sounds, w.sound)
		n.plain = n.plain && w.key == w.fold
		if w.abbrev {
			n.abbrevs++
		}
	}
	slices.Sort(n.sorted)
	slices.Sort(n.sounds)
	return n
}
