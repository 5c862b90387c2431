package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Kinds of joins between subjects.
const (
	JoinSame       = "same"       // two subjects found to be one
	JoinSuccession = "succession" // the first follows the second, which was merged or renamed
)

// Errors of joining.
var (
	ErrSameAlready = errors.New("postgres: the subjects are joined already")
	ErrOtherKind   = errors.New("postgres: the subjects are of different kinds")
	ErrCircle      = errors.New("postgres: one follows the other already")
	ErrEnded       = errors.New("postgres: it was undone already")
)

// Subject is who awards are given to, under one reference.
type Subject struct {
	Ref       string     `db:"ref" json:"ref"`
	Kind      string     `db:"kind" json:"kind"`
	Name      string     `db:"name" json:"name"`
	BirthYear *int       `db:"birth_year" json:"birth_year,omitempty"`
	Sex       string     `db:"sex" json:"sex,omitempty"`
	Unit      string     `db:"unit" json:"unit"`
	UnitName  string     `db:"unit_name" json:"unit_name"`
	UnitEnded *time.Time `db:"unit_ended" json:"unit_ended,omitempty"` // last day of the unit
	Identity  string     `db:"identity" json:"identity"`
}

const subjectSelect = `
	select s.ref, s.kind, s.name, s.birth_year, s.sex, coalesce(s.unit, '') as unit, coalesce(u.name, '') as unit_name,
		u.valid_to as unit_ended, s.identity
	from subjects s left join units u on u.id = s.unit `

// Subject reads one subject.
func (s *Store) Subject(ctx context.Context, ref string) (Subject, error) {
	return one[Subject](ctx, s.pool, subjectSelect+`where s.ref = $1`, ref)
}

// SubjectsSame lists every subject that is the same as this one, itself included.
func (s *Store) SubjectsSame(ctx context.Context, ref string) ([]Subject, error) {
	return list[Subject](ctx, s.pool, subjectSelect+`
		where s.identity = (select identity from subjects where ref = $1) order by s.created_at, s.ref`, ref)
}

// SubjectUnits lists the units that a subject belongs to: where it was recorded or
// proposed, under any of its references, and the units that succeeded those.
func (s *Store) SubjectUnits(ctx context.Context, ref string) ([]string, error) {
	rows, err := s.pool.Query(ctx, `
		with same as (select ref, unit from subjects where identity = (select identity from subjects where ref = $1)),
			own as (select unit from same where unit is not null
				union select p.unit from items i join proposals p on p.id = i.proposal where i.subject in (select ref from same))
		select distinct h from own cross join lateral unit_heirs(own.unit) h order by 1`, ref)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// ProposalsAbout lists cases of a scope that name the subject, under any of its
// references, in an item that is not barred; the newest first.
func (s *Store) ProposalsAbout(ctx context.Context, sc Scope, barred []string, ref string, limit int) ([]Proposal, error) {
	if barred == nil {
		barred = []string{}
	}
	return list[Proposal](ctx, s.pool, proposalSelect+`
		where p.id in (select i.proposal from items i where i.id::text <> all($8::text[])
			and i.subject in (select ref from subjects where identity = (select identity from subjects where ref = $6)))
		  and `+visible+` order by p.created_at desc, p.id limit $7`, append(sc.args(), ref, limit, barred)...)
}

// Candidate is a subject that may be the same as another.
type Candidate struct {
	Subject
	SameYear bool `db:"same_year" json:"same_year"` // the years of birth are known and equal
	Related  bool `db:"related" json:"related"`     // in the same unit, or one before or after it
	// SameNumber: they have the same personal number, whatever else differs.
	SameNumber bool `db:"same_number" json:"same_number"`
	Awards     int  `db:"awards" json:"awards"`
}

// Candidates lists subjects that may be the same as ref: of its kind and folded
// name with no year of birth against it, or of the same personal number, and not
// joined with it. The likeliest first.
func (s *Store) Candidates(ctx context.Context, ref string, limit int) ([]Candidate, error) {
	return list[Candidate](ctx, s.pool, `
		with me as (select ref, kind, name_key, birth_year, unit, identity from subjects where ref = $1),
			near as (select h as unit from me cross join lateral unit_heirs(me.unit) h union select l from me cross join lateral unit_line(me.unit) l),
			numbered as (select o.subject from personal_numbers n join personal_numbers o on o.hash = n.hash and o.ended_at is null
				where n.ended_at is null and n.subject in (select ref from subjects_same_as($1) ref))
		select x.*, coalesce(x.birth_year = me.birth_year, false) as same_year, coalesce(x.unit in (select unit from near), false) as related,
			x.ref in (select subject from numbered) as same_number,
			(select count(*)::int from live_recognitions r where r.subject = x.ref) as awards
		from me cross join lateral (`+subjectSelect+`
			where s.kind = me.kind and s.identity <> me.identity and (s.ref in (select subject from numbered)
				or s.name_key = me.name_key and me.name_key <> '' and (s.birth_year is null or me.birth_year is null or s.birth_year = me.birth_year))) x
		where x.ref not in (select ref from subject_ledger_refs($1))
		order by same_number desc, same_year desc, related desc, awards desc, x.ref limit $2`, ref, limit)
}

// SubjectKey is what rows of a workbook are matched by.
type SubjectKey struct {
	Ref       string `db:"ref"`
	Identity  string `db:"identity"`
	Kind      string `db:"kind"`
	NameKey   string `db:"name_key"`
	BirthYear int    `db:"birth_year"` // 0: not known
	Unit      string `db:"unit"`
}

const subjectKeySelect = `
	select s.ref, s.identity, s.kind, s.name_key, coalesce(s.birth_year, 0) as birth_year, coalesce(s.unit, '') as unit from subjects s `

// SubjectsMatching lists the subjects with one of the folded names, the oldest last.
func (s *Store) SubjectsMatching(ctx context.Context, folds []string) ([]SubjectKey, error) {
	return list[SubjectKey](ctx, s.pool, subjectKeySelect+`where s.name_key = any($1) and s.name_key <> '' order by s.created_at desc, s.ref desc`, folds)
}

// SubjectKeys reads subjects by reference.
func (s *Store) SubjectKeys(ctx context.Context, refs []string) ([]SubjectKey, error) {
	return list[SubjectKey](ctx, s.pool, subjectKeySelect+`where s.ref = any($1)`, refs)
}

// SubjectsNamed lists subjects by folded name, the exact ones first: for finding one
// by hand. It looks at beginnings of names only, also of a name before its correction.
func (s *Store) SubjectsNamed(ctx context.Context, fold string, limit int) ([]Subject, error) {
	return list[Subject](ctx, s.pool, subjectSelect+`
		where s.name_key like $1 || '%' or s.ref in (select r.subject from recognition_corrections x join recognitions r on r.id = x.recognition
			where x.field = 'name' and search_fold(x.was) like $1 || '%') order by s.name_key <> $2, s.name_key, s.ref limit $3`, like(fold), fold, limit)
}

// Join is a word of a person that two subjects are one, or that one follows the other.
type Join struct {
	ID        string     `db:"id" json:"id"`
	Kind      string     `db:"kind" json:"kind"`
	Subject   string     `db:"subject" json:"subject"`
	Name      string     `db:"name" json:"name"`
	UnitName  string     `db:"unit_name" json:"unit_name"`
	Other     string     `db:"other" json:"other"`
	OtherName string     `db:"other_name" json:"other_name"`
	OtherUnit string     `db:"other_unit" json:"other_unit"`
	Since     *time.Time `db:"since" json:"since,omitempty"`
	Reason    string     `db:"reason" json:"reason"`
	By        string     `db:"by" json:"by"`
	At        time.Time  `db:"at" json:"at"`
	EndedAt   *time.Time `db:"ended_at" json:"ended_at,omitempty"`
	EndedWhy  string     `db:"ended_why" json:"ended_why,omitempty"`
	EndedBy   string     `db:"ended_by" json:"ended_by,omitempty"`
}

const joinSelect = `
	select j.id::text, j.kind, j.subject, s.name, coalesce(su.name, '') as unit_name, j.other, o.name as other_name,
		coalesce(ou.name, '') as other_unit, j.since, j.reason, u.full_name as by, j.at, e.at as ended_at,
		coalesce(e.reason, '') as ended_why, coalesce(eu.full_name, '') as ended_by
	from subject_joins j join subjects s on s.ref = j.subject join subjects o on o.ref = j.other join users u on u.id = j.by_user
	left join units su on su.id = s.unit left join units ou on ou.id = o.unit
	left join subject_join_ends e on e.join_id = j.id left join users eu on eu.id = e.by_user `

// JoinsOf lists the joins of a subject and of all that are the same, also those undone.
func (s *Store) JoinsOf(ctx context.Context, ref string) ([]Join, error) {
	return list[Join](ctx, s.pool, joinSelect+`
		where j.subject = $1 or j.other = $1
		   or j.subject in (select ref from subject_ledger_refs($1)) or j.other in (select ref from subject_ledger_refs($1))
		order by j.at, j.id`, ref)
}

// JoinByID reads one join.
func (s *Store) JoinByID(ctx context.Context, id string) (Join, error) {
	return one[Join](ctx, s.pool, joinSelect+`where j.id = as_uuid($1)`, id)
}

// JoinSubjects puts on record that subject and other are one (kind same), or that
// subject follows other from a day on (succession). It returns the join's id; under
// a nonce that the person used before, the id of that one. Errors: ErrSameAlready,
// ErrOtherKind, ErrCircle, ErrNotFound.
func (s *Store) JoinSubjects(ctx context.Context, d Doing, kind, subject, other, since string) (string, error) {
	id := uuid.NewString()
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(7021)`); err != nil {
			return err
		}
		err := tx.QueryRow(ctx, `select id::text from subject_joins where by_user = $1::uuid and nonce = $2`, d.Actor, d.Nonce).Scan(&id)
		if err == nil || err != pgx.ErrNoRows {
			return err
		}
		if err := mayJoin(ctx, tx, kind, subject, other); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			insert into subject_joins (id, kind, subject, other, since, reason, by_user, nonce)
			values ($1::uuid, $2, $3, $4, nullif($5, '')::date, $6, $7::uuid, $8)`, id, kind, subject, other, since, d.Reason, d.Actor, d.Nonce)
		return err
	})
	return id, err
}

func mayJoin(ctx context.Context, tx pgx.Tx, kind, subject, other string) error {
	var kinds, same, follows, followed bool
	err := tx.QueryRow(ctx, `
		select a.kind = b.kind, a.identity = b.identity,
			exists (select 1 from subject_ledger_refs($1) l where l.ref = $2 and l.followed),
			exists (select 1 from subject_ledger_refs($2) l where l.ref = $1 and l.followed)
		from subjects a, subjects b where a.ref = $1 and b.ref = $2`, subject, other).Scan(&kinds, &same, &follows, &followed)
	switch {
	case err != nil:
		return notFound(err)
	case !kinds:
		return ErrOtherKind
	case same || follows && kind == JoinSuccession:
		return ErrSameAlready
	case follows || followed:
		return ErrCircle
	}
	return nil
}

// UndoJoin ends a join; what it had joined is apart again. Errors: ErrEnded when it
// was undone before by somebody else's form, ErrNotFound.
func (s *Store) UndoJoin(ctx context.Context, d Doing, id string) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(7021)`); err != nil {
			return err
		}
		var by, nonce string
		err := tx.QueryRow(ctx, `select by_user::text, nonce from subject_join_ends where join_id = as_uuid($1)`, id).Scan(&by, &nonce)
		switch {
		case err == nil && by == d.Actor && nonce == d.Nonce:
			return nil
		case err == nil:
			return ErrEnded
		case err != pgx.ErrNoRows:
			return err
		}
		tag, err := tx.Exec(ctx, `
			insert into subject_join_ends (join_id, reason, by_user, nonce)
			select j.id, $2, $3::uuid, $4 from subject_joins j where j.id = as_uuid($1)`, id, d.Reason, d.Actor, d.Nonce)
		if err == nil && tag.RowsAffected() == 0 {
			return ErrNotFound
		}
		return err
	})
}
