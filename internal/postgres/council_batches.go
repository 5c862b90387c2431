package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// itemQuery fills the gaps of councilItems.
func itemQuery(result, amount, position, join, where, order string) string {
	return itemsAs(`c.content`, result, amount, position, join, where, order)
}

// itemsAs is itemQuery with another content than the one that was sent.
func itemsAs(content, result, amount, position, join, where, order string) string {
	return fmt.Sprintf(councilItems, content, result, amount, position, join, where, order)
}

// insertRows runs one statement for many rows in one round trip.
func insertRows(ctx context.Context, tx pgx.Tx, sql string, rows [][]any) error {
	b := &pgx.Batch{}
	for _, r := range rows {
		b.Queue(sql, r...)
	}
	return tx.SendBatch(ctx, b).Close()
}

// SealCase is a case that a sealed act is about, as its projection stands.
type SealCase struct {
	CaseID   string `db:"case_id"`
	Proposal string `db:"proposal"`
	Revision int    `db:"revision"`
	Number   int    `db:"number"`
}

// SealItem is an item of such a case.
type SealItem struct {
	Item    string `db:"item"`
	CaseID  string `db:"case_id"`
	Outcome string `db:"outcome"`
	Held    bool   `db:"held"`
	Named   bool   `db:"named"` // it stands on the agenda, or in the decision
}

// undelivered is true for cases that have no delivered or refused leaf in a batch
// of the workflow $2.
const undelivered = `not exists (
	select 1 from batch_leaves l join batches b on b.id = l.batch
	where b.case_id = $2 and l.case_id = p.case_id and l.status in ('delivered', 'refused'))`

// SealOfSession lists the cases on a session's agenda that still lack its result,
// and their items.
func (s *Store) SealOfSession(ctx context.Context, session, caseID string) ([]SealCase, []SealItem, error) {
	return s.seal(ctx, "session_items", "session", session, caseID)
}

// SealOfDecision lists the cases of a decision that were not told of it yet, and
// their items.
func (s *Store) SealOfDecision(ctx context.Context, decision, caseID string) ([]SealCase, []SealItem, error) {
	return s.seal(ctx, "decision_items", "decision", decision, caseID)
}

func (s *Store) seal(ctx context.Context, table, column, id, caseID string) (cases []SealCase, items []SealItem, err error) {
	err = pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		cases, err = list[SealCase](ctx, tx, `
			select p.case_id, p.id::text as proposal, p.revision, p.number from proposals p
			where p.id in (select proposal from `+table+` where `+column+` = $1::uuid) and `+undelivered+`
			order by p.ref`, id, caseID)
		if err != nil {
			return err
		}
		items, err = list[SealItem](ctx, tx, `
			select i.id::text as item, p.case_id, i.outcome, i.held,
				exists (select 1 from `+table+` x where x.`+column+` = $1::uuid and x.item = i.id) as named
			from items i join proposals p on p.id = i.proposal
			where p.id in (select proposal from `+table+` where `+column+` = $1::uuid) and `+undelivered+`
			order by p.ref, i.position`, id, caseID)
		return err
	})
	return cases, items, err
}

// Leaf is what one case is told in a batch.
type Leaf struct {
	Batch    string          `db:"batch" json:"batch"`
	Position int             `db:"position" json:"position"`
	CaseID   string          `db:"case_id" json:"case"`
	Action   string          `db:"action" json:"action"`
	Message  json.RawMessage `db:"message" json:"-"`
	Status   string          `db:"status" json:"status"` // empty until it is told
	Detail   string          `db:"detail" json:"detail,omitempty"`
}

// Statuses of a leaf.
const (
	LeafDelivered = "delivered"
	LeafRefused   = "refused"
	LeafMoved     = "moved"
)

// PutBatch stores a sealed batch; the first one of an id stands.
func (s *Store) PutBatch(ctx context.Context, id, caseID, jws string, leaves []Leaf) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			insert into batches (id, case_id, jws) values ($1, $2, $3) on conflict (id) do nothing`, id, caseID, jws)
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
		rows := make([][]any, len(leaves))
		for i, l := range leaves {
			rows[i] = []any{id, l.Position, l.CaseID, l.Action, l.Message}
		}
		return insertRows(ctx, tx, `insert into batch_leaves (batch, position, case_id, action, message)
			values ($1, $2, $3, $4, $5)`, rows)
	})
}

// BatchSize counts the leaves of a batch; ErrNotFound when there is no such batch.
func (s *Store) BatchSize(ctx context.Context, id string) (int, error) {
	var n int
	err := s.pool.QueryRow(ctx, `
		select (select count(*) from batch_leaves l where l.batch = b.id) from batches b where b.id = $1`, id).Scan(&n)
	return n, notFound(err)
}

// OpenLeaves lists the leaves of a batch that were not told yet, in order.
func (s *Store) OpenLeaves(ctx context.Context, batch string) ([]Leaf, error) {
	return list[Leaf](ctx, s.pool, `
		select batch, position, case_id, action, message, status, detail from batch_leaves
		where batch = $1 and status = '' order by position`, batch)
}

// SettleLeaf notes what became of a leaf. The first word stands.
func (s *Store) SettleLeaf(ctx context.Context, l Leaf, status, detail string) error {
	_, err := s.pool.Exec(ctx, `
		update batch_leaves set status = $3, detail = $4 where batch = $1 and position = $2 and status = ''`,
		l.Batch, l.Position, status, detail)
	return err
}

// LeafCounts is how many leaves of a batch have which status.
type LeafCounts struct {
	Open      int `db:"open"`
	Delivered int `db:"delivered"`
	Refused   int `db:"refused"`
	Moved     int `db:"moved"`
}

// CountLeaves counts a batch's leaves by status.
func (s *Store) CountLeaves(ctx context.Context, batch string) (LeafCounts, error) {
	return one[LeafCounts](ctx, s.pool, `
		select count(*) filter (where status = '')::int as open,
			count(*) filter (where status = 'delivered')::int as delivered,
			count(*) filter (where status = 'refused')::int as refused,
			count(*) filter (where status = 'moved')::int as moved
		from batch_leaves where batch = $1`, batch)
}

// MovedCases lists the cases that moved between a batch's sealing and delivery.
func (s *Store) MovedCases(ctx context.Context, batch string) ([]string, error) {
	rows, err := s.pool.Query(ctx, `
		select case_id from batch_leaves where batch = $1 and status = 'moved' order by position`, batch)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// DeliveryRow is the last word on one case of a session or decision.
type DeliveryRow struct {
	CaseID      string `db:"case_id" json:"case"`
	Proposal    string `db:"proposal" json:"proposal"`
	ProposalRef string `db:"proposal_ref" json:"proposal_ref"`
	Status      string `db:"status" json:"status"` // empty: on its way
	Detail      string `db:"detail" json:"detail,omitempty"`
	Batch       string `db:"batch" json:"batch"`
}

// DeliveryOf tells per proposal what became of a session's result or a decision.
func (s *Store) DeliveryOf(ctx context.Context, caseID string) ([]DeliveryRow, error) {
	return list[DeliveryRow](ctx, s.pool, `
		select distinct on (p.ref) l.case_id, p.id::text as proposal, p.ref as proposal_ref, l.status, l.detail, l.batch
		from batch_leaves l join batches b on b.id = l.batch join proposals p on p.case_id = l.case_id
		where b.case_id = $1 order by p.ref, b.at desc, l.batch desc`, caseID)
}

// CasePlace is where a case stands, as its projection knows.
type CasePlace struct {
	Number int    `db:"number"`
	Stage  string `db:"stage"`
	Closed bool   `db:"closed"`
	OnHold bool   `db:"on_hold"`
	Held   bool   `db:"held"` // an item in play is held
}

// PlaceOf reads where a case stands.
func (s *Store) PlaceOf(ctx context.Context, caseID string) (CasePlace, error) {
	return one[CasePlace](ctx, s.pool, `
		select p.number, p.stage, p.closed, p.on_hold,
			exists (select 1 from items i where i.proposal = p.id and i.held and `+openItem+`) as held
		from proposals p where p.case_id = $1`, caseID)
}

// AcceptedAttempts lists the attempts of an action on a case that took effect, in
// the order of their transitions.
func (s *Store) AcceptedAttempts(ctx context.Context, caseID, action string) ([]Attempt, error) {
	return list[Attempt](ctx, s.pool, `
		select a.nonce, a.case_id, a.action, a.workflow, a.start, a.message, a.actor, a.at
		from attempts a join attempt_outcomes o using (nonce)
		where a.case_id = $1 and a.action = $2 and o.status = 'accepted' order by o.number`, caseID, action)
}

// RefusedAttempts counts the refused attempts of an action on a case.
func (s *Store) RefusedAttempts(ctx context.Context, caseID, action string) (int, error) {
	var n int
	err := s.pool.QueryRow(ctx, `
		select count(*) from attempts a join attempt_outcomes o using (nonce)
		where a.case_id = $1 and a.action = $2 and o.status = 'refused'`, caseID, action).Scan(&n)
	return n, err
}

// UnsettledAttempt reads the oldest attempt of an action on a case whose outcome
// is not known yet; nil when there is none.
func (s *Store) UnsettledAttempt(ctx context.Context, caseID, action string) (*Attempt, error) {
	a, err := one[Attempt](ctx, s.pool, `
		select `+attemptColumns+` from attempts a
		where a.case_id = $1 and a.action = $2
		  and not exists (select 1 from attempt_outcomes o where o.nonce = a.nonce) order by a.at limit 1`, caseID, action)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	return &a, err
}

// SumRow is the Council's result of one item, as its last session froze it.
type SumRow struct {
	Item    string          `db:"item"`
	Session string          `db:"session"`
	Result  json.RawMessage `db:"result"`
}

// SumsOf lists the Council's results of a proposal's items, of the last session each.
func (s *Store) SumsOf(ctx context.Context, proposal string) ([]SumRow, error) {
	return list[SumRow](ctx, s.pool, `
		select distinct on (x.item) x.item::text, x.session::text, x.result from session_items x join sessions z on z.id = x.session
		where x.proposal = $1::uuid and x.result is not null order by x.item, z.held_on desc, z.created_at desc`, proposal)
}
