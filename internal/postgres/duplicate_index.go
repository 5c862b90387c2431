package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/rs/zerolog"

	"vinhdanh/internal/duplicate"
)

// Entries to be compared (internal/duplicate) are kept in the transaction that writes
// an item; whatever else changes one puts it in duplicate_pending by a trigger, and is
// indexed by the next look-up or by the worker, whichever comes first.
const (
	indexNow   = 200  // pending entries that a look-up indexes at most
	indexBatch = 1000 // that the worker indexes at once
	indexEvery = 2 * time.Second
)

// KeepDuplicates indexes what is pending until the context ends. Any number of
// processes may do it at once.
func (s *Store) KeepDuplicates(ctx context.Context) error {
	tick := time.NewTicker(indexEvery)
	defer tick.Stop()
	for {
		for {
			n, err := s.IndexDuplicates(ctx, indexBatch)
			if err != nil && ctx.Err() == nil {
				zerolog.Ctx(ctx).Warn().Err(err).Msg("duplicates are indexed later")
			}
			if err != nil || n == 0 {
				break
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// IndexDuplicates indexes up to limit pending entries and says how many it found.
func (s *Store) IndexDuplicates(ctx context.Context, limit int) (int, error) {
	var waiting bool
	if err := s.pool.QueryRow(ctx, `select exists (select 1 from duplicate_pending)`).Scan(&waiting); err != nil || !waiting {
		return 0, err
	}
	n := 0
	return n, s.inTx(ctx, func(tx pgx.Tx) error {
		ids, err := texts(ctx, tx, `
			delete from duplicate_pending where id in (
				select id from duplicate_pending order by at limit $1 for update skip locked) returning id::text`, limit)
		if n = len(ids); err != nil || n == 0 {
			return err
		}
		return indexEntries(ctx, tx, ids)
	})
}

// indexItems indexes items in the transaction that wrote them.
func indexItems(ctx context.Context, tx pgx.Tx, ids ...string) error {
	if _, err := tx.Exec(ctx, `delete from duplicate_pending where id = any($1::uuid[])`, ids); err != nil {
		return err
	}
	return indexEntries(ctx, tx, ids)
}

// indexSubmission indexes all items of a submission that was just made.
func indexSubmission(ctx context.Context, tx pgx.Tx, submission string) error {
	ids, err := texts(ctx, tx, `select i.id::text from items i join proposals p on p.id = i.proposal where p.submission = $1::uuid`, submission)
	if err != nil || len(ids) == 0 {
		return err
	}
	return indexItems(ctx, tx, ids...)
}

func texts(ctx context.Context, q querier, sql string, args ...any) ([]string, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// entryRow is an entry as the tables have it, before and after it is worked out.
type entryRow struct {
	ID          string   `db:"id" json:"id"`
	Item        *string  `db:"item" json:"item"`
	Record      *string  `db:"record" json:"record"`
	Subject     string   `db:"subject" json:"subject"`
	Kind        string   `db:"kind" json:"kind"`
	Name        string   `db:"name" json:"name"`
	Sex         string   `db:"sex" json:"sex"`
	BirthYear   int      `db:"birth_year" json:"birth_year"`
	BirthDate   string   `db:"birth_date" json:"birth_date"`
	Token       string   `db:"token" json:"token"`
	Identity    string   `db:"identity" json:"identity"`
	Follows     []string `db:"follows" json:"follows"`
	Unit        string   `db:"unit" json:"unit"`
	Roots       []string `db:"roots" json:"roots"`
	IsUnits     []string `db:"is_units" json:"is_units"`
	Workplace   string   `db:"workplace" json:"workplace"`
	Award       string   `db:"award" json:"award"`
	Campaign    string   `db:"campaign" json:"campaign"`
	PeriodKind  string   `db:"period_kind" json:"period_kind"`
	Period      string   `db:"period" json:"period"`
	Decision    string   `db:"decision" json:"decision"`
	Achievement string   `db:"achievement" json:"-"`
	Sketch      []int32  `db:"-" json:"sketch"`
	Quoted      []string `db:"-" json:"quoted"`
}

// knownSelect is what is known of the subject i.subject or r.subject, in the alias %[1]s: the
// keyed hash of its personal number under any of its references, the identity that
// stands for it, and the identities that it succeeds.
const knownSelect = `
	coalesce((select encode(n.hash, 'hex') from subjects me join subjects m on m.identity = me.identity
		join personal_numbers n on n.subject = m.ref and n.kind = 'cccd' and n.ended_at is null
		where me.ref = %[1]s.subject order by n.subject = me.ref desc, n.at desc, n.id limit 1), '') as token,
	coalesce((select me.identity from subjects me where me.ref = %[1]s.subject), %[1]s.subject) as identity,
	array(select distinct m.identity from subject_ledger_refs(%[1]s.subject) l join subjects m on m.ref = l.ref where l.followed order by 1) as follows`

// entrySources reads items as their readers see them, with what was corrected since, and
// historical records.
var entrySources = `
	select i.id::text, i.id::text as item, null::text as record, i.subject, c.content ->> 'kind' as kind, coalesce(c.content ->> 'name', '') as name,
		coalesce(c.content ->> 'sex', '') as sex, coalesce((c.content ->> 'birth_year')::int, 0) as birth_year,
		coalesce(c.content ->> 'birth_date', '') as birth_date, ` + fmt.Sprintf(knownSelect, "i") + `, p.unit, '{}'::text[] as roots, '{}'::text[] as is_units,
		coalesce(c.content ->> 'workplace', '') as workplace, p.award, coalesce(p.campaign, '') as campaign,
		coalesce(c.content ->> 'period_kind', '') as period_kind, coalesce(c.content ->> 'period', '') as period, '' as decision,
		coalesce(c.content ->> 'achievement', '') as achievement
	from items i join proposals p on p.id = i.proposal join lateral (
		select corrected_content(i.id, c.content) as content from item_contents c where c.item = i.id and (p.number = 0 or c.revision <= p.revision)
		order by c.revision desc limit 1) c on true
	where i.id = any($1::uuid[])
	union all
	select r.id::text, null, r.id::text, r.subject, s.kind, coalesce(nullif(to_jsonb(r) ->> 'named', ''), s.name), s.sex,
		coalesce(s.birth_year, 0), '', ` + fmt.Sprintf(knownSelect, "r") + `, coalesce(s.unit, ''), '{}', '{}', coalesce(to_jsonb(r) ->> 'workplace', ''), r.award, '',
		r.period_kind, r.period, r.decision_number, ''
	from recognitions r join subjects s on s.ref = r.subject where r.item is null and r.id = any($1::uuid[])`

// indexEntries writes the entries and keys of ids anew.
func indexEntries(ctx context.Context, tx pgx.Tx, ids []string) error {
	rows, err := list[entryRow](ctx, tx, entrySources, ids)
	if err != nil {
		return err
	}
	tree, err := readTree(ctx, tx)
	if err != nil {
		return err
	}
	keys, owners := []int64{}, []string{}
	for i := range rows {
		r := &rows[i]
		r.Roots, r.IsUnits = tree.roots(r.Unit), tree.named(r.Kind, r.Name)
		p := duplicate.Prepare(r.entry(tree))
		kept := p.Stored()
		r.Workplace, r.Sketch, r.Quoted = kept.Workplace, kept.Sketch, kept.Quoted
		for _, k := range p.Keys() {
			keys, owners = append(keys, k), append(owners, r.ID)
		}
	}
	for _, step := range []step{
		{`delete from duplicate_keys where entry = any($1::uuid[])`, []any{ids}},
		{`delete from duplicate_entries where id = any($1::uuid[])`, []any{ids}},
		{`insert into duplicate_entries (id, item, record, subject, kind, name, sex, birth_year, birth_date, token, identity, follows, unit, roots, is_units,
			workplace, award, campaign, period_kind, period, decision, sketch, quoted)
		select id, item, record, subject, kind, name, sex, birth_year, birth_date, token, identity, coalesce(follows, '{}'), unit, coalesce(roots, '{}'), coalesce(is_units, '{}'),
			workplace, award, campaign, period_kind, period, decision, coalesce(sketch, '{}'), coalesce(quoted, '{}')
		from jsonb_populate_recordset(null::duplicate_entries, $1)`, []any{rows}},
		{`insert into duplicate_keys (key, entry) select * from unnest($1::bigint[], $2::uuid[]) order by 1, 2`, []any{keys, owners}},
	} {
		if _, err := tx.Exec(ctx, step.sql, step.args...); err != nil {
			return err
		}
	}
	return nil
}

// entry is the row as internal/duplicate takes it.
func (r entryRow) entry(t tree) duplicate.Entry {
	return duplicate.Entry{
		ID: r.ID, Kind: r.Kind, Name: r.Name, Sex: r.Sex, BirthYear: r.BirthYear, BirthDate: r.BirthDate, Token: r.Token,
		Subject: r.Subject, Identity: r.Identity, Follows: r.Follows,
		Unit: r.Unit, Roots: r.Roots, Above: t.above(r.Unit), Is: r.IsUnits, Workplace: r.Workplace,
		Award: r.Award, Campaign: r.Campaign, PeriodKind: r.PeriodKind, Period: r.Period,
		Achievement: r.Achievement, Decision: r.Decision,
	}
}
