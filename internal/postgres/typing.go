package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"vinhdanh/internal/proposal"
	"vinhdanh/internal/vietnamese"
)

// ErrNotDrafted says that the unit does not hold the case (any more).
var ErrNotDrafted = errors.New("postgres: the case is on its way")

// keptVersions is how many states of a typed content are kept for merging.
const keptVersions = 60

// Typed is an item while it is typed: the newest content and, where it is still
// kept, the content that the writer started from.
type Typed struct {
	Version int
	Now     proposal.ItemContent
	Base    *proposal.ItemContent
}

// Kept is what a save stores: the content, and what the writer's form shows from
// now on where that is something else. The form is the base of its next save.
type Kept struct {
	DraftedItem
	Form *proposal.ItemContent
}

// TypeItem changes an item of a draft or a returned case under its lock: change
// gets what stands and what the writer started from (version base), and gives
// what is stored. It returns the version that the writer's form shows; the
// submission's version moves too.
func (s *Store) TypeItem(ctx context.Context, item string, base int, change func(Typed) (Kept, error)) (int, error) {
	version := 0
	return version, s.inTx(ctx, func(tx pgx.Tx) error {
		if err := unsealed(ctx, tx, item); err != nil {
			return err
		}
		var revision int
		var submission string
		err := tx.QueryRow(ctx, `
			select p.revision, p.submission::text from proposals p join items i on i.proposal = p.id
			where i.id = $1::uuid and (p.number = 0 or p.returned and not p.closed)`, item).Scan(&revision, &submission)
		if errors.Is(err, pgx.ErrNoRows) {
			return ErrNotDrafted
		}
		if err != nil {
			return err
		}
		typed, err := typedItem(ctx, tx, item, base)
		if err != nil {
			return err
		}
		d, err := change(typed)
		if err != nil {
			return err
		}
		form := 0
		if d.Form != nil {
			if form, err = nextVersion(ctx, tx, item, *d.Form, d.Content.Name); err != nil {
				return err
			}
		}
		if version, err = putTyped(ctx, tx, item, revision+1, d.DraftedItem); err != nil {
			return err
		}
		if form > 0 {
			version = form
		}
		_, err = tx.Exec(ctx, `update submissions set version = version + 1 where id = $1::uuid`, submission)
		return err
	})
}

func typedItem(ctx context.Context, tx pgx.Tx, item string, base int) (Typed, error) {
	var t Typed
	err := tx.QueryRow(ctx, `
		select i.version, c.content from items i join lateral (
			select content from item_contents c where c.item = i.id order by revision desc limit 1) c on true
		where i.id = $1::uuid`, item).Scan(&t.Version, &t.Now)
	if err != nil {
		return t, notFound(err)
	}
	var b proposal.ItemContent
	err = tx.QueryRow(ctx, `select content from item_versions where item = $1::uuid and version = $2`, item, base).Scan(&b)
	switch {
	case err == nil:
		t.Base = &b
	case !errors.Is(err, pgx.ErrNoRows):
		return t, err
	case base == t.Version:
		t.Base = &t.Now
	}
	return t, nil
}

// putTyped stores a content with its version. Before the first sending the item
// follows its name to the subject it means; afterwards its subject is fixed.
func putTyped(ctx context.Context, tx pgx.Tx, item string, revision int, it DraftedItem) (int, error) {
	if err := putContent(ctx, tx, item, revision, it); err != nil {
		return 0, err
	}
	version, err := nextVersion(ctx, tx, item, it.Content, it.Content.Name)
	if err != nil {
		return 0, err
	}
	if err := followSubject(ctx, tx, item, it.Content); err != nil {
		return 0, err
	}
	return version, indexItems(ctx, tx, item)
}

// nextVersion keeps a state of an item under the next number.
func nextVersion(ctx context.Context, tx pgx.Tx, item string, c proposal.ItemContent, name string) (int, error) {
	var version int
	err := tx.QueryRow(ctx, `
		update items set version = version + 1, name_key = $2 where id = $1::uuid returning version`,
		item, vietnamese.Fold(name)).Scan(&version)
	if err != nil {
		return 0, err
	}
	return version, putVersion(ctx, tx, item, version, c)
}

func putVersion(ctx context.Context, q querier, item string, version int, c proposal.ItemContent) error {
	_, err := q.Exec(ctx, `insert into item_versions (item, version, content) values ($1::uuid, $2, $3)`, item, version, c)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, `delete from item_versions where item = $1::uuid and version <= $2`, item, version-keptVersions)
	return err
}

// followSubject moves an item that was never sent to the subject that it names
// now, and forgets the one it named while its name was being typed.
func followSubject(ctx context.Context, tx pgx.Tx, item string, c proposal.ItemContent) error {
	var unit, old string
	err := tx.QueryRow(ctx, `
		select p.unit, i.subject from items i join proposals p on p.id = i.proposal
		where i.id = $1::uuid and p.number = 0 and p.linked_from is null`, item).Scan(&unit, &old)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	key := vietnamese.Fold(c.Name)
	var same bool
	err = tx.QueryRow(ctx, `
		select name_key = $2 and kind = $3 and birth_year is not distinct from nullif($4, 0) from subjects where ref = $1`,
		old, key, c.Kind, c.BirthYear).Scan(&same)
	if err != nil || same {
		return err
	}
	ref, err := subjectOf(ctx, tx, unit, key, c)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `update items set subject = $2 where id = $1::uuid`, item, ref); err != nil {
		return err
	}
	// A number that was written into this item goes with it, unless the subject has one.
	if _, err := tx.Exec(ctx, `
		update personal_numbers n set subject = $2 where n.item = $1::uuid and n.ended_at is null and n.subject = $3
		  and not exists (select 1 from personal_numbers o where o.subject = $2 and o.kind = n.kind and o.ended_at is null)`, item, ref, old); err != nil {
		return err
	}
	return forgetSubject(ctx, tx, old)
}

// forgetSubject removes a subject that nothing names; what names it keeps it.
func forgetSubject(ctx context.Context, tx pgx.Tx, ref string) error {
	err := pgx.BeginFunc(ctx, tx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			delete from subjects s where s.ref = $1 and not exists (select 1 from items i where i.subject = s.ref)
			  and not exists (select 1 from users u where u.self = s.ref)`, ref)
		return err
	})
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "23503" {
		return nil
	}
	return err
}
