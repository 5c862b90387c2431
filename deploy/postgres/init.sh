#!/usr/bin/env bash
# Roles and databases of an installation. The postgres image runs this once, on an
# empty data directory; run it again by hand to change a password:
#
#   docker compose exec postgres /docker-entrypoint-initdb.d/10-vinhdanh.sh
#
# vinhdanh_owner owns the domain's tables (migrate). vinhdanh_app may use them as the
# migrations grant (serve, worker). vinhdanh_gate may only add refusals (temporal).
# temporal owns Temporal's two databases and sees nothing of the domain's.
set -euo pipefail

psql -v ON_ERROR_STOP=1 --no-psqlrc --quiet --username "${POSTGRES_USER:-postgres}" --dbname postgres \
	-v owner="${VINHDANH_OWNER_PASSWORD:?}" -v app="${VINHDANH_APP_PASSWORD:?}" \
	-v gate="${VINHDANH_GATE_PASSWORD:?}" -v temporal="${TEMPORAL_DB_PASSWORD:?}" <<'SQL'
SELECT format('CREATE ROLE %I', name)
FROM unnest(ARRAY['vinhdanh_owner', 'vinhdanh_app', 'vinhdanh_gate', 'temporal']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER ROLE vinhdanh_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'owner';
ALTER ROLE vinhdanh_app   LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'app';
ALTER ROLE vinhdanh_gate  LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'gate';
ALTER ROLE temporal       LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'temporal';

SELECT format('CREATE DATABASE %I OWNER %I', name, role)
FROM (VALUES ('vinhdanh', 'vinhdanh_owner'), ('temporal', 'temporal'), ('temporal_visibility', 'temporal')) AS d(name, role)
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = name) \gexec

REVOKE ALL ON DATABASE vinhdanh, temporal, temporal_visibility, postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE vinhdanh TO vinhdanh_app, vinhdanh_gate;

\connect vinhdanh
ALTER SCHEMA public OWNER TO vinhdanh_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
SQL
