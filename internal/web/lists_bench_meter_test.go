package web_test

import (
	"context"
	"encoding/json"
	"regexp"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// meter adds up what the database takes of a page: every statement from its sending
// to its last row. While it keeps, it remembers the statements too.
type meter struct {
	spent atomic.Int64
	keeps bool
	kept  []pgx.TraceQueryStartData
}

type begunKey struct{}

func (m *meter) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	if m.keeps {
		m.kept = append(m.kept, d)
	}
	return context.WithValue(ctx, begunKey{}, time.Now())
}

func (m *meter) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryEndData) {
	if begun, ok := ctx.Value(begunKey{}).(time.Time); ok {
		m.spent.Add(int64(time.Since(begun)))
	}
}

// planned are the statements that have a plan; the others begin and end transactions.
var planned = regexp.MustCompile(`(?is)^\s*(select|with|insert|update|delete)\b`)

// touched is how many 8 kB pages of the database the kept statements look at, by
// EXPLAIN (ANALYZE, BUFFERS): what a page costs whatever else the machine does. Each
// runs twice, for the first run tidies up after those that wrote; nothing that they
// write stays.
func (m *meter) touched(b *testing.B, owner string) (total int, worst string) {
	b.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, owner)
	require.NoError(b, err)
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, "set jit = off")
	require.NoError(b, err)
	most := -1
	for _, d := range m.kept {
		if !planned.MatchString(d.SQL) {
			continue
		}
		n := 0
		for range 2 {
			n = explained(b, conn, d)
		}
		if n > most {
			most, worst = n, d.SQL
		}
		total += n
	}
	return total, worst
}

func explained(b *testing.B, conn *pgx.Conn, d pgx.TraceQueryStartData) int {
	b.Helper()
	ctx := context.Background()
	tx, err := conn.Begin(ctx)
	require.NoError(b, err)
	defer func() { _ = tx.Rollback(ctx) }()
	var raw []byte
	require.NoError(b, tx.QueryRow(ctx, "explain (analyze, buffers, timing off, format json) "+d.SQL, d.Args...).Scan(&raw), d.SQL)
	var plans []struct {
		Plan struct {
			Hit  int `json:"Shared Hit Blocks"`
			Read int `json:"Shared Read Blocks"`
		}
	}
	require.NoError(b, json.Unmarshal(raw, &plans))
	require.Len(b, plans, 1)
	return plans[0].Plan.Hit + plans[0].Plan.Read
}
