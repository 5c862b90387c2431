package law

import (
	"cmp"

	"vinhdanh/internal/council"
)

// What a Quota does, and what becomes of who is beyond it.
const (
	QuotaCuts      = "cut"
	BeyondDeferred = "deferred"
)

// cutVi and cutEn say who passes where a quota cuts, by its order.
var (
	cutVi = map[council.Order]string{
		council.OrderVotes:   "xếp theo số phiếu tán thành, ngang nhau thì Hội đồng thống nhất thứ tự ưu tiên",
		council.OrderShare:   "xếp theo tỷ lệ tán thành, ngang nhau thì Hội đồng thống nhất thứ tự ưu tiên",
		council.OrderCouncil: "Hội đồng thống nhất thứ tự ưu tiên",
	}
	cutEn = map[council.Order]string{
		council.OrderVotes:   "those with most votes in favour pass, and the Council orders those of equal votes",
		council.OrderShare:   "those with the largest share in favour pass, and the Council orders those of equal shares",
		council.OrderCouncil: "the Council orders them",
	}
)

// CutSaid says in a sentence, with the space before it, who passes where a quota cuts.
func CutSaid(o council.Order) Text {
	return Text{
		VI: " Nếu số trường hợp đạt phiếu vượt mức thì " + cutVi[o] + ".",
		EN: " Where more get their majority, " + cutEn[o] + ".",
	}
}

// with is the text and another after it.
func (t Text) with(more Text) Text { return Text{VI: t.VI + more.VI, EN: t.EN + more.EN} }

// cuts checks what a quota says of the Council.
func (k *checker) cuts(q *Quota, what string) {
	_, order := cutVi[cmp.Or(q.Order, council.OrderVotes)]
	switch {
	case q.Does != "" && q.Does != "warn" && q.Does != QuotaCuts:
		k.add(q.Pos, "%s: does: warn or cut, not %q", what, q.Does)
	case q.Does != QuotaCuts && (q.Order != "" || q.Beyond != ""):
		k.add(q.Pos, "%s: order and beyond are for a quota that cuts (does: cut)", what)
	case q.Does == QuotaCuts && q.Per == PerSubjectYear:
		k.add(q.Pos, "%s: per: %s only warns", what, PerSubjectYear)
	case !order:
		k.add(q.Pos, "%s: order: votes, share or council, not %q", what, q.Order)
	case q.Beyond != "" && q.Beyond != "not_passed" && q.Beyond != BeyondDeferred:
		k.add(q.Pos, "%s: beyond: not_passed or deferred, not %q", what, q.Beyond)
	}
}

// QuotaText is what a quota says; its code where the data do not have it any more.
func (l *Law) QuotaText(code string) Text {
	for _, q := range l.document.Quotas {
		if q.Code == code {
			return q.Text
		}
	}
	return Text{VI: code, EN: code}
}
