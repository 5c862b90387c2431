package postgres

import "context"

// Whoever votes in a council sees the cases of a live session's agenda by that
// office only after declaring interests there, and never the items of an own
// conflict. What another office of the same person shows is not touched.

// undeclared begins a condition that is true for live sessions se on which a person
// has not declared, or not since late items joined them; the person and a closing
// bracket follow.
const undeclared = `se.phase in ('draft', 'convened', 'open') and not exists (
	select 1 from session_declarations sd where sd.session = se.id
	and sd.at >= coalesce((select max(l.admitted_at) from session_late l where l.session = se.id), '-infinity') and sd.member::text = `

// owing are the units of the capacities that owe a declaration.
func (sc Scope) owing() []string {
	var out []string
	for i, owes := range sc.Owes {
		if owes {
			out = append(out, sc.Units[i])
		}
	}
	return out
}

// offices are the capacities that owe none.
func (sc Scope) offices() []string {
	out := []string{}
	for i, c := range sc.capacities() {
		if i >= len(sc.Owes) || !sc.Owes[i] {
			out = append(out, c)
		}
	}
	return out
}

// Barred lists the items in which the person of a scope has declared a conflict, or
// whose subject the person is, on sessions that were not cancelled, unless another
// office shows them. proposal narrows it to one case; "" does not.
func (s *Store) Barred(ctx context.Context, sc Scope, proposal string) ([]string, error) {
	if sc.All || len(sc.owing()) == 0 {
		return nil, nil
	}
	return listOf[string](ctx, s.pool, `
		select distinct si.item::text from session_items si join sessions se on se.id = si.session join items i on i.id = si.item
		where se.unit = any($1) and se.phase <> 'cancelled' and ($2 = '' or si.proposal = as_uuid($2))
		  and (i.subject = (select nullif(x.self, '') from users x where x.id = as_uuid($3)) or exists (
			select 1 from session_declarations d, json_array_elements(d.conflicts) x(v)
			where d.session = se.id and d.member = as_uuid($3) and x.v ->> 'item' = si.item::text))
		  and not exists (select 1 from case_readers r where r.proposal = si.proposal and r.capacity = any($4))`,
		sc.owing(), proposal, sc.Person, sc.offices())
}
