package app

import (
	"bytes"
	"context"
	"strings"
	"time"

	"vinhdanh/internal/council"
	"vinhdanh/internal/minutes"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/tabular"
)

// MinutesDocument is the minutes of a session as blocks: what its page, its PDF and
// its Word file are made of.
type MinutesDocument = minutes.Document

// SheetFile is a file that the application has made.
type SheetFile struct {
	Name      string
	MediaType string
	Content   []byte
}

// Minutes writes the minutes of a closed session from its frozen result.
func (a *App) Minutes(ctx context.Context, s Session, id string) (MinutesDocument, error) {
	v, err := a.SessionView(ctx, s, id)
	if err != nil {
		return MinutesDocument{}, err
	}
	if v.Phase != string(council.PhaseClosed) {
		return MinutesDocument{}, readable(CodeNotReady, "Biên bản lập được khi Chủ trì đã kết thúc phiên họp.",
			"minutes are written once the chair has closed the session")
	}
	in := minutes.Input{
		Council: v.UnitName, Standing: ofStanding(v.CouncilSession), Ref: v.Ref, Title: v.Title, Place: v.Place, HeldOn: v.HeldOn, Content: v.Content,
		Quorum: council.Input{Rules: v.Rules, Roster: make([]council.Seat, len(v.Roster))}.Quorum(), Manner: a.manner(v),
	}
	if v.Until != nil {
		in.Until = *v.Until
	}
	if in.Opened, err = a.timeOf(ctx, v.CaseID, council.ActionOpen); err != nil {
		return MinutesDocument{}, err
	}
	if in.Closed, err = a.timeOf(ctx, v.CaseID, council.ActionClose); err != nil {
		return MinutesDocument{}, err
	}
	secretaries, err := a.Store.Officers(ctx, v.Unit, proposal.RoleSecretary, v.HeldOn.Format(time.DateOnly))
	if err != nil {
		return MinutesDocument{}, internal("read the secretary", err)
	}
	if len(secretaries) > 0 {
		in.Secretary = minutes.Person{Name: secretaries[0].Name, Title: secretaries[0].Title}
	}
	minutesPeople(v, &in)
	if in.Joined, err = a.joinedLate(ctx, v); err != nil {
		return MinutesDocument{}, err
	}
	a.minutesRows(v, &in)
	if in.Quotas, err = a.minutesQuotas(ctx, v); err != nil {
		return MinutesDocument{}, err
	}
	return minutes.Build(in), nil
}

func minutesPeople(v SessionView, in *minutes.Input) {
	names := map[string]string{}
	for _, seat := range v.Roster {
		p := minutes.Person{Name: seat.Name, Title: seat.Title, Written: seat.Written}
		names[seat.User] = seat.Name
		if seat.Chair {
			in.Chair = p
		}
		if seat.Present {
			in.Present = append(in.Present, p)
			continue
		}
		p.Note = seat.Note
		in.Absent = append(in.Absent, p)
	}
	lines := map[string]string{}
	for _, it := range v.Agenda {
		lines[it.Item] = it.Line
	}
	for _, c := range v.Conflicts {
		in.Recused = append(in.Recused, minutes.Recused{Member: names[c.Member], Item: lines[c.Item], Late: c.Kind == ConflictLate, Noted: c.Kind == ConflictNoted})
	}
}

// joinedLate are the proposals that joined late, with the chair's consent.
func (a *App) joinedLate(ctx context.Context, v SessionView) (out []minutes.Joined, err error) {
	rows, err := a.Store.LateOf(ctx, v.ID)
	if err != nil {
		return nil, internal("read the late items", err)
	}
	for _, l := range rows {
		if l.AdmittedAt == nil {
			continue
		}
		j := minutes.Joined{Proposal: l.ProposalRef, Unit: l.UnitName, At: *l.AdmittedAt}
		for _, it := range v.Agenda {
			if it.Proposal == l.Proposal {
				j.Items++
			}
		}
		out = append(out, j)
	}
	return out, nil
}

func (a *App) minutesRows(v SessionView, in *minutes.Input) {
	for _, g := range a.GroupAgenda(v.Agenda) {
		out := minutes.Group{Award: g.AwardName.VI}
		for _, u := range g.Units {
			for _, it := range u.Items {
				if it.Result == nil {
					continue
				}
				row := minutesRow(it, it.Result.Sum, len(v.Roster))
				if it.Result.First != nil {
					first := minutesRow(it, *it.Result.First, len(v.Roster))
					row.First = &first
				}
				if it.Quota != nil && it.Quota.Beyond {
					row.Passed, row.Beyond, row.Deferred = false, true, it.Quota.Defer
				}
				out.Rows = append(out.Rows, row)
			}
		}
		in.Groups = append(in.Groups, out)
	}
}

// minutesRow is one ballot on an item.
func minutesRow(it AgendaItem, sum council.Sum, members int) minutes.Row {
	return minutes.Row{
		Line: it.Line, Unit: it.UnitName, Yes: sum.Yes, No: sum.No, Abstain: sum.Abstain, Invalid: sum.Invalid,
		Silent: max(0, members-sum.Yes-sum.No-sum.Abstain-sum.Invalid), Base: sum.Base, Left: sum.Left, Needed: sum.Needed,
		Tie: sum.Tie, Untaken: sum.Untaken, Passed: sum.Met,
	}
}

// timeOf is when an act on a session took effect; zero where it did not.
func (a *App) timeOf(ctx context.Context, caseID, action string) (time.Time, error) {
	done, err := a.Store.AcceptedAttempts(ctx, caseID, action)
	if err != nil || len(done) == 0 {
		return time.Time{}, err
	}
	return done[len(done)-1].At, nil
}

// MinutesFile is the minutes as a file: pdf or docx.
func (a *App) MinutesFile(ctx context.Context, s Session, id, format string) (SheetFile, error) {
	d, err := a.Minutes(ctx, s, id)
	if err != nil {
		return SheetFile{}, err
	}
	return fileOf(d, format)
}

func fileOf(d MinutesDocument, format string) (out SheetFile, err error) {
	out = SheetFile{Name: d.Name + "." + format, MediaType: "application/pdf"}
	switch format {
	case "pdf":
		out.Content, err = d.PDF()
	case "docx":
		out.MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
		out.Content, err = d.Docx()
	default:
		return SheetFile{}, &Error{Code: CodeNotFound}
	}
	return out, err
}

// AgendaSheet is a session's agenda as Excel or CSV, with the sums once it is closed.
func (a *App) AgendaSheet(ctx context.Context, s Session, id, format string) (SheetFile, error) {
	v, err := a.SessionView(ctx, s, id)
	if err != nil {
		return SheetFile{}, err
	}
	if v.Withheld {
		return SheetFile{}, mustDeclare()
	}
	f := tabular.Format(format)
	t := tabular.Table{
		Name: "chuong-trinh-" + strings.ToLower(strings.ReplaceAll(v.Ref, "HĐ", "hd")), Title: v.Title,
		Lines: []string{v.UnitName, v.Ref + " – " + v.HeldOn.Format("02/01/2006") + " – " + v.Place},
		Columns: []tabular.Column{
			{Heading: "STT", Kind: tabular.Whole, Width: 6}, {Heading: "Danh hiệu, hình thức", Width: 40}, {Heading: "Đơn vị trình", Width: 34},
			{Heading: "Đối tượng", Width: 32}, {Heading: "Chức vụ", Width: 24}, {Heading: "Nơi công tác", Width: 34}, {Heading: "Hồ sơ", Width: 22},
			{Heading: "Ý kiến cấp dưới", Width: 16}, {Heading: "Tán thành", Kind: tabular.Whole, Width: 10},
			{Heading: "Không tán thành", Kind: tabular.Whole, Width: 10}, {Heading: "Không có ý kiến", Kind: tabular.Whole, Width: 10},
			{Heading: "Cần", Kind: tabular.Whole, Width: 8}, {Heading: "Kết quả", Width: 12}, {Heading: "Tán thành lần thứ nhất", Kind: tabular.Whole, Width: 12},
		},
	}
	var b bytes.Buffer
	err = t.Write(&b, f, func(yield func([]any, error) bool) {
		for i, it := range v.Agenda {
			if !yield(agendaRow(i+1, a.awardName(it.Award).VI, it), nil) {
				return
			}
		}
	})
	if err != nil {
		return SheetFile{}, &Error{Code: CodeNotFound, Detail: err.Error()}
	}
	return SheetFile{Name: t.FileName(f), MediaType: f.ContentType(), Content: b.Bytes()}, nil
}

var opinionVi = map[string]string{"propose": "Đề nghị", "not_propose": "Không đề nghị"}

func agendaRow(n int, award string, it AgendaItem) []any {
	row := []any{n, award, it.UnitName, it.Line, it.Content.Position, it.Content.Workplace, it.ProposalRef, opinionVi[it.Opinion]}
	if it.Result == nil {
		return append(row, "", "", "", "", "", "")
	}
	word := "Không đạt"
	switch {
	case it.Result.Passed:
		word = "Đạt"
	case it.Quota != nil && it.Quota.Defer:
		word = "Chưa xét (vượt số lượng)"
	case it.Quota != nil && it.Quota.Beyond:
		word = "Không đạt (vượt số lượng)"
	}
	sum := it.Result.Sum
	var first any = ""
	if it.Result.First != nil {
		first = it.Result.First.Yes
	}
	return append(row, sum.Yes, sum.No, sum.Abstain, sum.Needed, word, first)
}
