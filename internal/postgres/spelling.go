package postgres

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// spelling is a query's text in the forms that the search tables have.
type spelling struct {
	fold, key string // migrations/00013: without accents, and with
	words     []string
	number    int  // the text is a running number: 12 of HS-2023-0012
	digits    bool // the text has digits: a reference or number, not a name
}

// spell brings a text into the forms of the search tables, by their functions.
func (s *Store) spell(ctx context.Context, text string) (spelling, error) {
	var q spelling
	err := s.pool.QueryRow(ctx, `select search_fold($1), search_key($1)`, storable(text)).Scan(&q.fold, &q.key)
	if err != nil {
		return q, err
	}
	q.words = strings.Fields(q.fold)
	q.digits = strings.ContainsAny(q.fold, "0123456789")
	if n, err := strconv.Atoi(q.fold); err == nil && n > 0 && n < 1e9 {
		q.number = n
	}
	return q, nil
}

// storable drops what the database cannot hold in a text.
func storable(text string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "")
}

// badValue tells whether the database could not read a value as the type that
// its place asks for (SQLSTATE class 22).
func badValue(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && strings.HasPrefix(pg.Code, "22")
}
