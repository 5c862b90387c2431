package restore

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/postgres"
)

// batch is how many links are held to the record in use at once.
const batch = 1000

// Check looks through a restored record: its schema (newest is this program's), how much
// there is, every trail's chain, and whether the record in use has each link too. What is
// wrong is added to r.
func Check(ctx context.Context, database string, r *Result, live Live, newest int64) error {
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		return errors.New("restore: the restored database does not answer")
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var ours bool
	err = conn.QueryRow(ctx, `select to_regclass('public.trail') is not null and to_regclass('public.proposals') is not null
		and to_regclass('public.goose_db_version') is not null`).Scan(&ours)
	if err != nil {
		return fmt.Errorf("restore: look into it: %w", err)
	}
	if !ours {
		r.find(NotOurs, "")
		return nil
	}
	var last *time.Time
	err = conn.QueryRow(ctx, `
		select (select coalesce(max(version_id), 0) from public.goose_db_version where is_applied), (select count(*) from public.proposals),
			(select count(*) from public.items), (select count(*) from public.trail), (select count(*) from public.decisions where phase <> 'draft'),
			(select count(*) from public.recognitions), (select count(*) from public.users), (select count(*) from public.attachments), (select max(at) from public.trail)`).
		Scan(&r.Schema, &r.Counts.Cases, &r.Counts.Items, &r.Counts.Transitions, &r.Counts.Decisions, &r.Counts.Recognitions, &r.Counts.People, &r.Counts.Papers, &last)
	if err != nil {
		return fmt.Errorf("restore: count: %w", err)
	}
	if last != nil {
		r.Last = last.UTC()
	}
	if r.Schema > newest {
		r.find(NewerSchema, strconv.FormatInt(r.Schema, 10))
	}
	return r.trails(ctx, conn, live)
}

// trails reckons every chain again and holds its links to the record in use.
func (r *Result) trails(ctx context.Context, conn *pgx.Conn, live Live) error {
	rows, err := conn.Query(ctx, `select case_id, number, body, prev_hash, hash from public.trail order by case_id, number`)
	if err != nil {
		return fmt.Errorf("restore: read the trails: %w", err)
	}
	defer rows.Close()
	var cases, hashes []string
	var numbers []int
	var at, prev string
	missing, broken, next := 0, "", 0
	hold := func() error {
		n, err := live.TrailMissing(ctx, cases, numbers, hashes)
		missing += n
		cases, numbers, hashes = cases[:0], numbers[:0], hashes[:0]
		return err
	}
	for rows.Next() {
		var id, before, hash string
		var number int
		var body []byte
		if err := rows.Scan(&id, &number, &body, &before, &hash); err != nil {
			return err
		}
		if id != at {
			at, prev, next = id, id, 1
		}
		if broken == "" && (number != next || before != prev || postgres.ChainHash(prev, body) != hash) {
			broken = fmt.Sprintf("%s, %d", id, number)
		}
		prev, next = hash, next+1
		cases, numbers, hashes = append(cases, id), append(numbers, number), append(hashes, hash)
		if len(cases) == batch {
			if err := hold(); err != nil {
				return err
			}
		}
	}
	if err := errors.Join(rows.Err(), hold()); err != nil {
		return fmt.Errorf("restore: hold the trails to the record in use: %w", err)
	}
	if broken != "" {
		r.find(ChainBroken, broken)
	}
	if missing > 0 {
		r.find(NotInUse, strconv.Itoa(missing))
	}
	return nil
}
