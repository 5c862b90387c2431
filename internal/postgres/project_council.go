package postgres

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/council"
)

// projectCouncil lets a session follow a transition. Which member voted is
// shown; how, only the history knows.
func (s *Store) projectCouncil(ctx context.Context, tx pgx.Tx, caseID string, body []byte) error {
	var t council.Transition
	if err := json.Unmarshal(body, &t); err != nil {
		return fmt.Errorf("postgres: transition of %s: %w", caseID, err)
	}
	_, err := tx.Exec(ctx, `
		update sessions set phase = $2, number = $3,
			present = case when $4 > 0 then $4 else present end,
			ballots = ballots + case when $5 = '' then 0 else 1 end
		where case_id = $1`, caseID, string(t.Phase), t.Number, t.Present, t.Member)
	if err != nil {
		return err
	}
	if t.Member != "" {
		_, err := tx.Exec(ctx, `
			insert into session_ballots (session, member, written, number, round)
			select id, $2, $3, $4, round from sessions where case_id = $1`, caseID, t.Member, t.Written, t.Number)
		if err != nil {
			return err
		}
	}
	if err := projectSecret(ctx, tx, caseID, t); err != nil {
		return err
	}
	if err := projectChange(ctx, tx, caseID, t); err != nil {
		return err
	}
	rows := make([][]any, len(t.Results))
	for i, r := range t.Results {
		rows[i] = []any{caseID, r.Item, r}
	}
	if err := s.notifySession(ctx, tx, caseID, t); err != nil {
		return err
	}
	return insertRows(ctx, tx, `
		update session_items set result = $3
		where item = $2::uuid and session = (select id from sessions where case_id = $1)`, rows)
}
