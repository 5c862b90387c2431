package app

import (
	"context"
	"maps"
	"slices"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
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

// recuse puts on record in the session what a member declared after its convening:
// the member has no vote on the items any more.
func (a *App) recuse(ctx context.Context, s Session, row postgres.CouncilSession, in InterestsInput) error {
	if row.Number == 0 || len(in.Conflicts) == 0 {
		return nil
	}
	frozen, err := inputOf(row)
	if err != nil {
		return err
	}
	actor, ok := s.may("session.declare", sessionPlace(row).In(""))
	if !ok {
		return &Error{Code: CodeForbidden}
	}
	told, err := a.declaredIn(ctx, row.ID)
	if err != nil {
		return err
	}
	late := told.late(frozen, s.User) // also what an earlier try left undone
	var open, secret, done []string   // by how they are voted on: a secret ballot that is cast is not found again
	for _, it := range frozen.Agenda {
		_, named := late[it.ID]
		switch {
		case !named:
		case !frozen.Voting(it):
			if slices.ContainsFunc(in.Conflicts, func(c Conflict) bool { return c.Item == it.ID }) {
				done = append(done, it.ID)
			}
		case frozen.Rules[it.Rule].Ballot == council.BallotSecret:
			secret = append(secret, it.ID)
		default:
			open = append(open, it.ID)
		}
	}
	for _, part := range []struct {
		items []string
		nonce string
	}{{open, in.Nonce}, {secret, in.Nonce + ".secret"}} {
		if len(part.items) == 0 {
			continue
		}
		d := council.RecuseData{Member: s.User, Items: part.items}
		if _, err := a.sessionAct(ctx, s, row, actor, council.ActionRecuse, part.nonce, d); err != nil {
			return ballotOver(err)
		}
	}
	if len(done) > 0 {
		return ballotOver(&Error{Code: envelope.CodeStage})
	}
	return nil
}

// ballotOver says in words that a declaration came after the ballot of its item.
func ballotOver(err error) error {
	if asError(err).Code != envelope.CodeStage {
		return err
	}
	return readable(CodeConflict,
		"Khai báo đã được ghi nhận, nhưng có trường hợp mà phiếu của bạn đã bỏ kín, đang kiểm hoặc đã kết thúc, không rút ra được. Hãy báo ngay Chủ trì, Thư ký.",
		"your declaration is on record, but the ballot of an item is cast in secret, being counted or over and cannot be taken out: tell the chair or the secretary at once")
}
