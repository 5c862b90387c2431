package postgres

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Mail is an outbox row that is due, with its recipient.
type Mail struct {
	ID        string          `db:"id"`
	Kind      string          `db:"kind"`
	Data      json.RawMessage `db:"data"`
	Email     string          `db:"email"`
	Locale    string          `db:"locale"`
	Tries     int             `db:"tries"`
	User      string          `db:"user_id"`
	Choice    string          `db:"choice"` // the channel that the person chose for the kind, or ""
	CreatedAt time.Time       `db:"created_at"`
}

// ClaimMail takes rows that are due, putting off their next try so that another
// worker does not take them too. A crash before the outcome sends once more,
// with the same Message-ID.
func (s *Store) ClaimMail(ctx context.Context, limit int, lease time.Duration) ([]Mail, error) {
	return list[Mail](ctx, s.pool, `
		with due as (
			select id from outbox where sent_at is null and failed_at is null and next_try <= now()
			order by next_try limit $1 for update skip locked)
		update outbox o set next_try = now() + $2::interval, tries = tries + 1
		from due, users u where o.id = due.id and u.id = o.user_id
		returning o.id::text, o.kind, o.data, u.email, u.locale, o.tries, o.created_at, u.id::text as user_id,
			coalesce((select p.channel from notice_preferences p where p.user_id = u.id and p.kind = o.kind), '') as choice`, limit, lease)
}

// MailSent notes a delivery.
func (s *Store) MailSent(ctx context.Context, id string) error {
	_, err := s.pool.Exec(ctx, `update outbox set sent_at = now(), last_error = '' where id = $1::uuid`, id)
	return err
}

// MailFailed notes a failed try: next is when to try again, nil gives up.
func (s *Store) MailFailed(ctx context.Context, id, reason string, next *time.Time) error {
	_, err := s.pool.Exec(ctx, `
		update outbox set last_error = $2, next_try = coalesce($3, next_try),
			failed_at = case when $3::timestamptz is null then now() end
		where id = $1::uuid`, id, reason, next)
	return err
}

// InboxRow is a notice as its recipient sees it.
type InboxRow struct {
	ID        string          `db:"id" json:"id"`
	CaseID    string          `db:"case_id" json:"case"`
	Kind      string          `db:"kind" json:"kind"`
	Data      json.RawMessage `db:"data" json:"data"`
	CreatedAt time.Time       `db:"created_at" json:"created_at"`
	SentAt    *time.Time      `db:"sent_at" json:"sent_at,omitempty"`
	ReadAt    *time.Time      `db:"read_at" json:"read_at,omitempty"`
	// OnBehalfOf is the name of the person for whom somebody did the act that the
	// notice tells of (xử lý thay); empty if it was done in person.
	OnBehalfOf string `db:"on_behalf_of" json:"on_behalf_of,omitempty"`
}

// inboxRow selects notices o.
const inboxRow = `
		select o.id::text, o.case_id, o.kind, o.data, o.created_at, o.sent_at, o.read_at,
			case when o.kind in ('reminder', 'overdue') then '' else coalesce((
			select u.full_name from trail t join users u on u.id::text = convert_from(t.body, 'UTF8')::json ->> 'on_behalf_of'
			where t.case_id = o.case_id and t.number = o.number), '') end as on_behalf_of
		from outbox o `

// NoticesOf lists a user's notices, newest first.
func (s *Store) NoticesOf(ctx context.Context, user string, limit int) ([]InboxRow, error) {
	return list[InboxRow](ctx, s.pool, inboxRow+`where o.user_id = $1::uuid order by o.created_at desc, o.id limit $2`, user, limit)
}

// Due is an open case with a deadline.
type Due struct {
	CaseID   string    `db:"case_id"`
	ID       string    `db:"id"`
	Ref      string    `db:"ref"`
	Unit     string    `db:"unit_name"`
	Stage    string    `db:"stage"`
	Waiting  string    `db:"waiting_unit"`
	Roles    []string  `db:"waiting_roles"`
	Number   int       `db:"number"`
	Open     int       `db:"open_items"`
	DueOn    time.Time `db:"due_on"`
	Standing *string   `db:"standing"` // the standing body, to which lateness goes up
}

// DueBy lists open cases due on or before an ISO civil date that do not pause.
func (s *Store) DueBy(ctx context.Context, on string) ([]Due, error) {
	return list[Due](ctx, s.pool, `
		select p.case_id, p.id::text, p.ref, u.name as unit_name, p.stage, p.waiting_unit, p.waiting_roles, p.number,
			p.open_items, p.due_on,
			(select st.v ->> 'unit' from jsonb_array_elements(p.route -> 'stages') st(v)
			 where st.v ->> 'kind' = 'reception' limit 1) as standing
		from proposals p join units u on u.id = p.unit
		where not p.closed and not p.on_hold and not p.returned and p.waiting_unit is not null and p.due_on <= $1::date
		order by p.due_on`, on)
}

// Remind writes reminder or overdue notices for a case, once per transition,
// kind and person.
func (s *Store) Remind(ctx context.Context, d Due, kind string, days int, units []string) error {
	n := Notice{
		Case: d.Ref, Unit: d.Unit, Stage: d.Stage, Items: d.Open, Days: days,
		Due: d.DueOn.Format(time.DateOnly), Path: "/proposals/" + d.ID,
	}
	return s.inTx(ctx, func(tx pgx.Tx) error {
		for _, unit := range units {
			roles := butVoters(d.Roles)
			if unit != d.Waiting {
				roles = []string{"standing_head", "appraiser"}
			}
			if err := s.notice(ctx, tx, d.CaseID, d.Number, audience{kind: kind, unit: unit, roles: roles}, uuid.Nil.String(), n); err != nil {
				return err
			}
		}
		return nil
	})
}
