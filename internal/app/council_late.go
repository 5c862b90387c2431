package app

import (
	"context"
	"maps"

	"vinhdanh/internal/council"
	"vinhdanh/internal/postgres"
)

// afterDeclaring refuses the own ballot of a member who has not said in what an
// own interest lies, and makes every ballot abstain where its member declared an
// interest after the roster was frozen.
func (a *App) afterDeclaring(ctx context.Context, s Session, row postgres.CouncilSession, frozen council.Input, in CastInput) (CastInput, error) {
	told, err := a.declaredIn(ctx, row.ID)
	if err != nil {
		return in, err
	}
	if !told.spoke(in.Member) && in.Member == s.User && !over(row) {
		return in, a.refuse(ctx, s, council.ActionCast, row.CaseID, readable(CodeNotReady,
			"Hãy khai báo xung đột lợi ích (hoặc xác nhận không có) trước khi biểu quyết.",
			"declare your interests, or that there are none, before you vote"))
	}
	late := told.late(frozen, in.Member)
	if len(late) == 0 {
		return in, nil
	}
	items := maps.Clone(in.Items)
	if items == nil {
		items = map[string]string{}
	}
	for _, it := range frozen.Agenda {
		if _, interest := late[it.ID]; !interest || !asked(frozen, it, in.Member, in.Written) {
			continue
		}
		if c := items[it.ID]; c == "yes" || c == "no" {
			return in, ballotError([]string{it.ID}, "Bạn đã khai báo xung đột lợi ích ở các trường hợp này nên không biểu quyết",
				"you declared an interest in these items and have no vote on them")
		}
		items[it.ID] = "abstain"
	}
	in.Items = items
	return in, nil
}
