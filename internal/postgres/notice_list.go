package postgres

import (
	"context"
	"strconv"
	"time"
)

// NoticeFilter narrows a list of notices; zero values do not.
type NoticeFilter struct {
	Unread bool
	Kind   string
	Since  *time.Time
}

func (f NoticeFilter) clause(user string) *clause {
	c := &clause{}
	c.and(`o.user_id = %s::uuid`, user)
	if f.Unread {
		c.and(`o.read_at is null`)
	}
	if f.Kind != "" {
		c.and(`o.kind = %s`, f.Kind)
	}
	if f.Since != nil {
		c.and(`o.created_at > %s`, *f.Since)
	}
	return c
}

// ListNotices gives one page of a person's notices, newest first. Errors: ErrCursor.
func (s *Store) ListNotices(ctx context.Context, user string, f NoticeFilter, after Cursor, limit int) ([]InboxRow, Cursor, error) {
	from, err := after.read("notices")
	if err != nil {
		return nil, "", err
	}
	c := f.clause(user)
	if after != "" {
		c.and(`(o.created_at, o.id) < (%s::timestamptz, %s::uuid)`, from.At, from.ID)
	}
	rows, err := listTyped[InboxRow](ctx, s.pool, inboxRow+`where `+c.where()+` order by o.created_at desc, o.id desc limit `+strconv.Itoa(limit+1), c.args)
	if err != nil || len(rows) <= limit {
		return rows, "", err
	}
	rows = rows[:limit]
	return rows, mark{List: "notices", At: rows[limit-1].CreatedAt, ID: rows[limit-1].ID}.cursor(), nil
}

// CountNotices counts a person's notices, up to most.
func (s *Store) CountNotices(ctx context.Context, user string, f NoticeFilter, most int) (int, error) {
	c := f.clause(user)
	n := 0
	err := s.pool.QueryRow(ctx, `select count(*)::int from (select 1 from outbox o where `+c.where()+` limit `+strconv.Itoa(most)+`) x`, c.args...).Scan(&n)
	return n, err
}

// ReadNotices marks notices of a person as read: those named, or all that were
// made until an instant. It returns how many were unread.
func (s *Store) ReadNotices(ctx context.Context, user string, ids []string, until *time.Time) (int, error) {
	tag, err := s.pool.Exec(ctx, `
		update outbox set read_at = now()
		where user_id = $1::uuid and read_at is null and (id = any(as_uuids($2)) or created_at <= $3)`, user, ids, until)
	return int(tag.RowsAffected()), err
}

// Preferences are the channels that a person chose, by kind of notice.
func (s *Store) Preferences(ctx context.Context, user string) (map[string]string, error) {
	rows, err := list[struct {
		Kind    string `db:"kind"`
		Channel string `db:"channel"`
	}](ctx, s.pool, `select kind, channel from notice_preferences where user_id = $1::uuid`, user)
	out := map[string]string{}
	for _, r := range rows {
		out[r.Kind] = r.Channel
	}
	return out, err
}

// SetPreference keeps a person's choice for a kind.
func (s *Store) SetPreference(ctx context.Context, user, kind, channel string) error {
	_, err := s.pool.Exec(ctx, `
		insert into notice_preferences (user_id, kind, channel) values ($1::uuid, $2, $3)
		on conflict (user_id, kind) do update set channel = $3, changed_at = now()`, user, kind, channel)
	return err
}

// SetLocale keeps a person's language, vi or en.
func (s *Store) SetLocale(ctx context.Context, user, locale string) error {
	_, err := s.pool.Exec(ctx, `update users set locale = $2 where id = $1::uuid and locale <> $2`, user, locale)
	return err
}

// Visit notes that a person looks at the first page, and returns when the visit
// before this one was: looking again within half an hour is the same visit.
func (s *Store) Visit(ctx context.Context, user string) (*time.Time, error) {
	var before *time.Time
	err := s.pool.QueryRow(ctx, `
		insert into visits (user_id) values ($1::uuid)
		on conflict (user_id) do update set at = now(),
			before = case when visits.at < now() - interval '30 minutes' then visits.at else visits.before end
		returning before`, user).Scan(&before)
	return before, err
}
