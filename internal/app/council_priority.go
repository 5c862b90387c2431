package app

import (
	"context"
	"fmt"
	"slices"

	"vinhdanh/internal/council"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
)

// PriorityInput is the order that the Council settled for items of equal votes, of
// which a quota lets only some pass.
type PriorityInput struct {
	Items  []string `json:"items" validate:"required,min=2,max=5000,unique,dive,uuid"` // those tied, first place first
	Reason string   `json:"reason" validate:"required,max=4000"`                       // how the Council settled it; on record and in the minutes
	Nonce  string   `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// QuotaPlace is where an item that got its majority stands under a quota that cut.
type QuotaPlace struct {
	council.Place
	Limit int      `json:"limit"`
	Text  law.Text `json:"text"` // all of it in words
}

// PriorityView is what a session waits for once its votes are counted: items of equal
// votes straddle what a quota allows, and the Council settles their order.
type PriorityView struct {
	Quota   law.Text       `json:"quota"`
	Limit   int            `json:"limit"` // how many may pass under it
	Free    int            `json:"free"`  // of those here
	Items   []PriorityItem `json:"items"` // as ordered; before that as the agenda has them
	Ordered bool           `json:"ordered,omitempty"`
	Reason  string         `json:"reason,omitempty"` // how the Council settled it
}

// PriorityItem is one of equal votes.
type PriorityItem struct {
	Item     string      `json:"item"`
	Line     string      `json:"line"`
	UnitName string      `json:"unit_name"`
	Sum      council.Sum `json:"sum"`
}

// cutsOf are the quotas of an agenda that decide, by the law's data or their campaign's.
func (a *App) cutsOf(ctx context.Context, items []postgres.CouncilItem) ([]council.Cut, error) {
	counts, err := a.quotasOfAgenda(ctx, items)
	if err != nil {
		return nil, err
	}
	var out []council.Cut
	for _, q := range counts {
		if q.Cuts && len(q.Items) > 0 {
			limit := q.Limit
			if q.Left != nil {
				limit = *q.Left
			}
			out = append(out, council.Cut{
				Code: q.Code, Limit: int(limit), Items: q.Items, Order: q.Order, Defer: q.Beyond == law.BeyondDeferred,
			})
		}
	}
	return out, nil
}

// cutsWith counts a session's quotas anew with late items; nil where none cuts.
func (a *App) cutsWith(ctx context.Context, row postgres.CouncilSession, late []postgres.CouncilItem) ([]council.Cut, error) {
	items, err := a.Store.AgendaOf(ctx, row.ID)
	if err != nil {
		return nil, internal("read the agenda", err)
	}
	return a.cutsOf(ctx, append(items, late...))
}

// SetPriority enters the order that the Council settled. The session's chair consents to
// it by closing.
func (a *App) SetPriority(ctx context.Context, s Session, id string, in PriorityInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	row, actor, err := a.seated(ctx, s, council.ActionPriority, id)
	if err != nil {
		return Done{}, err
	}
	frozen, err := inputOf(row)
	if err != nil {
		return Done{}, err
	}
	if over(row) || !frozen.Settling() {
		return Done{}, a.refuse(ctx, s, council.ActionPriority, row.CaseID, readable(CodeNotReady,
			"Phiên họp không chờ thứ tự ưu tiên: chỉ xếp khi số phiếu ngang nhau ở đúng mức số lượng, sau khi Chủ trì kết thúc biểu quyết.",
			"the session waits for no order of priority: it is entered where equal votes straddle a quota, after the chair has closed the vote"))
	}
	if len(in.Items) != len(frozen.Tied.Rows) || slices.ContainsFunc(frozen.Tied.Rows, func(r council.ResultRow) bool { return !slices.Contains(in.Items, r.Item) }) {
		e := readable(CodeInvalid, "Thứ tự ưu tiên phải nêu đủ các trường hợp ngang phiếu, mỗi trường hợp một lần.",
			"the order names all the items of equal votes, each once")
		e.Fields = []FieldError{{Field: "items", Rule: "exists"}}
		return Done{}, e
	}
	reason, err := a.reason(ctx, s, row.CaseID, in.Reason, "priority", "")
	if err != nil {
		return Done{}, err
	}
	return a.sessionAct(ctx, s, row, actor, council.ActionPriority, in.Nonce,
		council.PriorityData{Cut: frozen.Tied.Cut, Items: in.Items, Reason: reason})
}

// prioritySettled says in words that the Council has an order to settle first.
func (a *App) prioritySettled(ctx context.Context, s Session, row postgres.CouncilSession) error {
	in, err := inputOf(row)
	if err != nil || over(row) || !in.Settling() || in.OrderOf(in.Tied.Cut) != nil {
		return err
	}
	return a.refuse(ctx, s, council.ActionClose, row.CaseID, readable(CodeNotReady,
		"Có trường hợp ngang phiếu ở đúng mức số lượng: Thư ký nhập thứ tự ưu tiên mà Hội đồng thống nhất, rồi Chủ trì mới kết thúc.",
		"equal votes straddle a quota: the secretary enters the order that the Council settled, then the chair closes"))
}

// priority adds to a session what the Council has to settle, and where items stand
// under the quotas that cut.
func (a *App) priority(ctx context.Context, row postgres.CouncilSession, v *SessionView) error {
	if row.Number == 0 {
		return nil
	}
	in, err := inputOf(row)
	if err != nil {
		return err
	}
	v.Cuts = in.Cuts
	if v.Withheld || v.Phase == string(council.PhaseCancelled) {
		return nil
	}
	if in.Settling() && !over(v.CouncilSession) {
		v.Priority = a.settling(ctx, *v, in)
	}
	for i, it := range v.Agenda {
		if it.Result == nil || it.Result.Place == nil || it.Result.Place.Cut >= len(in.Cuts) {
			continue
		}
		p := *it.Result.Place
		cut := in.Cuts[p.Cut]
		v.Agenda[i].Quota = &QuotaPlace{Place: p, Limit: cut.Limit, Text: placeSaid(p, cut.Limit, a.cutText(ctx, cut.Code))}
	}
	return nil
}

func (a *App) settling(ctx context.Context, v SessionView, in council.Input) *PriorityView {
	cut := in.Cuts[in.Tied.Cut]
	out := &PriorityView{Quota: a.cutText(ctx, cut.Code), Limit: cut.Limit, Free: in.Tied.Free}
	lines := map[string]AgendaItem{}
	for _, it := range v.Agenda {
		lines[it.Item] = it
	}
	order := in.OrderOf(in.Tied.Cut)
	out.Ordered = order != nil
	rows := slices.Clone(in.Tied.Rows)
	if out.Ordered {
		slices.SortStableFunc(rows, func(x, y council.ResultRow) int {
			return slices.Index(order, x.Item) - slices.Index(order, y.Item)
		})
		out.Reason = v.reasonOf(in.Orders[len(in.Orders)-1].Reason)
	}
	for _, r := range rows {
		it := lines[r.Item]
		out.Items = append(out.Items, PriorityItem{Item: r.Item, Line: it.Line, UnitName: it.UnitName, Sum: r.Sum})
	}
	return out
}

// beyondQuota says in words that a session's quota cut an item; nil where none did.
func (a *App) beyondQuota(ctx context.Context, session string, p *council.Place) (*law.Text, error) {
	if p == nil || !p.Beyond {
		return nil, nil
	}
	row, err := a.Store.SessionByID(ctx, session)
	if err != nil {
		return nil, internal("read the session", err)
	}
	in, err := inputOf(row)
	if err != nil || p.Cut >= len(in.Cuts) {
		return nil, err
	}
	cut := in.Cuts[p.Cut]
	text := placeSaid(*p, cut.Limit, a.cutText(ctx, cut.Code))
	return &text, nil
}

// reasonOf is the text behind a commitment.
func (v SessionView) reasonOf(commitment string) string {
	for _, r := range v.Reasons {
		if r.Commitment == commitment {
			return r.Body
		}
	}
	return ""
}

// placeSaid says in words where an item stands under a quota.
func placeSaid(p council.Place, limit int, quota law.Text) law.Text {
	switch {
	case !p.Beyond:
		return law.Text{
			VI: fmt.Sprintf("xếp thứ %d trong số lượng %d (%s)", p.Rank, limit, quota.VI),
			EN: fmt.Sprintf("place %d of the %d that a quota allows (%s)", p.Rank, limit, quota.EN),
		}
	case p.Defer:
		return law.Text{
			VI: fmt.Sprintf("đủ số phiếu, xếp thứ %d, vượt số lượng %d nên chưa xét (%s)", p.Rank, limit, quota.VI),
			EN: fmt.Sprintf("it got its majority, stands at place %d, beyond the %d that a quota allows, and is deferred (%s)", p.Rank, limit, quota.EN),
		}
	}
	return law.Text{
		VI: fmt.Sprintf("đủ số phiếu, xếp thứ %d, vượt số lượng %d nên không đạt (%s)", p.Rank, limit, quota.VI),
		EN: fmt.Sprintf("it got its majority, stands at place %d, beyond the %d that a quota allows, and does not pass (%s)", p.Rank, limit, quota.EN),
	}
}
