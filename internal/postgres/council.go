package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/proposal"
)

// CouncilSession is a session of the Council as its row stands.
type CouncilSession struct {
	ID         string          `db:"id" json:"id"`
	Ref        string          `db:"ref" json:"ref"` // HĐ-2023-0001
	CaseID     string          `db:"case_id" json:"case"`
	Unit       string          `db:"unit" json:"unit"`
	UnitName   string          `db:"unit_name" json:"unit_name"`
	Title      string          `db:"title" json:"title"`
	HeldOn     time.Time       `db:"held_on" json:"held_on"`
	Place      string          `db:"place" json:"place,omitempty"`
	Mode       string          `db:"mode" json:"mode"`                         // meeting, standing (of the standing members alone) or written
	Until      *time.Time      `db:"until" json:"until,omitempty"`             // civil date to answer by, of a written consultation
	Order      []string        `db:"award_order" json:"award_order,omitempty"` // award codes; empty: the catalogue's order
	Screen     string          `db:"on_screen" json:"-"`                       // award that the projector shows
	Electronic bool            `db:"electronic" json:"electronic,omitempty"`   // secret ballots are sealed and held here, not on paper
	Box        string          `db:"box" json:"-"`                             // commitment to the sealed ballots, once their box is closed
	BoxRound   int             `db:"box_round" json:"-"`                       // the ballot that the box is of: 1, or 2
	Input      json.RawMessage `db:"input" json:"-"`                           // council.Input once convened, else null
	Changes    json.RawMessage `db:"changes" json:"-"`                         // of that input since: an array of council.Change
	Phase      string          `db:"phase" json:"phase"`
	Number     int             `db:"number" json:"number"`
	Round      int             `db:"round" json:"round"` // the ballot that is going on, or was last: 1 or 2
	Present    int             `db:"present" json:"present"`
	Ballots    int             `db:"ballots" json:"ballots"`
	Items      int             `db:"items" json:"items"`
	CreatedAt  time.Time       `db:"created_at" json:"created_at"`
}

// SessionPlan is what a draft says of itself.
type SessionPlan struct {
	Title, Place string
	HeldOn       time.Time  // civil date: of the meeting, or on which the members are asked
	Mode         string     // meeting, standing or written
	Until        *time.Time // civil date to answer by; of a written consultation only
	Electronic   bool       // secret ballots are sealed and held here, not on paper
}

// A session that was convened and whose row does not carry its input yet (a crash
// came between) is read with the input that the accepted act started it with.
const sessionSelect = `
	select s.id::text, s.ref, s.case_id, s.unit, u.name as unit_name, s.title, s.held_on, s.place, s.mode, s.until, s.award_order, s.on_screen, s.electronic, s.box, s.box_round,
		case when s.number = 0 then s.input else coalesce((
			select a.start::jsonb from attempts a join attempt_outcomes o using (nonce)
			where a.case_id = s.case_id and a.start is not null and o.status = 'accepted' limit 1), s.input) end as input, s.changes,
		s.phase, s.number, s.round, s.present, s.ballots,
		(select count(*) from session_items i where i.session = s.id)::int as items, s.created_at
	from sessions s join units u on u.id = s.unit `

// CreateSession stores a draft of a session and returns its id. The same nonce is
// the same draft; without one each is its own.
func (s *Store) CreateSession(ctx context.Context, unit string, plan SessionPlan, user, nonce string) (string, error) {
	id := uuid.NewString()
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		var planned string
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended('session ' || $1, 0))`, nonce); err != nil {
			return err
		}
		err := tx.QueryRow(ctx, `select id::text from sessions where nonce = $1`, nonce).Scan(&planned)
		if err == nil {
			id = planned
			return nil
		}
		if !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		ref, err := nextRef(ctx, tx, "HĐ", plan.HeldOn.Year())
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			insert into sessions (id, ref, case_id, unit, title, place, held_on, mode, until, electronic, created_by, nonce)
			values ($1::uuid, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::uuid, nullif($12, ''))`,
			id, ref, "council/"+id, unit, plan.Title, plan.Place, plan.HeldOn, plan.Mode, plan.Until, plan.Electronic, user, nonce)
		return err
	})
	return id, err
}

// SessionByID reads a session by id, reference or case id.
func (s *Store) SessionByID(ctx context.Context, id string) (CouncilSession, error) {
	return one[CouncilSession](ctx, s.pool, sessionSelect+`where s.id = as_uuid($1) or s.ref = $1 or s.case_id = $1`, id)
}

// SessionsOf lists the sessions of councils, newest first; all for auditors.
func (s *Store) SessionsOf(ctx context.Context, councils []string, all bool, limit, offset int) ([]CouncilSession, error) {
	return list[CouncilSession](ctx, s.pool, sessionSelect+`
		where $2 or s.unit = any($1) order by s.held_on desc, s.ref desc limit $3 offset $4`, councils, all, limit, offset)
}

// CouncilsServed lists the councils whose standing body is one of the units.
func (s *Store) CouncilsServed(ctx context.Context, standing []string) ([]string, error) {
	rows, err := s.pool.Query(ctx, `
		select distinct council from units where standing_body = any($1) and council is not null order by 1`, standing)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// RosterSeat is a person with a seat or an office in a council on a day.
type RosterSeat struct {
	User  string `db:"user_id" json:"user"`
	Name  string `db:"full_name" json:"name"`
	Title string `db:"title" json:"title"`
	Chair bool   `db:"chair" json:"chair,omitempty"`
	Self  string `db:"self" json:"-"` // own subject reference, if known
	// Standing: of the council's standing members (Thường trực Hội đồng), as its chair is.
	Standing bool `db:"standing" json:"standing,omitempty"`
}

// CouncilRoster lists who votes in a council on a day: its chair and members,
// each person once, the chair first. A secretary votes only as a member.
func (s *Store) CouncilRoster(ctx context.Context, council string, on time.Time) ([]RosterSeat, error) {
	return list[RosterSeat](ctx, s.pool, `
		select u.id::text as user_id, u.full_name, bool_or(m.role = 'chair') as chair, u.self,
			(array_agg(m.title order by (m.role = 'chair') desc))[1] as title,
			bool_or(m.standing or m.role = 'chair') as standing
		from memberships m join users u on u.id = m.user_id
		where m.unit = $1 and m.role in ('chair', 'member') and u.active
		  and coalesce(m.valid_from, '-infinity') <= $2::date and coalesce(m.valid_to, 'infinity') >= $2::date
		group by u.id, u.full_name, u.self, u.login order by bool_or(m.role = 'chair') desc, u.login`, council, on)
}

// FreezeSession keeps a draft's agenda from changing while it is convened: its
// input is set. false means that the session is no draft any more.
func (s *Store) FreezeSession(ctx context.Context, id string, input any) (bool, error) {
	tag, err := s.pool.Exec(ctx, `update sessions set input = $2 where id = $1::uuid and phase = 'draft'`, id, input)
	return tag.RowsAffected() == 1, err
}

// ThawSession lets a draft's agenda be changed again, unless an act to convene it
// may still take effect.
func (s *Store) ThawSession(ctx context.Context, id string) error {
	_, err := s.pool.Exec(ctx, `
		update sessions s set input = null where id = $1::uuid and phase = 'draft' and not exists (
			select 1 from attempts a left join attempt_outcomes o using (nonce)
			where a.case_id = s.case_id and o.status is distinct from 'refused')`, id)
	return err
}

// DropDraftSession cancels a session that was never convened and frees what
// stands on its agenda; false when it is no plain draft.
func (s *Store) DropDraftSession(ctx context.Context, id string) (bool, error) {
	dropped := false
	return dropped, s.inTx(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			update sessions set phase = 'cancelled' where id = $1::uuid and phase = 'draft' and input is null`, id)
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
		dropped = true
		_, err = tx.Exec(ctx, `delete from session_items where session = $1::uuid`, id)
		return err
	})
}

// Ballot says that a member has voted; how, only the record knows.
type Ballot struct {
	Member  string `db:"member" json:"member"`
	Written bool   `db:"written" json:"written,omitempty"`
}

// BallotsOf lists who has cast an open ballot in a session's last round.
func (s *Store) BallotsOf(ctx context.Context, session string) ([]Ballot, error) {
	return list[Ballot](ctx, s.pool, `
		select b.member, b.written from session_ballots b join sessions s on s.id = b.session and s.round = b.round
		where s.id = $1::uuid order by b.number`, session)
}

// Officers lists who holds a role in a unit on an ISO civil date; deputies, by
// their title, come last. Chair marks nobody here.
func (s *Store) Officers(ctx context.Context, unit string, role proposal.Role, on string) ([]RosterSeat, error) {
	return list[RosterSeat](ctx, s.pool, `
		select u.id::text as user_id, u.full_name, m.title, false as chair, false as standing, u.self
		from memberships m join users u on u.id = m.user_id
		where m.unit = $1 and m.role = $2 and u.active
		  and coalesce(m.valid_from, '-infinity') <= $3::date and coalesce(m.valid_to, 'infinity') >= $3::date
		order by m.title like 'Phó %', u.login`, unit, string(role), on)
}
