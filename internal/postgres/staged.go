package postgres

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// StagedImport is a list from Excel while its reader looks at it.
type StagedImport struct {
	ID         string          `db:"id"`
	Owner      string          `db:"owner"`
	Unit       string          `db:"unit"`
	FileName   string          `db:"file_name"`
	SHA256     string          `db:"sha256"`
	Size       int64           `db:"size"`
	Input      json.RawMessage `db:"input"`
	Version    int             `db:"version"`
	Submission *string         `db:"submission"`
	CreatedAt  time.Time       `db:"created_at"`
}

const stagedSelect = `
	select id::text, owner::text, unit, file_name, sha256, size, input, version, submission::text, created_at from staged_imports `

// StageImport keeps a list for its reader and returns its id.
func (s *Store) StageImport(ctx context.Context, r StagedImport) (string, error) {
	id := uuid.NewString()
	_, err := s.pool.Exec(ctx, `
		insert into staged_imports (id, owner, unit, file_name, sha256, size, input)
		values ($1::uuid, $2::uuid, $3, $4, $5, $6, $7)`, id, r.Owner, r.Unit, r.FileName, r.SHA256, r.Size, r.Input)
	return id, err
}

// StagedImport reads a list that this person put up.
func (s *Store) StagedImport(ctx context.Context, owner, id string) (StagedImport, error) {
	return one[StagedImport](ctx, s.pool, stagedSelect+`where id = as_uuid($2) and owner = $1::uuid`, owner, id)
}

// StagedImports lists what a person has not taken over yet, newest first.
func (s *Store) StagedImports(ctx context.Context, owner string) ([]StagedImport, error) {
	return list[StagedImport](ctx, s.pool, stagedSelect+`
		where owner = $1::uuid and submission is null order by created_at desc limit 20`, owner)
}

// PutStagedInput stores what the reader said of the list, and the file that it is kept
// as, if nobody did in between.
func (s *Store) PutStagedInput(ctx context.Context, r StagedImport, version int, input json.RawMessage) (bool, error) {
	tag, err := s.pool.Exec(ctx, `
		update staged_imports set input = $3, sha256 = $4, size = $5, version = version + 1
		where id = $1::uuid and version = $2 and submission is null`, r.ID, version, input, r.SHA256, r.Size)
	return tag.RowsAffected() == 1, err
}

// TakeOver creates the submission of a staged list, once: whoever asks again gets
// the same one. false means that the list was changed since version.
func (s *Store) TakeOver(ctx context.Context, staged string, version int, d Drafted) (id string, ok bool, err error) {
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		r, err := one[StagedImport](ctx, tx, stagedSelect+`where id = as_uuid($1) for update`, staged)
		switch {
		case err != nil:
			return err
		case r.Submission != nil:
			id, ok = *r.Submission, true
			return nil
		case r.Version != version:
			return nil
		}
		id, ok = uuid.NewString(), true
		if err := createSubmission(ctx, tx, id, d); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			insert into attachments (id, submission, kind, file_name, sha256, size, created_by)
			values ($1::uuid, $2::uuid, 'list', $3, $4, $5, $6::uuid)`, uuid.NewString(), id, r.FileName, d.List.SHA256, d.List.Size, r.Owner)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `update staged_imports set submission = $2::uuid where id = $1::uuid`, staged, id)
		return err
	})
	return id, ok, err
}

// DropStaged forgets a list.
func (s *Store) DropStaged(ctx context.Context, owner, id string) error {
	_, err := s.pool.Exec(ctx, `delete from staged_imports where id = as_uuid($2) and owner = $1::uuid`, owner, id)
	return err
}

// PurgeStaged forgets lists that nobody looked at for so long.
func (s *Store) PurgeStaged(ctx context.Context, age time.Duration) error {
	_, err := s.pool.Exec(ctx, `delete from staged_imports where created_at < now() - $1::interval`, age)
	return err
}

// KnownSubjects lists the folded name, kind and birth year (0: not known) of the
// subjects of a unit that were sent before, among the given names.
func (s *Store) KnownSubjects(ctx context.Context, unit string, names []string) ([]KnownSubject, error) {
	return list[KnownSubject](ctx, s.pool, `
		select s.name_key, s.kind, coalesce(s.birth_year, 0) as birth_year, count(i.id)::int as items
		from subjects s left join items i on i.subject = s.ref
		where s.unit = $1 and s.name_key = any($2) group by s.ref`, unit, names)
}

// KnownSubject is a subject of a unit, as lists are matched against.
type KnownSubject struct {
	NameKey   string `db:"name_key"`
	Kind      string `db:"kind"`
	BirthYear int    `db:"birth_year"`
	Items     int    `db:"items"`
}
