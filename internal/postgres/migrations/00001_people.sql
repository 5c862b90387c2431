-- +goose Up
-- Who and where: the installation, units with validity and successors, people
-- with roles, and the law data that cases were decided under.

create table installation (
    one         boolean primary key default true check (one),
    id          text not null,
    name        text not null,
    sample      text not null default '',        -- which sample data it runs on, if any
    created_at  timestamptz not null default now()
);

create table units (
    id             text primary key,
    name           text not null,
    short_name     text not null default '',
    kind           text not null,
    level          text not null,
    parent         text references units(id) deferrable initially deferred,
    place          text not null default '',      -- as documents name it: Hậu Giang
    symbol         text not null default '',      -- as document numbers carry it: UBND
    authority      text references units(id) deferrable initially deferred, -- whose head decides
    standing_body  text references units(id) deferrable initially deferred,
    council        text references units(id) deferrable initially deferred,
    protocol_order integer not null default 0,
    valid_from     date,
    valid_to       date
);
create index units_parent on units(parent);

create table unit_successors (
    unit      text not null references units(id) deferrable initially deferred,
    successor text not null references units(id) deferrable initially deferred,
    primary key (unit, successor)
);

create table users (
    id         uuid primary key,                  -- the opaque id that acts carry
    login      text not null unique,
    full_name  text not null,
    email      text not null default '',
    locale     text not null default 'vi' check (locale in ('vi', 'en')),
    self       text not null default '',          -- the user's own subject reference, if known
    sample     boolean not null default false,    -- invented person of a sample instance
    active     boolean not null default true,
    created_at timestamptz not null default now()
);

create table memberships (
    user_id    uuid not null references users(id),
    unit       text not null references units(id),
    role       text not null,
    title      text not null default '',
    valid_from date,
    valid_to   date,
    primary key (user_id, unit, role)
);
create index memberships_unit on memberships(unit, role);

create table tokens (
    id         uuid primary key,
    user_id    uuid not null references users(id),
    hash       bytea not null unique,             -- SHA-256 of the token; the token itself is shown once
    name       text not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz
);

create table campaigns (
    id   text primary key,
    data jsonb not null
);

-- Law data by hash: what a case pins must stay readable for as long as the case.
create table law_data (
    hash     text primary key,
    files    jsonb not null,
    first_at timestamptz not null default now()
);

-- One encryption key per case, wrapped by the installation's master key.
-- Destroying it makes the history unreadable while the proofs stay.
create table case_keys (
    case_id      text primary key,
    wrapped      bytea,
    created_at   timestamptz not null default now(),
    destroyed_at timestamptz
);

-- References that people read: HS-2023-0001.
create table counters (
    name  text not null,
    year  integer not null,
    value integer not null,
    primary key (name, year)
);

-- +goose Down
drop table counters, case_keys, law_data, campaigns, tokens, memberships, users, unit_successors, units, installation;
