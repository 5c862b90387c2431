package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/council"
)

// LateRow is a proposal that the secretary asks the chair to let join a convened
// session.
type LateRow struct {
	Proposal    string     `db:"proposal" json:"proposal"`
	ProposalRef string     `db:"proposal_ref" json:"proposal_ref"`
	Award       string     `db:"award" json:"award"`
	UnitName    string     `db:"unit_name" json:"unit_name"`
	Items       int        `db:"items" json:"items"` // in play
	Reason      string     `db:"reason" json:"reason"`
	AskedAt     time.Time  `db:"asked_at" json:"asked_at"`
	AdmittedAt  *time.Time `db:"admitted_at" json:"admitted_at,omitempty"` // the chair consented
}

// requested is true for a proposal p that a convened session z holds by a request.
const requested = `exists (select 1 from session_late l join sessions z on z.id = l.session
	where l.proposal = p.id and l.ended_at is null and l.admitted_at is null and z.phase = 'convened')`

// LateOf lists what was asked to join a session and not taken back, oldest first.
func (s *Store) LateOf(ctx context.Context, session string) ([]LateRow, error) {
	return list[LateRow](ctx, s.pool, `
		select l.proposal::text, p.ref as proposal_ref, p.award, u.name as unit_name, l.reason, l.asked_at, l.admitted_at,
			(select count(*) from items i where i.proposal = p.id and `+openItem+`)::int as items
		from session_late l join proposals p on p.id = l.proposal join units u on u.id = p.unit
		where l.session = $1::uuid and l.ended_at is null order by l.id`, session)
}

// AskLate asks for proposals to join a convened session. Errors: ErrFrozen when the
// session is not convened, or open already; those of PutOnAgenda.
func (s *Store) AskLate(ctx context.Context, session, council string, proposals []string, reason, user string) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		var convened bool
		err := tx.QueryRow(ctx, `select phase = 'convened' from sessions where id = $1::uuid for update`, session).Scan(&convened)
		if err == nil && !convened {
			return ErrFrozen
		}
		if err != nil {
			return notFound(err)
		}
		if err := lockWaiting(ctx, tx, council, proposals, ""); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			insert into session_late (session, proposal, reason, asked_by)
			select $1::uuid, p::uuid, $3, $4::uuid from unnest($2::text[]) p`, session, proposals, reason, user)
		if err != nil {
			return err
		}
		return s.notifyLate(ctx, tx, session, user)
	})
}

// ErrConsenting says that the chair's consent is on its way.
var ErrConsenting = errors.New("postgres: the chair's consent is being recorded")

// consentWithin is how long a consent holds its requests before its act is stored.
const consentWithin = "1 minute"

// EndLate ends requests that the chair has not consented to. Error: ErrConsenting while a
// consent is under way, of whose outcome nothing is known: then none is ended.
func (s *Store) EndLate(ctx context.Context, session string, proposals []string) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		var busy bool
		err := tx.QueryRow(ctx, `
			with asked as (select l.consenting_at, z.case_id from session_late l join sessions z on z.id = l.session
				where l.session = $1::uuid and l.proposal = any(as_uuids($2)) and l.ended_at is null and l.admitted_at is null
				for update of l)
			select exists (select 1 from asked where consenting_at > now() - interval '`+consentWithin+`' or consenting_at is not null
				and exists (select 1 from attempts a left join attempt_outcomes o using (nonce)
					where a.case_id = asked.case_id and a.action = $3 and o.nonce is null))`,
			session, proposals, council.ActionAdmitLate).Scan(&busy)
		if err == nil && busy {
			return ErrConsenting
		}
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			update session_late set ended_at = now()
			where session = $1::uuid and proposal = any(as_uuids($2)) and ended_at is null and admitted_at is null`, session, proposals)
		return err
	})
}

// Consent marks requests whose consent is on its way, so that nobody drops them; coming
// false takes the mark away after a refusal.
func (s *Store) Consent(ctx context.Context, session string, proposals []string, coming bool) error {
	_, err := s.pool.Exec(ctx, `
		update session_late set consenting_at = case when $3 then now() end
		where session = $1::uuid and proposal = any(as_uuids($2)) and ended_at is null and admitted_at is null`, session, proposals, coming)
	return err
}

// LateItems lists the items in play of proposals that are asked to join a session.
func (s *Store) LateItems(ctx context.Context, session string, proposals []string) ([]CouncilItem, error) {
	return list[CouncilItem](ctx, s.pool, itemQuery(`null::jsonb`, `0::bigint`, `0`, ``, openItem+`
		and p.id = any(as_uuids($2)) and exists (select 1 from session_late l where l.session = $1::uuid and l.proposal = p.id
			and l.ended_at is null and l.admitted_at is null)`, protocolOrder), session, proposals)
}

// projectChange lets a session's agenda, recusals and round follow a transition.
func projectChange(ctx context.Context, tx pgx.Tx, caseID string, t council.Transition) error {
	c := t.Change
	if c == nil {
		return nil
	}
	_, err := tx.Exec(ctx, `update sessions set changes = changes || jsonb_build_array($2::jsonb) where case_id = $1`, caseID, c)
	if err == nil && len(c.Second) > 0 {
		_, err = tx.Exec(ctx, `update sessions set round = 2, ballots = 0 where case_id = $1`, caseID)
	}
	if err != nil || c.Late == nil {
		return err
	}
	rows := make([][]any, len(c.Late.Items))
	for i, it := range c.Late.Items {
		rows[i] = []any{caseID, it.ID}
	}
	err = insertRows(ctx, tx, `
		insert into session_items (session, position, item, proposal)
		select z.id, coalesce((select max(x.position) from session_items x where x.session = z.id), 0) + 1, i.id, i.proposal
		from sessions z, items i where z.case_id = $1 and i.id = $2::uuid`, rows)
	if err != nil {
		return fmt.Errorf("postgres: late items of %s: %w", caseID, err)
	}
	_, err = tx.Exec(ctx, `
		update session_late l set admitted_at = $2, ended_at = null, consenting_at = null from sessions z
		where z.case_id = $1 and l.session = z.id and l.admitted_at is null
			and l.id = (select max(n.id) from session_late n where n.session = l.session and n.proposal = l.proposal)
		  and exists (select 1 from session_items x where x.session = z.id and x.proposal = l.proposal)`, caseID, t.At)
	return err
}
