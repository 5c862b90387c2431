package app

import (
	"context"
	"crypto/rand"
	"fmt"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// drafted salts and commits to an item's content.
func drafted(c proposal.ItemContent) (postgres.DraftedItem, error) {
	salt, err := newSalt()
	if err != nil {
		return postgres.DraftedItem{}, err
	}
	commitment, err := proposal.Commit(salt, c)
	return postgres.DraftedItem{Content: c, Salt: salt, Commitment: commitment}, err
}

// reason stores free text and returns the commitment that the act carries.
func (a *App) reason(ctx context.Context, s Session, caseID, body, field, item string) (string, error) {
	if body == "" {
		return "", nil
	}
	salt, err := newSalt()
	if err != nil {
		return "", err
	}
	commitment, err := proposal.Commit(salt, body)
	if err != nil {
		return "", err
	}
	if rehearsing(ctx) {
		return commitment, nil
	}
	if err := a.Store.PutReason(ctx, commitment, salt, caseID, body, field, item, s.User); err != nil {
		return "", internal("store reason", err)
	}
	return commitment, nil
}

func newSalt() ([]byte, error) {
	salt := make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		return nil, fmt.Errorf("app: salt: %w", err)
	}
	return salt, nil
}
