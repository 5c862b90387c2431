package app

import (
	"slices"

	"vinhdanh/internal/decision"
	"vinhdanh/internal/postgres"
)

// posthumousLast puts the items of people who have died behind the others, in their
// order, as the decision names them in an article of their own.
func (p parts) posthumousLast(items []string) error {
	for _, id := range items {
		i := slices.IndexFunc(p.group.items, func(it postgres.CouncilItem) bool { return it.Item == id })
		if i < 0 || p.award.Posthumous == "" || decision.Kind(p.group.items[i].Content.Kind) != decision.Individual {
			return &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "posthumous", Rule: "wrong"}},
				Vi: "Chỉ truy tặng cho cá nhân có trong quyết định, với hình thức mà quy định cho phép truy tặng.",
				En: "only individuals of this decision are awarded posthumously, and only by an award that the law lets be"}
		}
	}
	slices.SortStableFunc(p.group.items, func(a, b postgres.CouncilItem) int {
		switch x, y := slices.Contains(items, a.Item), slices.Contains(items, b.Item); {
		case x == y:
			return 0
		case y:
			return -1
		}
		return 1
	})
	return nil
}

// awardParts are the articles of the award: what is given, and what is given posthumously.
func (p parts) awardParts(name string, in DraftDecisionInput) []decision.AwardPart {
	var out []decision.AwardPart
	for _, dead := range []bool{false, true} {
		part := p.awardPart(name, in, dead)
		for _, it := range p.group.items {
			if slices.Contains(in.Posthumous, it.Item) != dead {
				continue
			}
			c := it.Content
			part.Items = append(part.Items, decision.Item{Kind: decision.Kind(c.Kind), Posthumous: dead, Entry: decision.Entry{
				Form: c.Form, Name: c.Name, Position: c.Position, Workplace: c.Workplace, Money: it.Amount,
			}})
		}
		if len(part.Items) > 0 {
			out = append(out, part)
		}
	}
	return out
}

// awardPart is an article without its items.
func (p parts) awardPart(name string, in DraftDecisionInput, dead bool) decision.AwardPart {
	part := decision.AwardPart{Verb: p.award.VerbText(dead).VI, Award: name, Achievement: in.Achievement, Period: in.Period}
	achievement := "đã có thành tích xuất sắc"
	if p.award.Class == "title" {
		part.Verb += " danh hiệu"
		achievement = "đã đạt tiêu chuẩn danh hiệu"
	}
	part.Achievement = orElse(part.Achievement, achievement)
	part.Period = orElse(part.Period, periodText(p.group.items))
	return part
}
