package app

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/google/uuid"

	"vinhdanh/internal/decision"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// HandoverList is who gets what of an issued decision (danh sách nhận, ký nhận):
// by payer and by unit, with how far it has been handed over.
type HandoverList struct {
	Decision postgres.Decision `json:"decision"`
	Abstract string            `json:"abstract"`
	Award    string            `json:"award_name"`
	AwardEn  string            `json:"award_name_en"`
	Payer    string            `json:"payer"` // the fund that the decision names
	Units    []HandoverUnit    `json:"units"`
	Count    int               `json:"count"`
	Given    int               `json:"given"`
	Total    int64             `json:"total"` // đồng
	MayMark  bool              `json:"may_mark"`
}

// HandoverUnit are the recipients of one proposing unit.
type HandoverUnit struct {
	Unit  string         `json:"unit"`
	Name  string         `json:"name"`
	Lines []HandoverLine `json:"lines"`
	Total int64          `json:"total"` // đồng
}

// HandoverLine is one recipient.
type HandoverLine struct {
	Position int                `json:"position"` // in the decision
	Item     string             `json:"item"`
	Kind     string             `json:"kind"`
	Line     string             `json:"line"`
	Office   string             `json:"office,omitempty"`
	Place    string             `json:"workplace,omitempty"`
	Amount   int64              `json:"amount"`         // đồng
	Mark     *postgres.Handover `json:"mark,omitempty"` // the latest that stands
}

// Handover reads the hand-over list of an issued decision. The authority's
// registrar and signer, the standing body and auditors read all of it; a proposing
// unit reads its own recipients.
func (a *App) Handover(ctx context.Context, s Session, id string) (HandoverList, error) {
	row, in, err := a.readDecision(ctx, s, id)
	if err != nil {
		return HandoverList{}, err
	}
	out := HandoverList{Decision: row, Payer: in.Fund, Units: []HandoverUnit{}, MayMark: s.mayKeep(row)}
	name := a.awardName(row.Award)
	out.Award, out.AwardEn = name.VI, name.EN
	if row.Phase != proposal.IssuanceNumbered || revokes(row) {
		return out, readable(CodeNotReady, "Quyết định chưa ban hành nên chưa có gì để trao.", "the decision is not issued yet; nothing is handed over")
	}
	if doc, err := numbered(in, row); err == nil {
		out.Abstract = doc.Abstract
	}
	items, err := a.Store.ItemsOfDecision(ctx, row.ID)
	if err != nil {
		return out, internal("read the decision's items", err)
	}
	marks, err := a.Store.HandoversOf(ctx, row.ID)
	if err != nil {
		return out, internal("read what was handed over", err)
	}
	of := map[string]*postgres.Handover{}
	for i, m := range marks {
		if m.State != "undone" {
			of[m.Item] = &marks[i]
		}
	}
	for i, it := range items {
		if a.mayReadLine(s, row, it.Unit) {
			out.add(i+1, it, of[it.Item])
		}
	}
	return out, nil
}

// mayReadLine: how other units fared is not a proposing unit's business.
func (a *App) mayReadLine(s Session, row postgres.Decision, unit string) bool {
	at := decisionPlace(row)
	at.Units[permission.Own] = []permission.Spot{{Unit: unit}}
	return s.reads("decision.line", at)
}

func (l *HandoverList) add(position int, it postgres.CouncilItem, mark *postgres.Handover) {
	i := -1
	for n := range l.Units {
		if l.Units[n].Unit == it.Unit {
			i = n
		}
	}
	if i < 0 {
		i = len(l.Units)
		l.Units = append(l.Units, HandoverUnit{Unit: it.Unit, Name: it.UnitName})
	}
	u := &l.Units[i]
	u.Lines = append(u.Lines, HandoverLine{
		Position: position, Item: it.Item, Kind: it.Content.Kind, Line: it.Content.PrintedLine(), Office: it.Content.Position,
		Place: it.Content.Workplace, Amount: it.Amount, Mark: mark,
	})
	u.Total += it.Amount
	l.Total += it.Amount
	l.Count++
	if mark != nil {
		l.Given++
	}
}

// HandoverInput marks items as given, as received, or takes a mark back.
type HandoverInput struct {
	Items    []string `json:"items" validate:"required,min=1,max=5000,dive,uuid"`
	State    string   `json:"state" validate:"oneof=given received undone"`
	Date     string   `json:"date,omitempty" validate:"omitempty,datetime=2006-01-02"` // empty: today
	Receiver string   `json:"receiver,omitempty" validate:"required_if=State received,max=200"`
	Note     string   `json:"note,omitempty" validate:"max=500"`
	Nonce    string   `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// MarkHandover puts on record that awards and money of an issued decision were
// given, or received and by whom: the authority's registrar only. Marks are never
// changed; a later one stands in place of an earlier one.
func (a *App) MarkHandover(ctx context.Context, s Session, id string, in HandoverInput) (HandoverList, error) {
	if err := a.check(in); err != nil {
		return HandoverList{}, err
	}
	list, err := a.Handover(ctx, s, id)
	if err != nil {
		return list, err
	}
	if !list.MayMark {
		return list, a.refuse(ctx, s, "handover", list.Decision.CaseID, readable(CodeForbidden,
			"Chỉ văn thư của cơ quan ban hành ghi việc trao nhận.", "only the issuing body's registrar marks what is handed over"))
	}
	date := civilDay(a.Today())
	if in.Date != "" {
		if date, err = time.Parse(time.DateOnly, in.Date); err != nil {
			return list, internal("read the date", err) // the validator has seen to it
		}
	}
	switch {
	case date.After(civilDay(a.Today())):
		return list, &Error{Code: CodeInvalid, Vi: "Ngày trao không được sau hôm nay.", En: "the day of handing over must not lie in the future", Fields: []FieldError{{Field: "date", Rule: "future"}}}
	case list.Decision.NumberDate != nil && date.Before(*list.Decision.NumberDate):
		return list, &Error{Code: CodeInvalid, Vi: "Ngày trao không được trước ngày ban hành.", En: "the day of handing over must not lie before the day of issue", Fields: []FieldError{{Field: "date", Rule: "early"}}}
	}
	nonce := formNonce(s, in.Nonce)
	if nonce == "" {
		nonce = uuid.NewString()
	}
	_, err = a.Store.MarkHandover(ctx, postgres.HandoverMark{
		Decision: list.Decision.ID, Items: in.Items, State: in.State, OnDate: date, Receiver: in.Receiver, Note: in.Note, Nonce: nonce, User: s.User,
	})
	if err != nil {
		return list, internal("mark what was handed over", err)
	}
	return a.Handover(ctx, s, id)
}

// HandoverSheet is the hand-over list as a table to be signed on.
func HandoverSheet(v HandoverList, locale string) Sheet {
	t := Sheet{
		Name: "danh-sach-nhan-" + slug(v.Decision.Ref),
		Title: pick(locale, "Danh sách nhận khen thưởng theo Quyết định số ", "Recipients under Decision No. ") + v.Decision.NumberText +
			" · " + pick(locale, "Nguồn chi: ", "Paid by: ") + v.Payer,
		Columns: words(locale, "STT|No.", "Đơn vị|Unit", "Họ và tên, tập thể|Recipient", "Chức vụ, nơi công tác|Position, workplace",
			"Hình thức|Award", "Tiền thưởng (đồng)|Sum (đồng)", "Ngày nhận|Received on", "Người nhận|Received by", "Ký nhận|Signature"),
		Rows: [][]string{}, money: []int{5},
	}
	for _, u := range v.Units {
		for _, l := range u.Lines {
			day, who := "", ""
			if l.Mark != nil {
				day, who = l.Mark.OnDate.Format("02/01/2006"), l.Mark.Receiver
			}
			t.Rows = append(t.Rows, []string{
				strconv.Itoa(l.Position), u.Name, l.Line, joinComma(l.Office, l.Place), pick(locale, v.Award, v.AwardEn),
				strconv.FormatInt(l.Amount, 10), day, who, "",
			})
		}
	}
	return t
}

// ExportHandover is the file of Handover.
func (a *App) ExportHandover(ctx context.Context, s Session, id, format, locale string) (Export, error) {
	v, err := a.Handover(ctx, s, id)
	if err != nil {
		return Export{}, err
	}
	leave, err := a.costly.enter(ctx, s.User)
	if err != nil {
		return Export{}, err
	}
	defer leave()
	return HandoverSheet(v, locale).File(format)
}

func joinComma(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}

// draftOf reads what a decision's text is made of.
func draftOf(row postgres.Decision) (decision.Input, error) {
	var in decision.Input
	err := json.Unmarshal(row.Draft, &in)
	return in, err
}
