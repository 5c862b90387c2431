package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
)

// SeveralNote says what the rule about several awards at once makes of the money of one
// item: of titles and forms that the same subject gets by one decision or on one day.
type SeveralNote struct {
	Pay     bool     `json:"pay"` // false: another title pays, this item's sum is none
	Text    law.Text `json:"text"`
	Article string   `json:"article"`
	Mark    law.Mark `json:"mark"`
}

// severalOf finds, among the items of a decision, those whose subject gets other awards
// at once: in the decision, in one of the same day, or, while it has no day yet, in one
// that has none either. By item.
func (a *App) severalOf(ctx context.Context, award string, items []postgres.CouncilItem, issued *time.Time) (map[string]SeveralNote, error) {
	on, day := a.Today(), a.Today().String()
	if issued != nil {
		on = dateOf(*issued)
		day = on.String()
	}
	ids, subjects := make([]string, len(items)), make([]string, len(items))
	for i, it := range items {
		ids[i], subjects[i] = it.Item, it.Subject
	}
	others, err := a.Store.AwardsOfDay(ctx, ids, subjects, day, issued == nil)
	if err != nil {
		return nil, internal("read other awards of the day", err)
	}
	bySubject := map[string][]postgres.AwardOfDay{} // the others first, then the decision's own
	for _, o := range others {
		bySubject[o.Subject] = append(bySubject[o.Subject], o)
	}
	mine := map[string][]int{}
	for i, it := range items {
		mine[it.Subject] = append(mine[it.Subject], i)
		bySubject[it.Subject] = append(bySubject[it.Subject], postgres.AwardOfDay{Award: award, Kind: it.Content.Kind,
			PeriodKind: it.Content.PeriodKind, Period: it.Content.Period, Regime: it.Regime, LawHash: it.LawHash})
	}
	out := map[string]SeveralNote{}
	for subject, at := range mine {
		if len(bySubject[subject]) < 2 {
			continue
		}
		claims, err := a.claimsOf(ctx, bySubject[subject])
		if err != nil {
			return nil, err
		}
		paid, _, err := a.law().BonusOfSeveral(claims, on)
		var known *law.Error
		if errors.As(err, &known) {
			continue // no sum or no rule in the data: each stands as it is, and a person enters it
		}
		if err != nil {
			return nil, internal("weigh several awards", err)
		}
		for j, i := range at {
			out[items[i].Item] = a.severalNote(paid, len(claims)-len(at)+j)
		}
	}
	return out, nil
}

// claimsOf are awards of one subject, each with the data that its case keeps: what was
// promised under one law is not weighed by another.
func (a *App) claimsOf(ctx context.Context, rows []postgres.AwardOfDay) ([]law.Claim, error) {
	claims := make([]law.Claim, len(rows))
	for i, r := range rows {
		own, err := a.Pinned.Law(ctx, r.LawHash)
		if err != nil {
			return nil, internal("law data "+r.LawHash, err)
		}
		claims[i] = law.Claim{Award: r.Award, Kind: law.Kind(r.Kind), PeriodKind: r.PeriodKind, Period: r.Period, Own: own, Regime: r.Regime}
	}
	return claims, nil
}

// severalNote is the word of the rule on one of several.
func (a *App) severalNote(paid []law.Paid, i int) SeveralNote {
	var vi, en []string
	for j, p := range paid {
		if j != i {
			name := a.awardName(p.Claim.Award)
			vi, en = append(vi, strings.TrimSpace(name.VI+" "+p.Claim.Period)), append(en, strings.TrimSpace(name.EN+" "+p.Claim.Period))
		}
	}
	p := paid[i]
	label := p.Cite.Label()
	says := law.Text{VI: "được trả", EN: "is paid"}
	if !p.Pay {
		says = law.Text{VI: "không trả thêm cho danh hiệu này", EN: "nothing more is paid for this one"}
	}
	return SeveralNote{Pay: p.Pay, Article: p.Cite.Article, Mark: p.Cite.Mark, Text: law.Text{
		VI: fmt.Sprintf("Cùng lúc có %s. %s: %s. Căn cứ: %s.", strings.Join(vi, ", "), p.Why.VI, says.VI, label.VI),
		EN: fmt.Sprintf("At once with %s. %s: %s. Source: %s.", strings.Join(en, ", "), p.Why.EN, says.EN, label.EN),
	}}
}

// noteOf is the note of an item, nil where it stands alone.
func noteOf(notes map[string]SeveralNote, item string) *SeveralNote {
	if n, ok := notes[item]; ok {
		return &n
	}
	return nil
}
