package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"vinhdanh/internal/council"
	"vinhdanh/internal/postgres"
)

// SecretElectronic says that a session's secret ballots are sealed and held here.
const SecretElectronic = "electronic"

// planOf reads what a draft says of itself. A written consultation ends with the day
// its members are to answer by, which is not before the day they are asked.
func planOf(in DraftSessionInput) (postgres.SessionPlan, error) {
	plan := postgres.SessionPlan{Title: in.Title, Place: in.Place, Mode: string(council.ModeMeeting), Electronic: in.Secret == SecretElectronic}
	var err error
	if plan.HeldOn, err = time.Parse(time.DateOnly, in.HeldOn); err != nil {
		return plan, internal("read the date", err) // the validator has seen to it
	}
	if in.Mode == string(council.ModeStanding) {
		plan.Mode = in.Mode
	}
	if in.Mode != string(council.ModeWritten) {
		return plan, nil
	}
	until, err := time.Parse(time.DateOnly, in.Until)
	if err != nil {
		return plan, internal("read the date", err)
	}
	if until.Before(plan.HeldOn) {
		e := readable(CodeInvalid, "Hạn trả lời phải từ ngày gửi phiếu lấy ý kiến trở đi.", "the day to answer by is not before the day the members are asked")
		e.Fields = []FieldError{{Field: "until", Rule: "after"}}
		return plan, e
	}
	plan.Mode, plan.Until = string(council.ModeWritten), &until
	return plan, nil
}

func ofStanding(row postgres.CouncilSession) bool { return row.Mode == string(council.ModeStanding) }

// whoSits are the people of a council's roster who sit in a session: all of them, or in
// a session of the standing members these.
func whoSits(row postgres.CouncilSession, people []postgres.RosterSeat) []postgres.RosterSeat {
	if !ofStanding(row) {
		return people
	}
	return slices.DeleteFunc(slices.Clone(people), func(p postgres.RosterSeat) bool { return !p.Standing })
}

// mustAll names an item that the standing members do not deal with alone.
func mustAll(it postgres.CouncilItem) error {
	return readable(CodeNotReady,
		fmt.Sprintf("Hồ sơ %s phải được toàn thể Hội đồng xét, Thường trực Hội đồng không xét riêng được; hãy đưa ra khỏi chương trình hoặc chọn họp toàn thể.", it.ProposalRef),
		fmt.Sprintf("the whole Council has to deal with proposal %s: take it off the agenda, or choose a meeting of all", it.ProposalRef))
}

func inWriting(row postgres.CouncilSession) bool { return row.Mode == string(council.ModeWritten) }

// consulting makes a session's input a written consultation where its draft says so;
// answers are taken until the end of the last day in Asia/Ho_Chi_Minh, counted from
// the application's own today, which is another day on an instance that rehearses.
func (a *App) consulting(row postgres.CouncilSession, in *council.Input) error {
	if !inWriting(row) || row.Until == nil {
		return nil
	}
	today, err := time.Parse(time.DateOnly, a.Today().String())
	if err != nil {
		return internal("read today's date", err)
	}
	days := int(row.Until.Sub(today).Hours() / 24)
	if days < 0 {
		return readable(CodeNotReady, "Hạn trả lời của phiếu lấy ý kiến đã qua; hãy sửa hạn trước khi triệu tập.",
			"the day to answer by has passed: change it before convening")
	}
	now := time.Now().In(zoneVN)
	in.Mode = council.ModeWritten
	in.Until = time.Date(now.Year(), now.Month(), now.Day()+days, 23, 59, 59, 0, zoneVN).UTC()
	return nil
}

// mustMeet names an item that the Council cannot deal with in writing.
func mustMeet(it postgres.CouncilItem) error {
	return readable(CodeNotReady,
		fmt.Sprintf("Hồ sơ %s phải được Hội đồng họp xét, không lấy ý kiến bằng văn bản được; hãy đưa ra khỏi chương trình hoặc chọn họp.", it.ProposalRef),
		fmt.Sprintf("the Council has to meet on proposal %s: take it off the agenda, or choose a meeting", it.ProposalRef))
}

// mayCount tells the chair in words why a written consultation cannot be counted
// yet; the session itself refuses it all the same.
func (a *App) mayCount(ctx context.Context, row postgres.CouncilSession) error {
	if !inWriting(row) || row.Phase != string(council.PhaseOpen) {
		return nil
	}
	in, err := inputOf(row)
	if err != nil {
		return err
	}
	ballots, err := a.Store.BallotsOf(ctx, row.ID)
	if err != nil {
		return internal("read who has answered", err)
	}
	if in.AllSecret() {
		return nil
	}
	return tooEarly(row, in, len(ballots))
}

// tooEarly says that a consultation goes on: fewer than all have answered in time.
func tooEarly(row postgres.CouncilSession, in council.Input, answers int) error {
	if time.Now().Before(in.Until) && answers < len(in.Roster) {
		return readable(CodeNotReady,
			fmt.Sprintf("Chưa hết hạn trả lời (hết ngày %s) và mới có %d/%d thành viên trả lời; tổng hợp được khi hết hạn hoặc khi mọi thành viên đã trả lời.",
				row.Until.Format("02/01/2006"), answers, len(in.Roster)),
			fmt.Sprintf("answers are taken until the end of %s and %d of %d members have answered: it is counted then, or once everybody has answered",
				row.Until.Format(time.DateOnly), answers, len(in.Roster)))
	}
	return nil
}
