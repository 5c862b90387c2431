package app

import (
	"context"
	"encoding/json"
	"slices"
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
	Given    int               `json:"given"` // objects (certificate, medal, gift) handed over
	Paid     int               `json:"paid"`  // items whose money was paid
	Total    int64             `json:"total"` // đồng
	PaidSum  int64             `json:"paid_sum"`
	Revoked  int               `json:"revoked,omitempty"` // awards that were revoked since
	MayMark  bool              `json:"may_mark"`
	// Certificates: the reader may see and print them.
	Certificates bool `json:"certificates,omitempty"`
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
	Gold     string             `json:"gold,omitempty"`  // number in the gold book: 17/2023
	Amount   int64              `json:"amount"`          // đồng
	Mark     *postgres.Handover `json:"mark,omitempty"`  // the latest about the object that stands
	Money    *postgres.Handover `json:"money,omitempty"` // the latest about the money that stands
	// Posthumous: the family receives it (truy tặng).
	Posthumous bool `json:"posthumous,omitempty"`
	// Revoked is the decision that revoked it; ObjectBack and MoneyBack say what came back.
	Revoked    *postgres.RevokedItem `json:"revoked,omitempty"`
	ObjectBack *postgres.AwardReturn `json:"object_back,omitempty"`
	MoneyBack  *postgres.AwardReturn `json:"money_back,omitempty"`
	Several    *SeveralNote          `json:"several,omitempty"` // the rule about several awards at once
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
	if row.Phase == proposal.IssuanceNumbered && !row.Gives() {
		return out, nothingGiven()
	}
	if row.Phase != proposal.IssuanceNumbered {
		return out, readable(CodeNotReady, "Quyết định chưa ban hành nên chưa có gì để trao.", "the decision is not issued yet; nothing is handed over")
	}
	if doc, err := numbered(in, row); err == nil {
		out.Abstract = doc.Abstract
	}
	return out, a.handoverLines(ctx, s, row, in, &out)
}

// nothingGiven answers who asks what a correcting or revoking decision gives.
func nothingGiven() *Error {
	return readable(CodeNotReady, "Quyết định đính chính, hủy bỏ không trao gì; hãy mở quyết định khen thưởng.",
		"a decision that corrects or revokes gives nothing; open the decision that awards")
}

// handoverLines fills the list with what the reader may see of it.
func (a *App) handoverLines(ctx context.Context, s Session, row postgres.Decision, in decision.Input, out *HandoverList) error {
	items, err := a.Store.ItemsOfDecision(ctx, row.ID)
	if err != nil {
		return internal("read the decision's items", err)
	}
	marks, err := a.Store.HandoverMarks(ctx, row.ID)
	if err != nil {
		return internal("read what was handed over", err)
	}
	entered, err := a.Store.CertificatesOf(ctx, row.ID)
	if err != nil {
		return internal("read the certificates", err)
	}
	gold := map[string]string{}
	for _, c := range entered {
		if c.ReplacedBy == nil {
			gold[c.Item] = goldText(c.Number, c.Year)
		}
	}
	several, err := a.severalOf(ctx, row.Award, items, row.NumberDate)
	if err != nil {
		return err
	}
	_, out.Certificates = s.may("certificate.read", decisionPlace(row))
	object, money, dead := marksWithout(marks, "money"), marksWithout(marks, "object"), posthumous(in)
	for i, it := range items {
		if a.mayReadLine(s, row, it.Unit) {
			out.add(it, HandoverLine{Position: i + 1, Gold: gold[it.Item], Mark: object[it.Item], Money: money[it.Item], Posthumous: dead[i], Several: noteOf(several, it.Item)})
		}
	}
	return a.returned(ctx, out)
}

// marksWithout gives each item's latest mark, leaving out those about the other thing; a
// mark that was taken back is none.
func marksWithout(marks []postgres.Handover, other string) map[string]*postgres.Handover {
	out := map[string]*postgres.Handover{}
	for i, m := range marks {
		switch {
		case m.Thing == other:
		case m.State == "undone":
			delete(out, m.Item)
		default:
			out[m.Item] = &marks[i]
		}
	}
	return out
}

// posthumous tells which of a decision's items, by place, the family receives.
func posthumous(in decision.Input) map[int]bool {
	out, n := map[int]bool{}, 0
	for _, p := range in.Awards {
		for _, it := range p.Items {
			out[n] = it.Posthumous
			n++
		}
	}
	return out
}

// mayReadLine: how other units fared is not a proposing unit's business.
func (a *App) mayReadLine(s Session, row postgres.Decision, unit string) bool {
	at := decisionPlace(row)
	at.Units[permission.Own] = []permission.Spot{{Unit: unit}}
	return s.reads("decision.line", at)
}

// add completes a line and puts it with its unit.
func (l *HandoverList) add(it postgres.CouncilItem, line HandoverLine) {
	i := slices.IndexFunc(l.Units, func(u HandoverUnit) bool { return u.Unit == it.Unit })
	if i < 0 {
		i = len(l.Units)
		l.Units = append(l.Units, HandoverUnit{Unit: it.Unit, Name: it.UnitName})
	}
	line.Item, line.Kind, line.Line, line.Office = it.Item, it.Content.Kind, it.Content.PrintedLine(), it.Content.Position
	line.Place, line.Amount = it.Content.Workplace, it.Amount
	u := &l.Units[i]
	u.Lines = append(u.Lines, line)
	u.Total += it.Amount
	l.Total += it.Amount
	l.Count++
	if line.Mark != nil {
		l.Given++
	}
	if line.Money != nil && it.Amount > 0 {
		l.Paid++
		l.PaidSum += it.Amount
	}
}

// HandoverInput marks items as given, as received, or takes a mark back.
type HandoverInput struct {
	Items    []string `json:"items" validate:"required,min=1,max=5000,dive,uuid"`
	Thing    string   `json:"thing,omitempty" validate:"omitempty,oneof=all object money"` // empty: all
	State    string   `json:"state" validate:"oneof=given received undone"`
	Date     string   `json:"date,omitempty" validate:"omitempty,datetime=2006-01-02"` // empty: today
	Receiver string   `json:"receiver,omitempty" validate:"required_if=State received,max=200"`
	Relation string   `json:"relation,omitempty" validate:"max=100"` // of who receives for somebody who has died
	Note     string   `json:"note,omitempty" validate:"max=500"`
	Nonce    string   `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// MarkHandover puts on record that awards and money of an issued decision were
// given, or received and by whom: the authority's registrar only. What is given
// posthumously the family receives, so the relation is asked for. Marks are never
// changed; a later one stands in place of an earlier one about the same thing.
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
	if in.State == "received" && in.Relation == "" && list.posthumous(in.Items) {
		return list, &Error{Code: CodeInvalid, Vi: "Có trường hợp truy tặng: hãy ghi quan hệ của người nhận với người được truy tặng.",
			En: "some of it is awarded posthumously: say how the receiver is related to who has died", Fields: []FieldError{{Field: "relation", Rule: "required"}}}
	}
	nonce := formNonce(s, in.Nonce)
	if nonce == "" {
		nonce = uuid.NewString()
	}
	_, err = a.Store.MarkHandover(ctx, postgres.HandoverMark{
		Decision: list.Decision.ID, Items: in.Items, Thing: orElse(in.Thing, "all"), State: in.State, OnDate: date,
		Receiver: in.Receiver, Relation: in.Relation, Note: in.Note, Nonce: nonce, User: s.User,
	})
	if err != nil {
		return list, internal("mark what was handed over", err)
	}
	return a.Handover(ctx, s, id)
}

// posthumous tells whether any of the items is for somebody who has died.
func (l HandoverList) posthumous(items []string) bool {
	for _, u := range l.Units {
		for _, line := range u.Lines {
			if line.Posthumous && slices.Contains(items, line.Item) {
				return true
			}
		}
	}
	return false
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

func joinComma(a, b string) string { return joinWith(", ", a, b) }

func joinWith(mark, a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + mark + b
}

// draftOf reads what a decision's text is made of.
func draftOf(row postgres.Decision) (decision.Input, error) {
	var in decision.Input
	err := json.Unmarshal(row.Draft, &in)
	return in, err
}
