package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// correctedUnit is a unit that hears of a correction: one that proposed somebody whose
// record is put right, or to which that person or collective belongs.
type correctedUnit struct {
	Unit    string `db:"unit"`
	Name    string `db:"name"`
	Ref     string `db:"ref"`     // number of the decision that is corrected
	Items   int    `db:"items"`   // of the unit
	Subject string `db:"subject"` // where the unit proposed none of them: the first
}

// notifyCorrection tells the units of those whose record an issued correction puts right:
// who proposed them opens the decision, and their own unit, which may not, their ledger.
// Each hears of its own only, and of each in one notice.
func (s *Store) notifyCorrection(ctx context.Context, tx pgx.Tx, decision, number, date string) error {
	units, err := list[correctedUnit](ctx, tx, `
		with named as (
			select distinct l.item, p.unit, true as proposed, r.subject
			from correction_lines l join proposals p on p.id = l.proposal join recognitions r on r.id = l.recognition where l.decision = $1::uuid
			union
			select l.item, j.unit, false, r.subject
			from correction_lines l join recognitions r on r.id = l.recognition join subjects j on j.ref = r.subject where l.decision = $1::uuid and j.unit is not null)
		select n.unit, u.name, c.number_text as ref, count(distinct n.item)::int as items,
			case when bool_or(n.proposed) then '' else min(n.subject) end as subject
		from named n join units u on u.id = n.unit join decisions d on d.id = $1::uuid join decisions c on c.id = d.corrects
		group by n.unit, u.name, c.number_text order by bool_or(n.proposed) desc, n.unit`, decision)
	if err != nil {
		return err
	}
	var caseID string
	var act int
	if err := tx.QueryRow(ctx, `select case_id, transition from decisions where id = $1::uuid`, decision).Scan(&caseID, &act); err != nil {
		return err
	}
	for _, u := range units {
		n := Notice{Case: u.Ref, Unit: u.Name, Items: u.Items, Decision: number, DecidedOn: date, Path: "/decisions/" + decision}
		if u.Subject != "" {
			n.Path = "/ledger/subjects/" + u.Subject
		}
		a := audience{kind: "decision_corrected", unit: u.Unit, roles: unitPeople}
		if err := s.notice(ctx, tx, caseID, act, a, uuid.Nil.String(), n); err != nil {
			return err
		}
	}
	return nil
}
