package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// States of an outcome letter.
const (
	LetterHeld      = "held"      // it waits to be read, edited, released or discarded
	LetterReleased  = "released"  // the unit has it
	LetterDiscarded = "discarded" // it does not go
)

// Modes of a standing body's letters.
const (
	LettersHeld = "held" // they wait
	LettersSent = "sent" // they go when their cases close
)

// ErrLetterMoved says that a letter is no longer as the reader knew it.
var ErrLetterMoved = errors.New("postgres: the letter was changed, released or discarded in between")

// OutcomeLetter is the letter of outcome of one proposal, as a list shows it.
type OutcomeLetter struct {
	ID           string    `db:"id" json:"id"`
	Proposal     string    `db:"proposal" json:"proposal"`
	Ref          string    `db:"ref" json:"ref"`
	Award        string    `db:"award" json:"award"`
	Unit         string    `db:"unit" json:"unit"` // addressee
	UnitName     string    `db:"unit_name" json:"unit_name"`
	Standing     string    `db:"standing" json:"standing"` // that writes it
	Council      *string   `db:"council" json:"council,omitempty"`
	Session      *string   `db:"session" json:"session,omitempty"`
	SessionRef   *string   `db:"session_ref" json:"session_ref,omitempty"`
	SessionTitle *string   `db:"session_title" json:"session_title,omitempty"`
	Number       int       `db:"number" json:"-"`
	Awarded      int       `db:"awarded" json:"awarded"`
	Others       int       `db:"others" json:"others"` // items that were not awarded
	State        string    `db:"state" json:"state"`
	Version      int       `db:"version" json:"version"`
	Paragraph    string    `db:"paragraph" json:"paragraph"` // the one that people write
	Reason       string    `db:"reason" json:"reason,omitempty"`
	ChangedBy    string    `db:"changed_by" json:"changed_by,omitempty"` // name; "": nobody did yet
	ChangedAt    time.Time `db:"changed_at" json:"changed_at"`
	CreatedAt    time.Time `db:"created_at" json:"created_at"`
}

// LetterEvent is one thing that was done to a letter.
type LetterEvent struct {
	Action    string    `db:"action" json:"action"` // held, sent, edited, released, discarded or restored
	Paragraph string    `db:"paragraph" json:"paragraph,omitempty"`
	Reason    string    `db:"reason" json:"reason,omitempty"`
	By        string    `db:"by" json:"by,omitempty"` // name; "": the system
	At        time.Time `db:"at" json:"at"`
}

// LetterScope is which letters a reader may see.
type LetterScope struct {
	Standing []string // of standing bodies
	Council  []string // of councils
	All      bool
}

// LetterFilter narrows a list of letters; empty fields narrow nothing.
type LetterFilter struct {
	State   string
	Session string // id or reference
	IDs     []string
}

const letterSelect = `
	select l.id::text, l.proposal::text, p.ref, p.award, p.unit, u.name as unit_name, l.standing, l.council, l.session::text, z.ref as session_ref,
		z.title as session_title, l.number, l.awarded, l.others, l.state, l.version, l.paragraph, l.reason, coalesce(b.full_name, '') as changed_by, l.changed_at, l.created_at
	from outcome_letters l join proposals p on p.id = l.proposal join units u on u.id = p.unit
	left join sessions z on z.id = l.session left join users b on b.id = l.changed_by
	where ($3 or l.standing = any($1) or l.council = any($2)) `

// OutcomeLetters lists letters in a scope, the newest first.
func (s *Store) OutcomeLetters(ctx context.Context, sc LetterScope, f LetterFilter, limit, offset int) ([]OutcomeLetter, error) {
	return list[OutcomeLetter](ctx, s.pool, letterSelect+`
		and ($4 = '' or l.state = $4) and ($5 = '' or l.session = as_uuid($5) or z.ref = $5) and ($6::text[] is null or l.id = any(as_uuids($6)))
		order by l.created_at desc, l.id limit $7 offset $8`, sc.Standing, sc.Council, sc.All, f.State, f.Session, f.IDs, limit, offset)
}

// OutcomeLetterIn reads one letter in a scope. Errors: ErrNotFound.
func (s *Store) OutcomeLetterIn(ctx context.Context, sc LetterScope, id string) (OutcomeLetter, error) {
	return one[OutcomeLetter](ctx, s.pool, letterSelect+`and l.id = as_uuid($4)`, sc.Standing, sc.Council, sc.All, id)
}

// LetterOf reads the letter of a proposal. Errors: ErrNotFound, where none was ever held.
func (s *Store) LetterOf(ctx context.Context, proposal string) (OutcomeLetter, error) {
	return one[OutcomeLetter](ctx, s.pool, letterSelect+`and l.proposal = $4::uuid`, []string{}, []string{}, true, proposal)
}

// LetterEvents lists what was done to a letter, the oldest first.
func (s *Store) LetterEvents(ctx context.Context, id string) ([]LetterEvent, error) {
	return list[LetterEvent](ctx, s.pool, `
		select e.action, e.paragraph, e.reason, coalesce(u.full_name, '') as by, e.at
		from outcome_letter_events e left join users u on u.id = e.by_user where e.letter = $1::uuid order by e.id`, id)
}

// HeldSessions lists the sessions of which letters wait, with their counts.
func (s *Store) HeldSessions(ctx context.Context, sc LetterScope) ([]HeldSession, error) {
	return list[HeldSession](ctx, s.pool, `
		select z.id::text, z.ref, z.title, count(*)::int as letters from outcome_letters l join sessions z on z.id = l.session
		where ($3 or l.standing = any($1) or l.council = any($2)) and l.state = 'held'
		group by z.id, z.ref, z.title order by z.ref desc`, sc.Standing, sc.Council, sc.All)
}

// HeldSession is a session of which letters wait.
type HeldSession struct {
	ID      string `db:"id" json:"id"`
	Ref     string `db:"ref" json:"ref"`
	Title   string `db:"title" json:"title"`
	Letters int    `db:"letters" json:"letters"`
}

// EditLetter changes the paragraph of a letter that waits. Errors: ErrLetterMoved.
func (s *Store) EditLetter(ctx context.Context, id string, version int, paragraph, by string) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		return moveLetter(ctx, tx, id, version, LetterHeld, "edited", LetterHeld, &paragraph, "", by)
	})
}

// DiscardLetter lets a letter that waits never go. Errors: ErrLetterMoved.
func (s *Store) DiscardLetter(ctx context.Context, id string, version int, reason, by string) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		return moveLetter(ctx, tx, id, version, LetterHeld, "discarded", LetterDiscarded, nil, reason, by)
	})
}

// RestoreLetter lets a discarded letter wait again. Errors: ErrLetterMoved.
func (s *Store) RestoreLetter(ctx context.Context, id string, version int, reason, by string) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		return moveLetter(ctx, tx, id, version, LetterDiscarded, "restored", LetterHeld, nil, reason, by)
	})
}

// ReleaseLetter lets the unit have a letter that waits, and tells its people. Errors:
// ErrLetterMoved.
func (s *Store) ReleaseLetter(ctx context.Context, id string, version int, by string) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		if err := moveLetter(ctx, tx, id, version, LetterHeld, "released", LetterReleased, nil, "", by); err != nil {
			return err
		}
		var h caseHead
		var stage string
		var number, awarded, others int
		err := tx.QueryRow(ctx, `
			select p.id::text, p.case_id, p.ref, p.unit, u.name, p.stage, l.number, l.awarded, l.others
			from outcome_letters l join proposals p on p.id = l.proposal join units u on u.id = p.unit where l.id = $1::uuid`, id).
			Scan(&h.ID, &h.CaseID, &h.Ref, &h.Unit, &h.UnitName, &stage, &number, &awarded, &others)
		if err != nil {
			return err
		}
		n := Notice{Case: h.Ref, Unit: h.UnitName, Stage: stage, Passed: awarded, Failed: others}
		return s.tellLetter(ctx, tx, h, number, by, n)
	})
}

// moveLetter changes a letter that is in a state, and says so beside it. The reason stands
// on a letter while it is discarded, and with what was done for good.
func moveLetter(ctx context.Context, tx pgx.Tx, id string, version int, from, action, state string, paragraph *string, reason, by string) error {
	tag, err := tx.Exec(ctx, `
		update outcome_letters set state = $3, version = version + 1, paragraph = coalesce($4, paragraph), reason = case when $3 = 'discarded' then $5 else '' end, changed_by = $6::uuid, changed_at = now()
		where id = $1::uuid and version = $2 and state = $7`, id, version, state, paragraph, reason, by, from)
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 0 {
		return ErrLetterMoved
	}
	_, err = tx.Exec(ctx, `
		insert into outcome_letter_events (letter, action, paragraph, reason, by_user)
		select id, $2, paragraph, $3, $4::uuid from outcome_letters where id = $1::uuid`, id, action, reason, by)
	return err
}

// LetterMode is whether the letters of a standing body wait.
type LetterMode struct {
	Standing string     `db:"standing" json:"standing"`
	Name     string     `db:"name" json:"name"`
	Mode     string     `db:"mode" json:"mode"` // held or sent
	By       string     `db:"by" json:"by,omitempty"`
	At       *time.Time `db:"at" json:"at,omitempty"`
}

// LetterModes reads the modes of standing bodies.
func (s *Store) LetterModes(ctx context.Context, standing []string) ([]LetterMode, error) {
	return list[LetterMode](ctx, s.pool, `
		select u.id as standing, u.name, coalesce(m.mode, 'held') as mode, coalesce(b.full_name, '') as by, m.at
		from units u left join lateral (select * from outcome_letter_modes m where m.standing = u.id order by m.id desc limit 1) m on true
		left join users b on b.id = m.by_user where u.id = any($1) order by u.id`, standing)
}

// SetLetterMode says whether the letters of a standing body wait from now on.
func (s *Store) SetLetterMode(ctx context.Context, standing, mode, by string) error {
	_, err := s.pool.Exec(ctx, `insert into outcome_letter_modes (standing, mode, by_user) values ($1, $2, $3::uuid)`, standing, mode, by)
	return err
}

// GivenItem is an item that was recognised, by which decision.
type GivenItem struct {
	Item   string `db:"item"`
	Number string `db:"number"`
	Date   string `db:"date"` // ISO
}

// GivenIn lists the recognitions of a proposal's items.
func (s *Store) GivenIn(ctx context.Context, proposal string) ([]GivenItem, error) {
	return list[GivenItem](ctx, s.pool, `
		select r.item::text, r.decision_number as number, coalesce(r.decision_date::text, '') as date
		from recognitions r join items i on i.id = r.item where i.proposal = $1::uuid`, proposal)
}
