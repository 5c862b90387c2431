package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/council"
)

// CasesAfter lists the ids of all cases that were ever sent to Temporal, after
// the given one, in order of id: by their projections, their attempts, or a
// trail row without either.
func (s *Store) CasesAfter(ctx context.Context, after string, limit int) ([]string, error) {
	rows, err := s.pool.Query(ctx, `
		select case_id from (
			select case_id from proposals where number > 0
			union select case_id from sessions where number > 0
			union select case_id from decisions where transition > 0
			union select case_id from revocations where number > 0
			union select case_id from attempts where start is not null
			union select case_id from trail
		) c where case_id > $1 order by case_id limit $2`, after, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// CaseState is the projection of a commendation, to be compared.
type CaseState struct {
	Number     int    `db:"number"`
	Revision   int    `db:"revision"`
	Regime     string `db:"regime"`
	LawHash    string `db:"law_hash"`
	Stage      string `db:"stage"`
	StageIndex int    `db:"stage_index"`
	Unit       string `db:"unit"` // whom it waits for
	Returned   bool   `db:"returned"`
	OnHold     bool   `db:"on_hold"`
	Closed     bool   `db:"closed"`
	OpenItems  int    `db:"open_items"`
}

// CaseStateOf reads a commendation's projection.
func (s *Store) CaseStateOf(ctx context.Context, caseID string) (CaseState, error) {
	return one[CaseState](ctx, s.pool, `
		select number, revision, regime, law_hash, stage, stage_index, coalesce(waiting_unit, '') as unit, returned,
			on_hold, closed, open_items
		from proposals where case_id = $1`, caseID)
}

// ItemState is the projection of an item, to be compared.
type ItemState struct {
	ID      string `db:"id"`
	Outcome string `db:"outcome"`
	Opinion string `db:"opinion"`
	Held    bool   `db:"held"`
}

// ItemStatesOf reads the projections of a commendation's items, in their order.
func (s *Store) ItemStatesOf(ctx context.Context, caseID string) ([]ItemState, error) {
	return list[ItemState](ctx, s.pool, `
		select i.id::text, i.outcome, i.opinion, i.held from items i join proposals p on p.id = i.proposal
		where p.case_id = $1 order by i.position`, caseID)
}

// SessionState is the projection of a council session, to be compared.
type SessionState struct {
	Number  int    `db:"number"`
	Phase   string `db:"phase"`
	Ballots int    `db:"ballots"`
	Rows    int    `db:"rows"` // members in session_ballots, of the last round
	Round   int    `db:"round"`
}

// SessionStateOf reads a session's projection.
func (s *Store) SessionStateOf(ctx context.Context, caseID string) (SessionState, error) {
	return one[SessionState](ctx, s.pool, `
		select number, phase, ballots, (select count(*) from session_ballots b where b.session = s.id and b.round = s.round)::int as rows, round
		from sessions s where case_id = $1`, caseID)
}

// SessionResult is the projected result of one item of a session.
type SessionResult struct {
	Item   string             `db:"item"`
	Result *council.ResultRow `db:"result"`
}

// SessionResultsOf reads the projected results of a session.
func (s *Store) SessionResultsOf(ctx context.Context, caseID string) ([]SessionResult, error) {
	return list[SessionResult](ctx, s.pool, `
		select i.item::text, i.result from session_items i join sessions s on s.id = i.session
		where s.case_id = $1 order by i.position`, caseID)
}

// IssuanceState is the projection of a decision, to be compared.
type IssuanceState struct {
	Number     int    `db:"transition"`
	Phase      string `db:"phase"`
	NumberText string `db:"number_text"`
	Date       string `db:"date"`
}

// IssuanceStateOf reads a decision's projection.
func (s *Store) IssuanceStateOf(ctx context.Context, caseID string) (IssuanceState, error) {
	return one[IssuanceState](ctx, s.pool, `
		select transition, phase, number_text, coalesce(number_date::text, '') as date from decisions where case_id = $1`, caseID)
}

// Archived tells whether a case has its bundle.
func (s *Store) Archived(ctx context.Context, caseID string) (bool, error) {
	var is bool
	err := s.pool.QueryRow(ctx, `select exists (select 1 from archives where case_id = $1)`, caseID).Scan(&is)
	return is, err
}

// Breach is a rule over many cases that the data breaks.
type Breach struct {
	Code   string `db:"code"`
	CaseID string `db:"case_id"`
	Detail string `db:"detail"` // ids and numbers only
}

// Breaches looks for what no single case shows: recognised items without a row
// in the ledger once their decision's workflow is archived, ledger rows of items
// that were not recognised, a number given twice in one year and symbol, an item
// in two decisions.
func (s *Store) Breaches(ctx context.Context) ([]Breach, error) {
	return list[Breach](ctx, s.pool, `
		select 'ledger-missing' as code, p.case_id, i.id::text as detail
		from items i join proposals p on p.id = i.proposal
		join decision_items di on di.item = i.id join decisions d on d.id = di.decision
		join archives a on a.case_id = d.case_id
		where i.outcome = 'recognised' and not exists (select 1 from recognitions r where r.item = i.id)
		union all
		select 'ledger-missing', p.case_id, i.id::text
		from items i join proposals p on p.id = i.proposal
		where i.outcome = 'recognised' and p.route ? 'above' and not exists (select 1 from recognitions r where r.item = i.id)
		union all
		select 'ledger-extra', p.case_id, i.id::text
		from recognitions r join items i on i.id = r.item join proposals p on p.id = i.proposal
		where i.outcome <> 'recognised'
		union all
		select 'number-twice', min(case_id), number_text || ' / ' || extract(year from number_date)::text
		from decisions where phase = 'numbered'
		group by number_text, extract(year from number_date) having count(*) > 1
		union all
		select 'ballots', s.case_id, s.ballots::text || ' > ' || jsonb_array_length(s.input -> 'roster')::text
		from sessions s where s.number > 0 and s.input is not null and s.ballots > jsonb_array_length(s.input -> 'roster')
		order by 1, 2, 3`)
}
