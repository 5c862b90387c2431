package eval

import (
	"fmt"
	"strings"

	"vinhdanh/internal/law"
)

// clock is the node of the next-award clock: the item's period lies after the previous
// decision of the same award, and what the award asks for holds also when it is counted
// from there on. own is what the award's own criteria answered without the clock.
func (e *Evaluator) clock(a *law.Award, rule law.AwardRule, regime string, f *Facts, own Node) (Node, bool, error) {
	c, ok := e.law.Clock(regime)
	if !ok {
		return Node{}, false, nil
	}
	n := leafNode(law.ClockNode, c.Text, c.Cite)
	for _, name := range []string{"period", "titles"} {
		ft, _ := factNamed(name)
		e.use(&n, ft, f)
	}
	last, state := f.last(a.Code, c.From)
	switch {
	case f.Titles == nil && !f.ledgerRead():
		n.Result = NeedsPerson
	case state == clockUnclear:
		n.Result = NeedsPerson
		n.Reasons = []law.Text{{
			VI: "lần khen trước của " + a.Names.VI + " chưa đủ dữ liệu (số, ngày quyết định hoặc thời gian lập thành tích): cần người xem",
			EN: "the decision before on " + a.Names.EN + " lacks number, date or a readable period: a person must look"}}
	case state == clockNone:
		n.Result = Met
		ledgerSilent(n.Facts)
		n.Notes = []law.Text{{VI: "sổ khen thưởng chưa ghi lần nào trước đây của " + a.Names.VI, EN: "the ledger holds no decision before on " + a.Names.EN}}
	default:
		n.Notes = []law.Text{last.said()}
		if err := e.afterLast(&n, a, rule, regime, f, own, last); err != nil {
			return n, true, err
		}
	}
	if n.Result == NotMet && c.Otherwise != "" {
		n.Result = NeedsPerson
	}
	n.settle()
	return n, true, nil
}

// afterLast judges an item by the decision before it.
func (e *Evaluator) afterLast(n *Node, a *law.Award, rule law.AwardRule, regime string, f *Facts, own Node, last clockStart) error {
	from, known := f.Period.begins()
	switch {
	case !known:
		n.Result, n.Reasons = NeedsPerson, []law.Text{{
			VI: "thời gian lập thành tích của trường hợp này không đọc được thành năm, không tự so được",
			EN: "this item's achievement period names no year, so the two cannot be compared"}}
		return nil
	case !from.after(last.end):
		n.Result, n.Reasons = NotMet, []law.Text{{
			VI: "thời gian lập thành tích chưa ở sau lần khen trước", EN: "the achievement period does not lie after the decision before"}}
		return nil
	}
	later := *f
	cut := last.end.year
	later.cut = &cut
	again, err := e.own(a, rule, regime, &later)
	if err != nil {
		return err
	}
	n.Result = Met
	if standing(again) < standing(own) {
		var vi, en []string
		fewer(own, again, &vi, &en)
		n.Result, n.Reasons = NotMet, []law.Text{{
			VI: fmt.Sprintf("tính từ sau năm %d thì chưa đủ: %s", cut, strings.Join(vi, "; ")),
			EN: fmt.Sprintf("counted after %d it is not enough: %s", cut, strings.Join(en, "; "))}}
	}
	return nil
}

// standing orders answers, also those that a text not seen would give.
func standing(n Node) int {
	v := n.Result
	if n.WouldBe != "" {
		v = n.WouldBe
	}
	return map[Verdict]int{NotMet: 0, NeedsPerson: 1, Met: 2}[v]
}

// fewer names the conditions that answer less than before; of two trees of one shape.
func fewer(was, is Node, vi, en *[]string) {
	for i := range is.Children {
		if standing(is.Children[i]) < standing(was.Children[i]) {
			*vi, *en = append(*vi, is.Children[i].Text.VI), append(*en, is.Children[i].Text.EN)
		}
	}
}

// ledgerSilent shows the fact "titles" where the ledger was read and holds nothing that
// counts: that nobody claims a title is not missing here.
func ledgerSilent(used []FactUsed) {
	for i := range used {
		if u := &used[i]; u.Name == "titles" && u.Missing {
			u.Missing, u.Shown = false, law.Text{VI: "không có", EN: "none"}
		}
	}
}

func (f *Facts) ledgerRead() bool { return f.LedgerRead != nil && *f.LedgerRead }
