package postgres

import (
	"context"
	"time"
)

// KeyedRequest is a request made under an Idempotency-Key. Status 0 means that it
// is running.
type KeyedRequest struct {
	Request string `db:"request"` // hash of method, path and body
	Status  int    `db:"status"`
	Body    []byte `db:"body"` // the stored response
}

// ClaimKey takes a user's key for a request. It returns mine when the caller is
// to run the request: the key is new, or its first runner has given no sign of
// life for the age given. Otherwise it returns what is stored under the key.
func (s *Store) ClaimKey(ctx context.Context, user, key, request string, abandoned time.Duration) (mine bool, stored KeyedRequest, err error) {
	tag, err := s.pool.Exec(ctx, `
		insert into idempotency (user_id, key, request) values ($1::uuid, $2, $3)
		on conflict (user_id, key) do update set at = now()
		where idempotency.status = 0 and idempotency.request = $3 and idempotency.at < now() - $4::interval`,
		user, key, request, abandoned)
	if err != nil {
		return false, stored, err
	}
	if tag.RowsAffected() == 1 {
		return true, stored, nil
	}
	stored, err = one[KeyedRequest](ctx, s.pool, `
		select request, status, body from idempotency where user_id = $1::uuid and key = $2`, user, key)
	return false, stored, err
}

// TouchKey is the runner's sign of life.
func (s *Store) TouchKey(ctx context.Context, user, key string) error {
	_, err := s.pool.Exec(ctx, `
		update idempotency set at = now() where user_id = $1::uuid and key = $2 and status = 0`, user, key)
	return err
}

// FinishKey stores the response; the first one stands.
func (s *Store) FinishKey(ctx context.Context, user, key string, status int, body []byte) error {
	_, err := s.pool.Exec(ctx, `
		update idempotency set status = $3, body = $4, at = now()
		where user_id = $1::uuid and key = $2 and status = 0`, user, key, status, body)
	return err
}

// FreeKey gives a key back after a failure that is worth another try.
func (s *Store) FreeKey(ctx context.Context, user, key string) error {
	_, err := s.pool.Exec(ctx, `
		delete from idempotency where user_id = $1::uuid and key = $2 and status = 0`, user, key)
	return err
}

// PurgeKeys forgets keys older than the age given.
func (s *Store) PurgeKeys(ctx context.Context, age time.Duration) error {
	_, err := s.pool.Exec(ctx, `delete from idempotency where at < now() - $1::interval`, age)
	return err
}
