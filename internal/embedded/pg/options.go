package pg

import (
	"net"
	"net/url"
	"path/filepath"
	"strconv"
)

// Options of a PostgreSQL child.
type Options struct {
	DataDir        string // its own directory; the cluster lies in postgres/ below it
	BinDir         string // directory with initdb and postgres; "" looks for them
	Port           int    // 0: a free one
	MaxConnections int    // default 100
	Throwaway      bool   // for tests: fast, and everything is lost in a crash
}

// Database and roles of the domain. What each role may do is granted by the migrations.
const (
	Database  = "vinhdanh"
	RoleOwner = "vinhdanh_owner" // owns the database; migrations run as it
	RoleApp   = "vinhdanh_app"   // serve and worker
	RoleGate  = "vinhdanh_gate"  // may only insert refusals
	superuser = "postgres"
)

// URLs are the addresses of the domain's database, one per role.
type URLs struct {
	Owner, App, Gate string
}

func (o Options) cluster() string     { return filepath.Join(o.DataDir, "postgres") }
func (o Options) logFile() string     { return filepath.Join(o.DataDir, "postgres.log") }
func (o Options) secretsFile() string { return filepath.Join(o.DataDir, "postgres-passwords.json") }

// URL returns the superuser's address of a database, e.g. for Temporal's own databases beside the domain's.
func (s *Server) URL(database string) string { return s.url(superuser, database) }

// URLs returns the addresses of the domain's database.
func (s *Server) URLs() URLs {
	return URLs{Owner: s.url(RoleOwner, Database), App: s.url(RoleApp, Database), Gate: s.url(RoleGate, Database)}
}

// Role returns the address of any database as one of the roles.
func (s *Server) Role(role, database string) string { return s.url(role, database) }

// Bin is the folder of the server's own programs, pg_dump and psql among them.
func (s *Server) Bin() string { return s.bin }

// Address is host:port.
func (s *Server) Address() string { return net.JoinHostPort(loopback, strconv.Itoa(s.port)) }

// Superuser returns name and password of the cluster's administrator.
func (s *Server) Superuser() (name, password string) { return superuser, s.passwords[superuser] }

func (s *Server) url(role, database string) string {
	u := url.URL{
		Scheme: "postgres", User: url.UserPassword(role, s.passwords[role]), Host: s.Address(), Path: "/" + database,
		RawQuery: "sslmode=disable",
	}
	return u.String()
}
