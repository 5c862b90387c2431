package app

import (
	"context"
	"strings"

	"vinhdanh/internal/law"
)

// filterWords name the parts of a filter, in the order in which they are told.
var filterWords = []struct {
	name rule
	of   func(q ListQuery) string
	word string // group of the value's word, "award", or "" for the value itself
}{
	{rule{"từ", "words"}, func(q ListQuery) string { return q.Text }, ""},
	{rule{"tình trạng", "state"}, func(q ListQuery) string { return q.State }, "state"},
	{rule{"bước", "stage"}, func(q ListQuery) string { return q.Stage }, "stage"},
	{rule{"hình thức", "award"}, func(q ListQuery) string { return q.Award }, "award"},
	{rule{"đơn vị", "unit"}, func(q ListQuery) string { return q.Unit }, ""},
	{rule{"phong trào", "campaign"}, func(q ListQuery) string { return q.Campaign }, ""},
	{rule{"thời gian", "period"}, func(q ListQuery) string { return q.Period }, ""},
	{rule{"kết quả", "outcome"}, func(q ListQuery) string { return q.Outcome }, "status"},
	{rule{"đối tượng", "kind"}, func(q ListQuery) string { return q.Kind }, "kind"},
	{rule{"nhóm", "class"}, func(q ListQuery) string { return q.Class }, "class"},
	{rule{"đang chờ vai trò", "waits for the role"}, func(q ListQuery) string { return q.Role }, "role"},
	{rule{"gửi từ ngày", "sent from"}, func(q ListQuery) string { return day(q.From) }, ""},
	{rule{"gửi đến ngày", "sent to"}, func(q ListQuery) string { return day(q.To) }, ""},
	{rule{"", ""}, func(q ListQuery) string { return flag(q.Late, "late") }, "flag"},
	{rule{"", ""}, func(q ListQuery) string { return flag(q.Mine, "mine") }, "flag"},
	{rule{"", ""}, func(q ListQuery) string { return flag(q.Own, "own") }, "flag"},
	{rule{"", ""}, func(q ListQuery) string { return flag(q.Subject != "", "subject") }, "flag"},
	{rule{"", ""}, func(q ListQuery) string { return flag(q.Decision != "", "decision") }, "flag"},
}

var filterValues = map[string]rule{
	"flag.late": {"quá hạn", "late"}, "flag.mine": {"đang chờ tôi", "waits for me"}, "flag.own": {"của đơn vị tôi", "of my units"},
	"flag.subject": {"một đối tượng", "one person or collective"}, "flag.decision": {"của một quyết định", "of one decision"},
	"state.draft": {"đang soạn", "draft"}, "state.open": {"đang xử lý", "open"}, "state.returned": {"yêu cầu bổ sung", "returned"},
	"state.on_hold": {"tạm dừng xét", "on hold"}, "state.closed": {"đã kết thúc", "closed"},
	"status.pending": {"chưa có kết quả", "still open"}, "class.leader": {"lãnh đạo, quản lý", "leaders"},
	"class.direct": {"trực tiếp lao động, công tác", "direct workers"},
	"role.clerk":   {"người làm công tác thi đua, khen thưởng", "clerk"}, "role.unit_head": {"thủ trưởng đơn vị", "unit head"},
	"role.reviewer": {"người xét duyệt", "reviewer"}, "role.appraiser": {"chuyên viên thẩm định", "appraiser"},
	"role.standing_head": {"lãnh đạo cơ quan thường trực", "head of the standing body"}, "role.secretary": {"Thư ký Hội đồng", "council secretary"},
	"role.member": {"ủy viên Hội đồng", "council member"}, "role.chair": {"chủ trì phiên họp", "chair"},
	"role.signer": {"người ký", "signer"}, "role.registrar": {"văn thư", "registrar"},
}

// words tells a filter in one line, as a printed list carries it.
func (q ListQuery) words(locale string, a *App) string {
	var parts []string
	for _, f := range filterWords {
		v := f.of(q)
		if v == "" {
			continue
		}
		switch {
		case f.word == "award":
			v = a.awardIn(v, locale)
		case f.word != "":
			if w, ok := filterValues[f.word+"."+v]; ok {
				v = pick(locale, w.vi, w.en)
			} else {
				v = strings.ToLower(ListWord(locale, f.word, v))
			}
		}
		if n := pick(locale, f.name.vi, f.name.en); n != "" {
			v = n + " " + v
		}
		parts = append(parts, v)
	}
	return strings.Join(parts, "; ")
}

// FilterWords tells a query's filter in one line, for the page as it is printed.
func (a *App) FilterWords(q ListQuery, locale string) string { return q.words(locale, a) }

func flag(on bool, name string) string {
	if on {
		return name
	}
	return ""
}

func day(iso string) string {
	d, err := law.ParseDate(iso)
	if err != nil {
		return iso
	}
	return d.VN()
}

// AwardChoice is an award to filter by.
type AwardChoice struct{ Code, Name string }

// AwardNames lists the awards of the law in force today by name, for a choice.
func (a *App) AwardNames(locale string) []AwardChoice {
	awards, err := a.law().Awards(a.Today())
	if err != nil {
		return nil
	}
	out := make([]AwardChoice, len(awards))
	for i, w := range awards {
		out[i] = AwardChoice{Code: w.Code, Name: pick(locale, w.Names.VI, orElse(w.Names.EN, w.Names.VI))}
	}
	return out
}

// FilterValue is a part of a filter as people read it: a unit's name where the
// reader holds a role, a code's word, or nothing for what only ids name.
func (a *App) FilterValue(ctx context.Context, s Session, name, value, locale string) string {
	switch name {
	case "unit":
		if u, err := a.Store.UnitByID(ctx, value); err == nil && len(s.Memberships) > 0 {
			return u.Name
		}
	case "subject", "decision":
		return ""
	}
	if w, ok := filterValues[name+"."+value]; ok {
		return pick(locale, w.vi, w.en)
	}
	return ListWord(locale, name, value)
}
