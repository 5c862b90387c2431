package embedded

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"vinhdanh/internal/gate"
)

const insertRefusal = `INSERT INTO gate_refusals
	(at, sender, api, namespace, workflow_id, name, update_id, code, reason)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

// insertTimeout bounds one attempt to write; the recorder tries again.
const insertTimeout = 5 * time.Second

// RefusalWriter returns a recorder that inserts into the table gate_refusals at the PostgreSQL address url, as a role
// that may only insert there, and a function that closes its connections. The database may come up later than the
// server: what cannot be written yet waits.
func RefusalWriter(url string) (gate.Recorder, func(), error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, nil, fmt.Errorf("gate.refusals-address: the address of the refusals' database is not readable: %w", err)
	}
	cfg.MaxConns = 2
	pool, err := pgxpool.NewWithConfig(context.Background(), cfg)
	if err != nil {
		return nil, nil, fmt.Errorf("gate.refusals-address: %w", err)
	}
	write := func(ctx context.Context, r gate.Refusal) error {
		ctx, cancel := context.WithTimeout(ctx, insertTimeout)
		defer cancel()
		_, err := pool.Exec(ctx, insertRefusal,
			r.At, string(r.Sender), r.API, r.Namespace, r.WorkflowID, r.Name, r.UpdateID, r.Code, r.Reason)
		return err
	}
	return write, pool.Close, nil
}
