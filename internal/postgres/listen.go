package postgres

import "context"

// Listen calls f once at the start and then after each notification on the
// channel, until the connection or the context ends.
func (s *Store) Listen(ctx context.Context, channel string, f func()) error {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, "listen "+channel); err != nil {
		return err
	}
	for {
		f()
		if _, err := conn.Conn().WaitForNotification(ctx); err != nil {
			return err
		}
	}
}
