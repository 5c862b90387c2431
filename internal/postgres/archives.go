package postgres

import (
	"context"
	"time"
)

// ArchiveRow names the stored bundle of a closed case.
type ArchiveRow struct {
	CaseID string    `db:"case_id" json:"case"`
	SHA256 string    `db:"sha256" json:"sha256"`
	Size   int64     `db:"size" json:"size"`
	At     time.Time `db:"at" json:"at"`
}

// ArchiveOf reads the archive row of a case.
func (s *Store) ArchiveOf(ctx context.Context, caseID string) (ArchiveRow, error) {
	return one[ArchiveRow](ctx, s.pool, `select case_id, sha256, size, at from archives where case_id = $1`, caseID)
}
