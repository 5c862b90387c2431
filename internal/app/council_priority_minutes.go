package app

import (
	"cmp"
	"context"
	"slices"

	"vinhdanh/internal/council"
	"vinhdanh/internal/minutes"
)

// minutesQuotas are the quotas that cut, with everybody's place and how the Council
// settled those of equal votes.
func (a *App) minutesQuotas(ctx context.Context, v SessionView) ([]minutes.Quota, error) {
	if len(v.Cuts) == 0 {
		return nil, nil
	}
	in, err := inputOf(v.CouncilSession)
	if err != nil {
		return nil, err
	}
	var out []minutes.Quota
	for n, cut := range in.Cuts {
		var placed []AgendaItem
		for _, it := range v.Agenda {
			if it.Quota != nil && it.Quota.Cut == n {
				placed = append(placed, it)
			}
		}
		if len(placed) == 0 {
			continue
		}
		slices.SortFunc(placed, func(x, y AgendaItem) int { return cmp.Compare(x.Quota.Rank, y.Quota.Rank) })
		q := minutes.Quota{Text: a.cutText(ctx, cut.Code).VI, Limit: cut.Limit, Share: cut.Order == council.OrderShare, Whole: cut.Order == council.OrderCouncil}
		for _, it := range placed {
			q.Rows = append(q.Rows, minutes.Placed{Line: it.Line, Yes: it.Result.Sum.Yes, Base: it.Result.Sum.Base, Beyond: it.Quota.Beyond})
		}
		for _, o := range slices.Backward(in.Orders) {
			if o.Cut == n {
				q.Settled, q.Reason = true, v.reasonOf(o.Reason)
				break
			}
		}
		out = append(out, q)
	}
	return out, nil
}
