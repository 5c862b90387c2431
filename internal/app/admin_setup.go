package app

import (
	"context"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/roster"
)

// SetupTask is one thing that a new installation needs.
type SetupTask struct {
	Code  string   `json:"code"`  // units, bodies, people, roles, campaign, law, mail
	State string   `json:"state"` // todo, doing or done
	Text  law.Text `json:"text"`
	Note  law.Text `json:"note,omitzero"`
}

// UnitKinds are the kinds of unit in words.
func UnitKinds() []Word { return roster.Kinds }

// UnitLevels are the tiers in words.
func UnitLevels() []Word { return roster.Levels }

// PersonRoles are the roles in words.
func PersonRoles() []Word { return roster.Roles }

// SetupTasks is the list of what the first set-up asks for, with what is done: from
// the first link to the first campaign.
func (a *App) SetupTasks(ctx context.Context, s Session) ([]SetupTask, error) {
	r, err := a.reach(ctx, s, true, "setup", "")
	if err != nil {
		return nil, err
	}
	people, err := a.peopleIn(ctx, r, postgres.PersonQuery{})
	if err != nil {
		return nil, err
	}
	campaigns, err := a.Store.Campaigns(ctx)
	if err != nil {
		return nil, internal("read campaigns", err)
	}
	mail, err := a.Store.OutboxCounts(ctx)
	if err != nil {
		return nil, internal("read outbox", err)
	}
	versions, err := a.Store.LawVersions(ctx)
	if err != nil {
		return nil, internal("read law versions", err)
	}
	return setupTasks(r, people, len(campaigns), mail.LastSent != nil, len(versions) > 0), nil
}

func setupTasks(r reach, people []PersonRow, campaigns int, mailed, law_ bool) []SetupTask {
	units, bodies, governed := 0, 0, 0
	for _, u := range r.rows {
		if !r.covers(u.ID) {
			continue
		}
		units++
		if u.Kind == "province" || u.Kind == "commune" || u.Kind == "district" {
			governed++
			if u.Council != "" && u.StandingBody != "" {
				bodies++
			}
		}
	}
	held := map[string]bool{}
	for _, p := range people {
		for _, seat := range p.Seats {
			held[seat.Role] = true
		}
	}
	missing := 0
	for _, w := range roster.Roles {
		if !held[w.Code] {
			missing++
		}
	}
	state := func(done, begun bool) string {
		switch {
		case done:
			return "done"
		case begun:
			return "doing"
		}
		return "todo"
	}
	return []SetupTask{
		{Code: "units", State: state(units > 1, units == 1), Text: law.Text{VI: "Lập cây đơn vị", EN: "Make the tree of units"}, Note: counted(units, "đơn vị", "units")},
		{Code: "bodies", State: state(governed > 0 && bodies == governed, bodies > 0), Text: law.Text{VI: "Nối Hội đồng và cơ quan thường trực cho UBND các cấp", EN: "Connect councils and standing bodies"}, Note: ofCount(bodies, governed)},
		{Code: "people", State: state(len(people) > 1, false), Text: law.Text{VI: "Tạo người dùng", EN: "Make users"}, Note: counted(len(people), "người", "people")},
		{Code: "roles", State: state(missing == 0, missing < len(roster.Roles)-1), Text: law.Text{VI: "Giao đủ các vai trò", EN: "Give every role to somebody"}, Note: counted(missing, "vai trò chưa có người", "roles nobody holds")},
		{Code: "campaign", State: state(campaigns > 0, false), Text: law.Text{VI: "Lập phong trào thi đua đầu tiên", EN: "Make the first campaign"}, Note: counted(campaigns, "phong trào", "campaigns")},
		{Code: "law", State: state(law_, false), Text: law.Text{VI: "Rà soát dữ liệu pháp luật của địa phương", EN: "Look through the law data for your province"}},
		{Code: "mail", State: state(mailed, false), Text: law.Text{VI: "Gửi thử một thư", EN: "Send a test mail"}},
	}
}

func counted(n int, vi, en string) law.Text {
	s := itoa(n)
	return law.Text{VI: s + " " + vi, EN: s + " " + en}
}

func ofCount(n, of int) law.Text {
	s := itoa(n) + " / " + itoa(of)
	return law.Text{VI: s, EN: s}
}
