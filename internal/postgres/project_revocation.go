package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/proposal"
)

// projectRevocation lets a revocation, and the revoking decision where there is one,
// follow a transition, and tells who is next.
func (s *Store) projectRevocation(ctx context.Context, tx pgx.Tx, caseID string, body []byte) error {
	var t proposal.RevocationTransition
	if err := json.Unmarshal(body, &t); err != nil {
		return fmt.Errorf("postgres: transition of %s: %w", caseID, err)
	}
	verdict := ""
	if t.Action == string(proposal.ActionAppraise) {
		verdict = t.Verdict
	}
	_, err := tx.Exec(ctx, `update revocations set phase = $2, number = $3, verdict = coalesce(nullif($4, ''), verdict) where case_id = $1`,
		caseID, t.Phase, t.Number, verdict)
	if err != nil {
		return err
	}
	if t.Action == proposal.ActionAnswer {
		_, err := tx.Exec(ctx, `
			insert into revocation_answers (revocation, unit, position, document, reason, number, at)
			select id, $2, $3, $4, $5, $6, $7 from revocations where case_id = $1`, caseID, t.Unit, t.Verdict, t.Document, t.Reason, t.Number, t.At)
		if err != nil {
			return err
		}
	}
	if err := revokingFollows(ctx, tx, caseID, t); err != nil {
		return err
	}
	return s.notifyRevocation(ctx, tx, caseID, t)
}

// revokingFollows moves the revoking decision's row along; a refusal leaves it unsigned.
func revokingFollows(ctx context.Context, tx pgx.Tx, caseID string, t proposal.RevocationTransition) error {
	phase, signer := t.Phase, ""
	switch t.Phase {
	case proposal.RevocationSigned:
		signer = t.Actor
	case proposal.RevocationSubmitted, proposal.RevocationSentBack, proposal.RevocationNumbered:
	case proposal.RevocationRefused, proposal.RevocationWithdrawn:
		phase = proposal.RevocationSentBack
	default:
		return nil // nothing is drafted yet
	}
	_, err := tx.Exec(ctx, `
		update decisions set phase = $2, transition = $3, mode = coalesce(nullif($4, ''), mode), signer = coalesce(nullif($5, '')::uuid, signer),
			number_text = coalesce(nullif($6, ''), number_text), number_date = coalesce(nullif($7, '')::date, number_date),
			signed = coalesce(nullif($8, ''), signed), scan = coalesce(nullif($9, ''), scan)
		where case_id = $1`, caseID, phase, t.Number, t.Mode, signer, t.Given, t.Date, t.Signed, t.Scan)
	if err != nil || t.Phase != proposal.RevocationNumbered {
		return err
	}
	return finalNumber(ctx, tx, caseID, proposal.IssuanceTransition{Step: t.Step, Given: t.Given, Date: t.Date})
}

// notifyRevocation tells the units that are asked, then who signs and who numbers, and
// in the end everybody who was asked.
func (s *Store) notifyRevocation(ctx context.Context, tx pgx.Tx, caseID string, t proposal.RevocationTransition) error {
	n := Notice{Stage: t.Phase}
	var standing, authority string
	err := tx.QueryRow(ctx, `
		select v.ref, '/revocations/' || v.id::text, u.name, v.standing, v.authority, to_char(v.due_on, 'YYYY-MM-DD'),
			(select count(*) from revocation_items i where i.revocation = v.id), coalesce((select number_text from decisions d where d.id = v.decision), '')
		from revocations v join units u on u.id = v.authority where v.case_id = $1`, caseID).
		Scan(&n.Case, &n.Path, &n.Unit, &standing, &authority, &n.Due, &n.Items, &n.Decision)
	if err != nil {
		return notFound(err)
	}
	n.Body = n.Unit
	units, err := list[struct {
		Unit string `db:"unit"`
	}](ctx, tx, `select distinct i.unit from revocation_items i join revocations v on v.id = i.revocation where v.case_id = $1 order by 1`, caseID)
	if err != nil {
		return err
	}
	var out []audience
	head := []string{string(proposal.RoleStandingHead), string(proposal.RoleAppraiser)}
	asked := func(kind string) {
		for _, u := range units {
			out = append(out, audience{kind: kind, unit: u.Unit, roles: unitPeople})
		}
	}
	switch t.Phase {
	case proposal.RevocationOpened:
		if t.Action == proposal.ActionRevoke {
			asked("revocation_opened")
		} else {
			out = append(out, audience{kind: "revocation_answered", unit: standing, roles: head})
		}
	case proposal.RevocationSubmitted:
		out = append(out, audience{kind: "forwarded", unit: authority, roles: []string{string(proposal.RoleSigner)}})
	case proposal.RevocationSigned:
		out = append(out, audience{kind: "forwarded", unit: authority, roles: []string{string(proposal.RoleRegistrar)}})
	case proposal.RevocationSentBack:
		out = append(out, audience{kind: "revocation_answered", unit: standing, roles: head})
	case proposal.RevocationNumbered, proposal.RevocationRefused, proposal.RevocationWithdrawn:
		asked("revocation_ended")
		out = append(out, audience{kind: "revocation_ended", unit: standing, roles: head})
	}
	for _, a := range out {
		if err := s.notice(ctx, tx, caseID, t.Number, a, t.Actor, n); err != nil {
			return err
		}
	}
	return nil
}

// WriteRevocation marks what an issued revoking decision takes back: each recognition,
// and the decision that awarded, whole or in part. Done twice it changes nothing. It
// returns how many recognitions are marked then.
func (s *Store) WriteRevocation(ctx context.Context, id, number, date string) (int, error) {
	marked := 0
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return 0, fmt.Errorf("postgres: the date %q of revocation %s does not parse: %w", date, id, err)
	}
	return marked, s.inTx(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			insert into recognition_revocations (recognition, revocation, by_number, on_date)
			select i.recognition, i.revocation, $2, $3::date from revocation_items i where i.revocation = $1::uuid
			on conflict (recognition) do nothing`, id, number, date)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			insert into decision_cancellations (decision, by_number, on_date, revocation, whole)
			select v.decision, $2, $3::date, v.id, v.whole from revocations v where v.id = $1::uuid
			on conflict (decision, by_number, on_date) do nothing`, id, number, date)
		if err != nil {
			return err
		}
		return tx.QueryRow(ctx, `select count(*) from recognition_revocations where revocation = $1::uuid`, id).Scan(&marked)
	})
}

// BuiltOn is a later award for whose judgement a recognition was counted.
type BuiltOn struct {
	Recognition string     `db:"recognition" json:"recognition"`
	Subject     string     `db:"subject" json:"subject"`
	Award       string     `db:"award" json:"award"`
	Number      string     `db:"number" json:"number"`
	Date        *time.Time `db:"date" json:"date,omitempty"`
	ProposalRef string     `db:"ref" json:"proposal_ref"`
	On          string     `db:"built_on" json:"built_on"` // the recognition that was counted
	Revoked     bool       `db:"revoked" json:"revoked"`
}

// BuiltOnRevocation lists the awards that were judged by facts in which a recognition of
// the revocation stood: of the same subject, by a case whose stored facts name that award
// under that decision's number. They are to be looked at again.
func (s *Store) BuiltOnRevocation(ctx context.Context, id string) ([]BuiltOn, error) {
	return list[BuiltOn](ctx, s.pool, `
		select distinct r.id::text as recognition, r.subject, r.award, r.decision_number as number, r.decision_date as date, p.ref,
			b.id::text as built_on, exists (select 1 from recognition_revocations w where w.recognition = r.id) as revoked
		from revocation_items z join recognitions b on b.id = z.recognition
		cross join lateral subject_ledger_refs(b.subject) l
		join recognitions r on r.subject = l.ref and r.id <> b.id and r.item is not null
		join items i on i.id = r.item join proposals p on p.id = i.proposal
		where z.revocation = $1::uuid and exists (
			select 1 from validations f cross join lateral json_array_elements(f.facts) e
			cross join lateral json_array_elements(coalesce(e -> 'titles', '[]'::json)) t
			where f.proposal = p.id and t ->> 'award' = b.award and t ->> 'number' = b.decision_number)
		order by 5, 4, 1`, id)
}
