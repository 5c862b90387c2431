package postgres

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// TrailMissing counts links (case, number, hash) that the trail does not have.
func (s *Store) TrailMissing(ctx context.Context, cases []string, numbers []int, hashes []string) (int, error) {
	n := 0
	err := s.pool.QueryRow(ctx, `
		select count(*)::int from unnest($1::text[], $2::int[], $3::text[]) u(c, n, h)
		where not exists (select 1 from trail t where t.case_id = u.c and t.number = u.n and t.hash = u.h)`, cases, numbers, hashes).Scan(&n)
	return n, err
}

// NewestMigration is the version of the schema that this program brings.
func NewestMigration() (int64, error) {
	files, err := migrations.ReadDir("migrations")
	if err != nil || len(files) == 0 {
		return 0, fmt.Errorf("postgres: no migrations: %w", err)
	}
	digits, _, _ := strings.Cut(files[len(files)-1].Name(), "_")
	return strconv.ParseInt(digits, 10, 64)
}
