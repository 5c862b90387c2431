package postgres

import (
	"context"
	"encoding/json"

	"vinhdanh/internal/proposal"
)

// ContestedRow is one item of the proposals of a decision, with what was said
// against it on the way.
type ContestedRow struct {
	Item        string               `db:"item"`
	Proposal    string               `db:"proposal"`
	ProposalRef string               `db:"proposal_ref"`
	UnitName    string               `db:"unit_name"`
	Outcome     string               `db:"outcome"`
	Content     proposal.ItemContent `db:"content"`
	Named       bool                 `db:"named"`   // the decision names it
	Dissent     int                  `db:"dissent"` // transitions that did not propose it
	Reason      *string              `db:"reason"`  // of the last of them
	Result      json.RawMessage      `db:"result"`  // of its latest vote
}

// ContestedOf lists the items of a decision's proposals, whether it names them or
// not, in printed order and then by proposal.
func (s *Store) ContestedOf(ctx context.Context, decision string) ([]ContestedRow, error) {
	return list[ContestedRow](ctx, s.pool, `
		with cases as (
			select p.id, p.case_id, p.ref, p.unit, p.revision from proposals p
			where p.id in (select x.proposal from decision_items x where x.decision = $1::uuid)),
		said as (
			select x ->> 'item' as item, count(*)::int as times,
				(array_agg(nullif(x ->> 'reason', '') order by t.number desc) filter (where x ->> 'reason' <> ''))[1] as reason
			from trail t join cases c on c.case_id = t.case_id
			cross join lateral jsonb_array_elements(coalesce(convert_from(t.body, 'UTF8')::jsonb -> 'items', '[]')) x
			where x ->> 'opinion' = 'not_propose' or x ->> 'outcome' in ('not_proposed', 'not_passed', 'deferred', 'lower_award')
			group by 1),
		voted as (
			select distinct on (si.item) si.item, si.result from session_items si join sessions z on z.id = si.session
			where si.proposal in (select id from cases) and si.result is not null order by si.item, z.created_at desc)
		select i.id::text as item, c.id::text as proposal, c.ref as proposal_ref, u.name as unit_name, i.outcome, k.content,
			d.item is not null as named, coalesce(said.times, 0) as dissent,
			(select r.body from reasons r where r.commitment = coalesce(said.reason, nullif(i.reason, ''))) as reason, voted.result
		from items i join cases c on c.id = i.proposal join units u on u.id = c.unit
		join lateral (select content from item_contents k
			where k.item = i.id and k.revision <= c.revision order by k.revision desc limit 1) k on true
		left join decision_items d on d.item = i.id and d.decision = $1::uuid
		left join said on said.item = i.id::text
		left join voted on voted.item = i.id
		order by d.position nulls last, c.ref, i.position`, decision)
}
