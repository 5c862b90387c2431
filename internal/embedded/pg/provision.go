package pg

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// provision makes roles and database. It runs at each start, so that a crash in the middle of the first one heals.
func (s *Server) provision(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.URL("postgres"))
	if err != nil {
		return fmt.Errorf("postgres.provision: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	for _, role := range []string{RoleOwner, RoleApp, RoleGate} {
		if err := ensureRole(ctx, conn, role, s.passwords[role]); err != nil {
			return fmt.Errorf("postgres.provision: role %s: %w", role, err)
		}
	}
	if err := ensureDatabase(ctx, conn, Database); err != nil {
		return fmt.Errorf("postgres.provision: database %s: %w", Database, err)
	}
	return s.confine(ctx, Database)
}

func ensureRole(ctx context.Context, conn *pgx.Conn, role, password string) error {
	var exists bool
	if err := conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)`, role).Scan(&exists); err != nil {
		return err
	}
	verb := "CREATE"
	if exists {
		verb = "ALTER"
	}
	// Utility statements take no parameters; the password is of our own alphabet, and quoted all the same.
	_, err := conn.Exec(ctx, fmt.Sprintf(
		`%s ROLE %s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD '%s'`,
		verb, pgx.Identifier{role}.Sanitize(), strings.ReplaceAll(password, "'", "''")))
	return err
}

func ensureDatabase(ctx context.Context, conn *pgx.Conn, name string) error {
	var exists bool
	if err := conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`, name).Scan(&exists); err != nil {
		return err
	}
	if !exists {
		if _, err := conn.Exec(ctx, fmt.Sprintf(`CREATE DATABASE %s OWNER %s`,
			pgx.Identifier{name}.Sanitize(), RoleOwner)); err != nil {
			return err
		}
	}
	for _, statement := range []string{
		`REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC`,
		fmt.Sprintf(`REVOKE ALL ON DATABASE %s FROM PUBLIC`, pgx.Identifier{name}.Sanitize()),
		fmt.Sprintf(`GRANT CONNECT ON DATABASE %s TO %s, %s`, pgx.Identifier{name}.Sanitize(), RoleApp, RoleGate),
	} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// confine gives the schema public to the owner and takes it from everybody else, whatever the version's default is.
func (s *Server) confine(ctx context.Context, database string) error {
	conn, err := pgx.Connect(ctx, s.URL(database))
	if err != nil {
		return fmt.Errorf("postgres.provision: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	for _, statement := range []string{
		`ALTER SCHEMA public OWNER TO ` + RoleOwner,
		`REVOKE CREATE ON SCHEMA public FROM PUBLIC`,
	} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("postgres.provision: %w", err)
		}
	}
	return nil
}

// CreateDatabase makes one more database, empty, with the owner and the confinement of the domain's. Tests use it.
func (s *Server) CreateDatabase(ctx context.Context, name string) (URLs, error) {
	conn, err := pgx.Connect(ctx, s.URL("postgres"))
	if err != nil {
		return URLs{}, err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if err := ensureDatabase(ctx, conn, name); err != nil {
		return URLs{}, err
	}
	return URLs{Owner: s.url(RoleOwner, name), App: s.url(RoleApp, name), Gate: s.url(RoleGate, name)}, s.confine(ctx, name)
}
