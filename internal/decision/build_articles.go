package decision

import (
	"fmt"
	"strings"
)

// articles composes one article for each award, one for the fund where there is
// money, and the last on who carries the decision out.
func (in Input) articles() []Article {
	var out []Article
	for _, p := range in.Awards {
		out = append(out, in.awardArticle(p))
	}
	if total := in.total(); in.Fund != "" && total > 0 {
		out = append(out, Article{Paragraphs: []string{
			in.say(phraseFund, map[string]string{"total": FormatMoney(total), "fund": in.Fund})}})
	}
	return append(out, Article{Paragraphs: []string{in.execution()}})
}

func (in Input) total() int64 {
	var sum int64
	for _, p := range in.Awards {
		for _, item := range p.Items {
			sum += item.Entry.Money
		}
	}
	return sum
}

// awardArticle follows decision 328/QĐ-UBND of Hậu Giang (12/03/2018): what is
// given to whom, the money, and in a second sentence the achievement.
func (in Input) awardArticle(p AwardPart) Article {
	says := map[string]string{"award": capitalise(p.Verb) + " " + p.Award, "counts": counts(p.Items)}
	achievement := ""
	if text := joinNonEmpty(" ", p.Achievement, p.Period); text != "" {
		achievement = capitalise(text) + "."
	}
	switch says["achievement"] = achievement; {
	case !in.inline(p):
		says["money"] = moneyClause(p.Items)
		return Article{Paragraphs: []string{in.say(phraseListed, says)}}
	case len(p.Items) == 1:
		says["subject"], says["money"] = p.Items[0].Entry.Line(), moneyOf(p.Items[0].Entry)
		return Article{Paragraphs: []string{in.say(phraseOne, says)}}
	}
	a := Article{Paragraphs: []string{in.say(phraseSeveral, says)}}
	n := 0
	for _, k := range Kinds() {
		for _, e := range ofKind(p.Items, k) {
			n++
			end := ";"
			if n == len(p.Items) {
				end = "."
			}
			a.Paragraphs = append(a.Paragraphs, fmt.Sprintf("%d. %s%s%s", n, e.Line(), moneyOf(e), end))
		}
	}
	if achievement != "" {
		a.Paragraphs = append(a.Paragraphs, achievement)
	}
	return a
}

func moneyOf(e Entry) string {
	if e.Money == 0 {
		return ""
	}
	return ", kèm theo tiền thưởng " + FormatMoney(e.Money)
}

// moneyClause says what each subject of a list gets: per kind where all of a
// kind get the same, otherwise by reference to the list.
func moneyClause(items []Item) string {
	var parts []string
	paid := false
	for _, k := range Kinds() {
		entries := ofKind(items, k)
		if len(entries) == 0 {
			continue
		}
		for _, e := range entries {
			paid = paid || e.Money > 0
			if e.Money != entries[0].Money {
				return ", kèm theo tiền thưởng theo danh sách"
			}
		}
		if entries[0].Money > 0 {
			parts = append(parts, "mỗi "+k.Noun()+" "+FormatMoney(entries[0].Money))
		}
	}
	if !paid {
		return ""
	}
	return ", kèm theo tiền thưởng " + enumerate(parts)
}

func (in Input) execution() string {
	var nouns []string
	for _, k := range Kinds() {
		for _, p := range in.Awards {
			if len(ofKind(p.Items, k)) > 0 {
				nouns = append(nouns, k.Noun())
				break
			}
		}
	}
	where := "Điều 1"
	if n := len(in.Awards); n > 1 {
		var list []string
		for i := range in.Awards {
			list = append(list, fmt.Sprintf("Điều %d", i+1))
		}
		where = enumerate(list)
	}
	named := "các " + strings.Join(nouns, ", ") + " có tên tại " + where
	who := named
	if in.Executors != "" {
		who = in.Executors + " và " + named
	}
	return in.say(phraseExecution, map[string]string{"who": capitalise(who)})
}
