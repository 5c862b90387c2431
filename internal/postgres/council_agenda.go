package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/council"
	"vinhdanh/internal/proposal"
)

// CouncilItem is one item as a council, or the drafting of a decision, looks at it.
type CouncilItem struct {
	Item         string               `db:"item" json:"item"`
	Proposal     string               `db:"proposal" json:"proposal"`
	ProposalRef  string               `db:"proposal_ref" json:"proposal_ref"`
	CaseID       string               `db:"case_id" json:"case"`
	Award        string               `db:"award" json:"award"`
	Campaign     *string              `db:"campaign" json:"campaign,omitempty"`
	Regime       string               `db:"regime" json:"regime"`
	LawHash      string               `db:"law_hash" json:"-"` // of the data that the case keeps
	Unit         string               `db:"unit" json:"unit"`  // the proposing unit
	UnitName     string               `db:"unit_name" json:"unit_name"`
	Subject      string               `db:"subject" json:"-"`
	Opinion      string               `db:"opinion" json:"opinion,omitempty"`
	Outcome      string               `db:"outcome" json:"outcome,omitempty"`
	Held         bool                 `db:"held" json:"held,omitempty"`
	OnHold       bool                 `db:"on_hold" json:"on_hold,omitempty"` // the whole case
	Returned     bool                 `db:"returned" json:"-"`
	Closed       bool                 `db:"closed" json:"-"`
	Stage        string               `db:"stage" json:"-"`
	StageIndex   int                  `db:"stage_index" json:"-"`
	Route        *proposal.Route      `db:"route" json:"-"`
	Content      proposal.ItemContent `db:"content" json:"content"`
	Result       json.RawMessage      `db:"result" json:"result,omitempty"`
	Amount       int64                `db:"amount" json:"amount,omitempty"` // đồng, in a decision
	SessionOrder int                  `db:"position" json:"-"`
}

// councilItems joins what is said of an item. The unit's place in the protocol is
// the path of orders from the root, so that departments and their divisions, or
// districts and their communes, stay together.
const councilItems = `
	with recursive protocol as (
		select id, array[protocol_order] as path from units where parent is null
		union all
		select u.id, p.path || u.protocol_order from units u join protocol p on p.id = u.parent)
	select i.id::text as item, p.id::text as proposal, p.ref as proposal_ref, p.case_id, p.award, p.campaign, p.regime, p.law_hash,
		p.unit, u.name as unit_name, i.subject, i.opinion, i.outcome, i.held, p.on_hold, p.returned, p.closed, p.stage,
		p.stage_index, p.route,
		%s as content, %s as result, %s as amount, %s as position
	from items i
	join proposals p on p.id = i.proposal
	join units u on u.id = p.unit
	left join protocol o on o.id = p.unit
	join lateral (select content from item_contents c
		where c.item = i.id and c.revision <= p.revision order by c.revision desc limit 1) c on true
	%s
	where %s
	order by %s`

// protocolOrder is the order of lists, ballots and annexes within one award.
const protocolOrder = `p.award, array_position(array['collective','individual','household'], c.content ->> 'kind'), o.path, p.ref, i.position`

// liveSession is true for a session z that may still tell proposal p its result:
// a closed one too, until the case has refused to hear it.
const liveSession = `(z.phase in ('draft', 'convened', 'open') or (z.phase = 'closed' and not exists (
	select 1 from batch_leaves l join batches b on b.id = l.batch
	where b.case_id = z.case_id and l.case_id = p.case_id and l.status = 'refused')))`

// openItem is true for items still in play.
const openItem = `i.outcome in ('', 'passed')`

// WaitingForCouncil lists the open items that wait for a council's vote and stand
// on no live session's agenda yet.
func (s *Store) WaitingForCouncil(ctx context.Context, council string) ([]CouncilItem, error) {
	return list[CouncilItem](ctx, s.pool, itemQuery(`null::jsonb`, `0::bigint`, `0`, ``,
		`p.stage = 'council' and not p.closed and not p.returned and `+openItem+`
		 and p.route -> 'stages' -> p.stage_index ->> 'unit' = $1 and not exists (
			select 1 from session_items x join sessions z on z.id = x.session
			where x.proposal = p.id and `+liveSession+`) and not `+requested, protocolOrder), council)
}

// AgendaOf lists what stands on a session's agenda, in its order.
func (s *Store) AgendaOf(ctx context.Context, session string) ([]CouncilItem, error) {
	return list[CouncilItem](ctx, s.pool, itemQuery(`x.result`, `0::bigint`, `x.position`,
		`join session_items x on x.item = i.id`, `x.session = $1::uuid`, `x.position`), session)
}

// ErrBusyProposal says that a proposal stands on another live session or decision.
var ErrBusyProposal = errors.New("postgres: the proposal already stands on a live session or decision")

// ErrFrozen says that a draft is being convened or submitted, or was.
var ErrFrozen = errors.New("postgres: it is no draft any more")

// PutOnAgenda puts the open items of proposals on a draft's agenda. order sorts
// the whole agenda; it is given the items in the order of WaitingForCouncil.
// Errors: ErrFrozen, ErrBusyProposal, ErrTooManyItems, ErrNotFound for a proposal
// that does not wait for this council.
func (s *Store) PutOnAgenda(ctx context.Context, session, council string, proposals []string, order func([]CouncilItem)) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockDraft(ctx, tx, session); err != nil {
			return err
		}
		if err := lockWaiting(ctx, tx, council, proposals, session); err != nil {
			return err
		}
		return rewriteAgenda(ctx, tx, session, proposals, order)
	})
}

// ErrTooManyItems says how many items an agenda would have.
type ErrTooManyItems struct{ Items int }

func (e ErrTooManyItems) Error() string {
	return fmt.Sprintf("postgres: %d items are more than an agenda takes", e.Items)
}

// TakeOffAgenda takes proposals off a draft's agenda.
func (s *Store) TakeOffAgenda(ctx context.Context, session string, proposals []string, order func([]CouncilItem)) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockDraft(ctx, tx, session); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `
			delete from session_items where session = $1::uuid and proposal = any(as_uuids($2))`, session, proposals)
		if err != nil {
			return err
		}
		return rewriteAgenda(ctx, tx, session, nil, order)
	})
}

func lockDraft(ctx context.Context, tx pgx.Tx, session string) error {
	var draft bool
	err := tx.QueryRow(ctx, `
		select phase = 'draft' and input is null from sessions where id = $1::uuid for update`, session).Scan(&draft)
	if err == nil && !draft {
		return ErrFrozen
	}
	return notFound(err)
}

// lockWaiting locks the proposals and checks that each waits for the council and
// stands on no other live session.
func lockWaiting(ctx context.Context, tx pgx.Tx, council string, proposals []string, session string) error {
	rows, err := tx.Query(ctx, `
		select p.id::text from proposals p
		where p.id = any(as_uuids($1)) and p.stage = 'council' and not p.closed and not p.returned
		  and p.route -> 'stages' -> p.stage_index ->> 'unit' = $2
		order by p.id for update`, proposals, council)
	if err != nil {
		return err
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	if len(found) != len(proposals) {
		return ErrNotFound
	}
	var busy bool
	err = tx.QueryRow(ctx, `
		select exists (select 1 from session_items x join sessions z on z.id = x.session
			join proposals p on p.id = x.proposal
			where p.id = any(as_uuids($1)) and z.id is distinct from as_uuid($2) and `+liveSession+`)
		or exists (select 1 from proposals p where p.id = any(as_uuids($1)) and `+requested+`)`,
		proposals, session).Scan(&busy)
	if err == nil && busy {
		return ErrBusyProposal
	}
	return err
}

// rewriteAgenda numbers the agenda anew: what stood on it and the added proposals.
func rewriteAgenda(ctx context.Context, tx pgx.Tx, session string, added []string, order func([]CouncilItem)) error {
	items, err := list[CouncilItem](ctx, tx, itemQuery(`null::jsonb`, `0::bigint`, `0`, ``, openItem+`
		and (p.id = any(as_uuids($2)) or p.id in (select proposal from session_items where session = $1::uuid))`,
		protocolOrder), session, added)
	if err != nil {
		return err
	}
	if len(added) > 0 && len(items) > council.MaxAgenda {
		return ErrTooManyItems{Items: len(items)}
	}
	order(items)
	if _, err := tx.Exec(ctx, `delete from session_items where session = $1::uuid`, session); err != nil {
		return err
	}
	rows := make([][]any, len(items))
	for i, it := range items {
		rows[i] = []any{session, i + 1, it.Item, it.Proposal}
	}
	return insertRows(ctx, tx, `insert into session_items (session, position, item, proposal)
		values ($1::uuid, $2, $3::uuid, $4::uuid)`, rows)
}

// FindingsOf reads what the rules said of proposals at their present revision,
// as the validation activity wrote it, by proposal. It covers all items of each
// and is read once a proposal, not once an item.
func (s *Store) FindingsOf(ctx context.Context, proposals []string) (map[string]json.RawMessage, error) {
	rows, err := list[struct {
		Proposal string          `db:"proposal"`
		Result   json.RawMessage `db:"result"`
	}](ctx, s.pool, `
		select distinct on (v.proposal) v.proposal::text, v.result
		from validations v join proposals p on p.id = v.proposal and p.revision = v.revision and p.law_hash = v.law_hash and p.regime = v.regime
		where v.proposal = any($1::text[]::uuid[]) order by v.proposal, v.at desc`, proposals)
	out := make(map[string]json.RawMessage, len(rows))
	for _, r := range rows {
		out[r.Proposal] = r.Result
	}
	return out, err
}
