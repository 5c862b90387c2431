package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"vinhdanh/internal/council"
	"vinhdanh/internal/dossier"
	"vinhdanh/internal/duplicate"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
)

// AgendaItem is an item on its way to a council's vote, or on its agenda.
type AgendaItem struct {
	postgres.CouncilItem
	Line       string             `json:"line"`                 // the subject as lists print it
	Rule       *council.Rule      `json:"rule,omitempty"`       // how the case's own law counts the vote
	Closed     bool               `json:"closed,omitempty"`     // to the reader, for a conflict or since the session was cancelled: only who it is is shown
	Validation json.RawMessage    `json:"validation,omitempty"` // the rules' finding on the whole proposal; at its first item only
	Result     *council.ResultRow `json:"result,omitempty"`     // once the session is closed
	Votes      []NamedVote        `json:"votes,omitempty"`      // of an open ballot, once the session is closed; where there were two, of the second
	Second     bool               `json:"second,omitempty"`     // it went to a second ballot
	First      *council.Sum       `json:"first,omitempty"`      // how the first was counted, where there is a second
	FirstVotes []NamedVote        `json:"first_votes,omitempty"`
	// Quota is where it stands under a quota that cut, once the session is closed.
	Quota *QuotaPlace `json:"quota,omitempty"`
	// Doubles are the possible duplicates of which nobody has said anything yet.
	Doubles []OpenDouble `json:"doubles,omitempty"`
}

// OpenDouble says that an item may stand twice, and nothing of whom: the pair's own
// page shows its reader what they may see.
type OpenDouble struct {
	Pair     string          `json:"pair"`
	Level    duplicate.Level `json:"level"` // strong, possible
	Sentence law.Text        `json:"sentence"`
}

// NamedVote is one member's open vote on one item.
type NamedVote struct {
	Member  string `json:"member"`
	Choice  string `json:"choice"` // yes, no or abstain
	Written bool   `json:"written,omitempty"`
}

// AgendaInput names proposals to put on, or take off, a draft's agenda.
type AgendaInput struct {
	Proposals []string `json:"proposals" validate:"required,min=1,max=5000,unique,dive,uuid"`
}

// AgendaCandidates lists the open items that wait for a council's vote and stand
// on no live session yet, in protocol order. For whoever prepares the council's
// sessions: a member finds the items of a session, after declaring.
func (a *App) AgendaCandidates(ctx context.Context, s Session, unit string) ([]AgendaItem, error) {
	if own := s.where("session.draft", permission.Council); unit == "" && len(own) == 1 {
		unit = own[0]
	}
	if !a.prepares(ctx, s, unit) && !s.anywhere("session.prepare") {
		return nil, &Error{Code: CodeNotFound}
	}
	items, err := a.Store.WaitingForCouncil(ctx, unit)
	if err != nil {
		return nil, internal("list what waits for the council", err)
	}
	a.agendaOrder(items)
	out, err := a.agendaItems(ctx, items)
	if err != nil {
		return nil, err
	}
	return out, a.agendaDoubles(ctx, out)
}

// agendaDoubles notes which items wait for a word on a possible duplicate. Items whose
// case is closed to the reader are passed over.
func (a *App) agendaDoubles(ctx context.Context, items []AgendaItem) error {
	at, ids := map[string]int{}, []string{}
	for i, it := range items {
		if !it.Closed {
			at[it.Item], ids = i, append(ids, it.Item)
		}
	}
	open, err := dossier.OpenPairs(ctx, a.Store, ids)
	if err != nil {
		return internal("read the open duplicates", err)
	}
	for _, p := range slices.SortedFunc(maps.Keys(open), func(x, y postgres.DuplicatePair) int { return cmp.Compare(x.Low+x.High, y.Low+y.High) }) {
		level := open[p].Match.Level
		for _, id := range []string{p.Low, p.High} {
			if i, ok := at[id]; ok {
				items[i].Doubles = append(items[i].Doubles, OpenDouble{Pair: p.Low + "." + p.High, Level: level, Sentence: duplicateSentence(level, "", false)})
			}
		}
	}
	return nil
}

// agendaItems adds what a reader sees beside the items.
func (a *App) agendaItems(ctx context.Context, items []postgres.CouncilItem) ([]AgendaItem, error) {
	out := make([]AgendaItem, len(items))
	first := map[string]int{} // each proposal's first item
	for i, it := range items {
		out[i] = AgendaItem{CouncilItem: it, Line: it.Content.PrintedLine(), Rule: ruleOf(it)}
		if _, told := first[it.Proposal]; !told {
			first[it.Proposal] = i
		}
	}
	found, err := a.Store.FindingsOf(ctx, slices.Collect(maps.Keys(first)))
	if err != nil {
		return nil, internal("read what the rules found", err)
	}
	for p, i := range first {
		out[i].Validation = found[p]
	}
	return out, nil
}

// tooMany says that a session or a decision would have more items than fit.
func tooMany(n int) *Error {
	return readable(CodeInvalid,
		fmt.Sprintf("Có %d trường hợp; một phiên họp hoặc quyết định có tối đa %d. Hãy chia thành nhiều phiên hoặc nhiều quyết định.", n, council.MaxAgenda),
		fmt.Sprintf("%d items; a session or a decision takes at most %d: split it into several", n, council.MaxAgenda))
}

// PutOnAgenda puts all open items of proposals on a draft's agenda. A proposal
// stands on one live session only.
func (a *App) PutOnAgenda(ctx context.Context, s Session, id string, in AgendaInput) (SessionView, error) {
	return a.changeAgenda(ctx, s, "put-on-agenda", id, in, func(row postgres.CouncilSession) error {
		if row.Phase == string(council.PhaseOpen) || over(row) {
			return tooLate()
		}
		if row.Number > 0 {
			return readable(CodeConflict, "Phiên họp đã triệu tập: Thư ký đề nghị bổ sung, Chủ trì đồng ý thì hồ sơ mới vào chương trình.",
				"the session is convened: the secretary asks for a late item, and it joins with the chair's consent")
		}
		return agendaError(a.Store.PutOnAgenda(ctx, row.ID, row.Unit, in.Proposals, a.orderBy(row.Order)))
	})
}

// agendaError says in words why proposals do not join an agenda.
func agendaError(err error) error {
	var many postgres.ErrTooManyItems
	switch {
	case err == nil:
		return nil
	case errors.Is(err, postgres.ErrNotFound):
		return readable(CodeNotReady, "Có hồ sơ không chờ Hội đồng này xét; hãy tải lại danh sách chờ xét.",
			"a proposal does not wait for this council's vote; read the list of candidates again")
	case errors.As(err, &many):
		return tooMany(many.Items)
	}
	return fromStore("change the agenda", err)
}

// TakeOffAgenda takes proposals off a draft's agenda.
func (a *App) TakeOffAgenda(ctx context.Context, s Session, id string, in AgendaInput) (SessionView, error) {
	return a.changeAgenda(ctx, s, "take-off-agenda", id, in, func(row postgres.CouncilSession) error {
		return a.Store.TakeOffAgenda(ctx, row.ID, in.Proposals, a.orderBy(row.Order))
	})
}

// OrderInput is the order in which a session takes its awards.
type OrderInput struct {
	Awards []string `json:"awards" validate:"max=200,unique,dive,required,max=60"` // award codes; those not named follow as the catalogue has them
}

// OrderAgenda takes the awards of a draft's agenda in another order. Within an
// award the order is the protocol's and is not chosen.
func (a *App) OrderAgenda(ctx context.Context, s Session, id string, in OrderInput) (SessionView, error) {
	return a.changeAgenda(ctx, s, "order-agenda", id, in, func(row postgres.CouncilSession) error {
		return a.Store.OrderAgenda(ctx, row.ID, in.Awards, a.orderBy(in.Awards))
	})
}

// EditSession changes a draft's title, place and day; Council is not changed.
func (a *App) EditSession(ctx context.Context, s Session, id string, in DraftSessionInput) (SessionView, error) {
	return a.changeAgenda(ctx, s, "edit-session", id, in, func(row postgres.CouncilSession) error {
		plan, err := planOf(in)
		if err != nil {
			return err
		}
		return a.Store.EditSession(ctx, row.ID, plan)
	})
}

func (a *App) changeAgenda(ctx context.Context, s Session, action, id string, in any, change func(postgres.CouncilSession) error) (SessionView, error) {
	if err := a.check(in); err != nil {
		return SessionView{}, err
	}
	row, _, err := a.seated(ctx, s, action, id)
	if err != nil {
		return SessionView{}, err
	}
	if err := change(row); err != nil {
		var told *Error
		if errors.As(err, &told) {
			return SessionView{}, told
		}
		return SessionView{}, fromStore("change the agenda", err)
	}
	return a.SessionView(ctx, s, row.ID)
}
