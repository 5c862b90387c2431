package postgres

import "context"

// standingOf is the body that receives a case's dossier and prepares its decision, as
// the index proposals_for_decision has it.
const standingOf = `jsonb_path_query_first(p.route, '$.stages[*] ? (@.kind == "reception").unit') #>> '{}'`

// WaitingForDecision lists the items in play of cases that wait to be put into a
// decision by one of the standing bodies: a page of cases by award, of one award where
// it is named, with their items in protocol order. Errors: ErrCursor.
func (s *Store) WaitingForDecision(ctx context.Context, standing []string, award string, after Cursor, limit int) ([]CouncilItem, Cursor, error) {
	const name = "decision waiting"
	from, err := after.read(name)
	if err != nil {
		return nil, "", err
	}
	type waiting struct {
		ID    string `db:"id"`
		Award string `db:"award"`
	}
	rows, err := listTyped[waiting](ctx, s.pool, `
		select w.id::text, w.award from unnest($1::text[]) st cross join lateral (
			select p.id, p.award from proposals p
			where p.stage = 'issuance' and not p.closed and `+standingOf+` = st and ($2 = '' or p.award = $2)
			  and ($3 = '' or (p.award, p.id) > ($4, nullif($3, '')::uuid))
			  and not exists (select 1 from decision_items x where x.proposal = p.id)
			order by p.award, p.id limit $5) w
		order by w.award, w.id limit $5`, []any{standing, award, from.ID, from.Text, limit + 1})
	if err != nil {
		return nil, "", err
	}
	var next Cursor
	if len(rows) > limit {
		rows = rows[:limit]
		last := rows[limit-1]
		next = mark{List: name, ID: last.ID, Text: last.Award}.cursor()
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	items, err := s.ItemsToDecide(ctx, ids)
	return items, next, err
}
