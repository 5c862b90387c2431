package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

// CaseKey reads a case's wrapped key; nil when there is none or it was destroyed.
func (s *Store) CaseKey(ctx context.Context, caseID string) ([]byte, error) {
	var wrapped []byte
	err := s.pool.QueryRow(ctx, `select wrapped from case_keys where case_id = $1`, caseID).Scan(&wrapped)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return wrapped, err
}

// PutCaseKey stores a wrapped key unless the case has, or had, one.
func (s *Store) PutCaseKey(ctx context.Context, caseID string, wrapped []byte) error {
	_, err := s.pool.Exec(ctx, `
		insert into case_keys (case_id, wrapped) values ($1, $2) on conflict (case_id) do nothing`, caseID, wrapped)
	return err
}
