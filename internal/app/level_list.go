package app

import (
	"cmp"
	"context"
	"io"
	"maps"
	"slices"
	"time"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/tabular"
)

// LevelQuery chooses what a level has sent up: by the days on which it did, award
// and proposing unit. Number and Date are those of the level's own tờ trình, for
// the heading of the list.
type LevelQuery struct {
	From   string `json:"from,omitempty" validate:"omitempty,datetime=2006-01-02"`
	To     string `json:"to,omitempty" validate:"omitempty,datetime=2006-01-02"`
	Award  string `json:"award,omitempty" validate:"max=60"`
	Unit   string `json:"unit,omitempty" validate:"max=100"`
	Number string `json:"number,omitempty" validate:"max=60"`
	Date   string `json:"date,omitempty" validate:"omitempty,datetime=2006-01-02"`
}

// LevelList is what the reader's level said of items of many units, in the order of
// a tờ trình: award, proposing unit, the unit's own order.
type LevelList struct {
	Level    string           `json:"level"` // name of the level's unit
	Rows     []LevelRow       `json:"rows"`
	Proposed int              `json:"proposed"`
	Refused  int              `json:"refused"`
	Quotas   []law.QuotaCount `json:"quotas"` // counted over what is proposed
	Cut      bool             `json:"cut"`    // there are more cases than the list takes; narrow it
}

// LevelRow is one item of it.
type LevelRow struct {
	ID         string               `json:"id"` // of the proposal
	Ref        string               `json:"ref"`
	UnitName   string               `json:"unit_name"`
	Award      string               `json:"award"`
	AwardNames law.Text             `json:"award_names"`
	Position   int                  `json:"position"`
	Item       string               `json:"item"`
	Content    proposal.ItemContent `json:"content"`
	Opinion    string               `json:"opinion"`
	Reason     string               `json:"reason,omitempty"`
	At         time.Time            `json:"at"`

	regime, subject, unit, campaign string
}

// levelCases is how many cases one list takes.
const levelCases = 500

// LevelList lists the items that the reader's level has sent up, or did not propose.
func (a *App) LevelList(ctx context.Context, s Session, q LevelQuery) (LevelList, error) {
	return a.levelList(ctx, s, q, "")
}

// levelList is LevelList of one of the reader's units, "" of all of them.
func (a *App) levelList(ctx context.Context, s Session, q LevelQuery, level string) (LevelList, error) {
	out := LevelList{Rows: []LevelRow{}}
	if err := a.check(q); err != nil {
		return out, err
	}
	sc := s.scope()
	ps, err := a.Store.PassedBy(ctx, sc.Units, sc.Roles, q.Award, q.Unit, levelCases+1)
	if err != nil {
		return out, internal("list what was sent up", err)
	}
	if len(ps) > levelCases {
		ps, out.Cut = ps[:levelCases], true
	}
	said, err := a.levelSaid(ctx, s, ps, q, level)
	if err != nil {
		return out, err
	}
	items, err := a.Store.ItemsSent(ctx, slices.Sorted(maps.Keys(said)))
	if err != nil {
		return out, internal("read items", err)
	}
	of := map[string][]postgres.Item{}
	for _, it := range items {
		of[it.Proposal] = append(of[it.Proposal], it)
	}
	for _, p := range ps {
		a.levelRows(p, of[p.ID], said, &out)
	}
	list := []quotaItem{}
	for _, r := range out.Rows {
		if r.Opinion == string(proposal.OpinionPropose) {
			list = append(list, quotaItem{Regime: r.regime, Unit: r.unit, Award: r.Award, Subject: r.subject, Campaign: r.campaign, Item: r.Item, Proposal: r.ID, Content: r.Content})
		}
	}
	if out.Quotas, err = a.quotas(ctx, list); err != nil {
		return out, err
	}
	slices.SortStableFunc(out.Rows, func(x, y LevelRow) int {
		return cmp.Or(cmp.Compare(x.Award, y.Award), cmp.Compare(x.UnitName, y.UnitName), cmp.Compare(x.Ref, y.Ref), cmp.Compare(x.Position, y.Position))
	})
	return out, nil
}

// levelSaid is what the reader's units said last of the items of cases, by item. The
// records of all the cases are read at once.
func (a *App) levelSaid(ctx context.Context, s Session, ps []postgres.Proposal, q LevelQuery, level string) (map[string]Said, error) {
	out := map[string]Said{}
	recs, err := a.records(ctx, ps)
	for _, rec := range recs {
		for item, all := range rec.opinions() {
			for _, x := range all {
				if _, mine := s.can("level.list", permission.Stage, x.Unit); mine && (level == "" || x.Unit == level) && x.Opinion != "" && q.within(x.At) {
					out[item] = x
				}
			}
		}
	}
	return out, err
}

// levelRows adds the items of a case of which something was said.
func (a *App) levelRows(p postgres.Proposal, items []postgres.Item, said map[string]Said, out *LevelList) {
	for _, it := range items {
		x := said[it.ID]
		r := LevelRow{
			ID: p.ID, Ref: p.Ref, UnitName: p.UnitName, Award: p.Award, AwardNames: a.namesOf(p.Award), Position: it.Position, Item: it.ID, Content: it.Content,
			Opinion: x.Opinion, Reason: x.Reason, At: x.At, regime: p.Regime, subject: it.Subject, unit: p.Unit, campaign: deref(p.Campaign),
		}
		if out.Level = x.UnitName; x.Opinion == string(proposal.OpinionPropose) {
			out.Proposed++
		} else {
			out.Refused++
		}
		out.Rows = append(out.Rows, r)
	}
}

func errLevelCut() error {
	return &Error{Code: CodeTooLarge, Vi: "Danh sách quá dài; hãy thu hẹp theo ngày, danh hiệu hoặc đơn vị.", En: "The list is too long; narrow it by day, award or unit."}
}

// within tells whether an instant lies on the days that are asked for.
func (q LevelQuery) within(at time.Time) bool {
	day := law.FromTime(at).String()
	return (q.From == "" || day >= q.From) && (q.To == "" || day <= q.To)
}

// WriteLevelList writes the list of a level's tờ trình: what it proposes, for the
// level above.
func (a *App) WriteLevelList(ctx context.Context, s Session, q LevelQuery, format, locale string, w io.Writer) error {
	v, err := a.LevelList(ctx, s, q)
	if err != nil {
		return err
	}
	if v.Cut {
		return errLevelCut()
	}
	word := func(vi, en string) string { return pick(locale, vi, en) }
	t := tabular.Table{
		Name: "danh-sach-trinh", Title: word("Danh sách đề nghị khen thưởng", "List of those proposed"), Lines: []string{v.Level},
		Columns: []tabular.Column{
			{Heading: word("STT", "No."), Kind: tabular.Whole, Width: 6}, {Heading: word("Họ và tên, tên tập thể", "Name"), Width: 34},
			{Heading: word("Năm sinh", "Year of birth"), Kind: tabular.Whole, Width: 10}, {Heading: word("Chức vụ", "Position"), Width: 24},
			{Heading: word("Đơn vị công tác", "Workplace"), Width: 34}, {Heading: word("Danh hiệu, hình thức đề nghị", "Award"), Width: 34},
			{Heading: word("Tóm tắt thành tích", "Achievement"), Width: 60}, {Heading: word("Đơn vị trình", "Proposing unit"), Width: 34},
			{Heading: word("Hồ sơ", "Case"), Width: 26},
		},
	}
	if q.Number != "" || q.Date != "" {
		line := word("Kèm theo Tờ trình số ", "With letter No. ") + q.Number
		if d, err := law.ParseDate(q.Date); err == nil {
			line += word(" ngày ", " of ") + d.VN()
		}
		t.Lines = append(t.Lines, line)
	}
	return listed(t.Write(w, tabular.Format(format), func(yield func([]any, error) bool) {
		n := 0
		for _, r := range v.Rows {
			if r.Opinion != string(proposal.OpinionPropose) {
				continue
			}
			n++
			var born any
			if r.Content.BirthYear > 0 {
				born = r.Content.BirthYear
			}
			row := []any{n, r.Content.PrintedLine(), born, r.Content.Position, r.Content.Workplace, word(r.AwardNames.VI, r.AwardNames.EN), r.Content.Achievement, r.UnitName, r.Ref}
			if !yield(row, nil) {
				return
			}
		}
	}))
}
