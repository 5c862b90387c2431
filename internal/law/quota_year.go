package law

import (
	"fmt"
	"strings"
)

// aYear counts, for each subject of the list, the awards above the province in the
// calendar year: those of the list's row and the others that were found. One line for the
// whole list; none where the list asks for no such award.
func (l *Law) aYear(q *Quota, cite Cite, regime string, rows []QuotaRow) []QuotaCount {
	n, err := l.Number(q.Number, regime)
	if err != nil {
		return nil // the loader has found it for every regime of the quota
	}
	c := QuotaCount{Code: q.Code, Limit: n.Value, Known: true, Article: cite.Article, Mark: cite.Mark}
	seen, over, unknown := map[string]bool{}, []string{}, []string{}
	for _, r := range rows {
		if !l.StateLevel(r.Award, regime) || seen[r.Subject] {
			continue
		}
		seen[r.Subject] = true
		c.Base++
		switch {
		case r.Others == nil:
			unknown = append(unknown, r.Name)
		case *r.Others+1 > n.Value:
			over = append(over, fmt.Sprintf("%s (%d)", r.Name, *r.Others+1))
		}
	}
	if c.Base == 0 {
		return nil
	}
	c.Count, c.Over, c.Known = int64(len(over)), len(over) > 0, len(unknown) == 0
	c.Text = q.sayAYear(cite, over, unknown)
	return []QuotaCount{c}
}

func (q *Quota) sayAYear(cite Cite, over, unknown []string) Text {
	label := cite.Label()
	vi, en := []string{}, []string{}
	if len(over) > 0 {
		vi = append(vi, "vượt, cần người xem: "+strings.Join(over, ", "))
		en = append(en, "over, a person must look: "+strings.Join(over, ", "))
	}
	if len(unknown) > 0 {
		vi = append(vi, "chưa đối chiếu được: "+strings.Join(unknown, ", "))
		en = append(en, "could not be compared: "+strings.Join(unknown, ", "))
	}
	if len(vi) == 0 {
		vi, en = []string{"không có trường hợp nào vượt"}, []string{"nobody is over"}
	}
	return Text{
		VI: fmt.Sprintf("%s: %s. Căn cứ: %s.", q.Text.VI, strings.Join(vi, "; "), label.VI),
		EN: fmt.Sprintf("%s: %s. Source: %s.", q.Text.EN, strings.Join(en, "; "), label.EN),
	}
}

func (k *checker) aYear(q *Quota, what string) {
	if q.Award != "" || q.Of != "" || q.Percent != 0 {
		k.add(q.Pos, "%s: per: %s counts every award above the province; it takes a number only", what, PerSubjectYear)
	}
	for _, regime := range q.Regimes {
		if _, err := k.l.Number(q.Number, regime); err != nil {
			k.add(q.Pos, "%s: there is no number %q in %s", what, q.Number, regime)
		}
	}
}
