package decision

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var numberToken = regexp.MustCompile(`\d+(?:[.,/]\d+)*`)

// same holds the numbers, names and awards of a text that may be reworded against the
// draft's: every number as often, and every name, position, workplace and award that the
// data put there.
func (r *wordReader) same(vi, en, draft, file string) {
	draft, file = clean(draft), clean(file)
	lost, more := surplus(numberToken.FindAllString(draft, -1), numberToken.FindAllString(file, -1))
	for i := range max(len(lost), len(more)) {
		r.differs(vi+", số", en+", a number", lineAt(lost, i), lineAt(more, i))
	}
	var told []string // what differs is told once, by its shortest words
	for _, p := range r.in.kept() {
		p = clean(p)
		if slices.ContainsFunc(told, func(t string) bool { return strings.Contains(p, t) }) {
			continue
		}
		a, b := whole(draft, p), whole(file, p)
		if a == b {
			continue
		}
		told = append(told, p)
		if a > b {
			r.differs(vi, en, p, "")
		} else {
			r.differs(vi, en, "", p)
		}
	}
}

// whole counts where a text holds words that do not go on as other words: "Nguyễn Văn A"
// is not in "Nguyễn Văn An".
func whole(text, words string) int {
	n := 0
	for at := 0; ; {
		i := strings.Index(text[at:], words)
		if i < 0 || words == "" {
			return n
		}
		before, _ := utf8.DecodeLastRuneInString(text[:at+i])
		after, _ := utf8.DecodeRuneInString(text[at+i+len(words):])
		if !wordRune(before) && !wordRune(after) {
			n++
		}
		at += i + len(words)
	}
}

func wordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// kept are the words that only the data may change, each once, what is part of another
// before it: who gets what and how much of it, in one piece where the draft says it in one.
func (in Input) kept() []string {
	var out []string
	add := func(list ...string) {
		for _, s := range list {
			if s != "" && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	for _, p := range in.Awards {
		add(p.Award, p.Verb+" "+p.Award, capitalise(p.Verb)+" "+p.Award)
		if in.inline(p) {
			for _, it := range p.Items {
				add(it.Entry.Printed(), it.Entry.Position, it.Entry.Workplace, it.Entry.Line(), it.Entry.Line()+moneyOf(it.Entry))
			}
		}
	}
	add(in.Fund)
	if c := in.Corrects; c != nil {
		add(c.Award)
		for _, l := range c.Lines {
			add(l.Entry.Printed(), "“"+l.Was+"”", "“"+l.Is+"”", l.Entry.Line(), l.says())
		}
	}
	return out
}

// surplus says what stands in one list oftener than in the other, both ways, in order.
func surplus(a, b []string) (onlyA, onlyB []string) {
	left := slices.Clone(b)
	for _, x := range a {
		if i := slices.Index(left, x); i >= 0 {
			left = slices.Delete(left, i, i+1)
			continue
		}
		onlyA = append(onlyA, x)
	}
	return onlyA, left
}
