-- +goose Up
-- How people sign in: passwords, one-time codes, passkeys, recovery codes, web
-- sessions, links that work once, and what became of each attempt. Of every
-- secret only a digest is here, except those of one-time codes, which are
-- encrypted under the installation's key.

-- Logins are typed: case does not tell two apart.
create unique index users_login_folded on users(lower(login));

create table credentials (
    user_id    uuid primary key references users(id),
    hash       text not null,                     -- argon2id with its parameters and salt
    changed_at timestamptz not null default now()
);

create table code_factors (
    id           uuid primary key,
    user_id      uuid not null references users(id),
    name         text not null default '',
    secret       bytea not null,                  -- sealed for this row's id
    created_at   timestamptz not null default now(),
    confirmed_at timestamptz,                     -- null until the first code was shown
    last_step    bigint not null default 0,       -- of the last code taken; no step counts twice
    last_used_at timestamptz
);
create index code_factors_user on code_factors(user_id);

create table passkeys (
    id           uuid primary key,
    user_id      uuid not null references users(id),
    credential   bytea not null unique,           -- the authenticator's id of the key
    record       jsonb not null,                  -- public key, counter, flags
    name         text not null default '',
    created_at   timestamptz not null default now(),
    last_used_at timestamptz
);
create index passkeys_user on passkeys(user_id);

-- A passkey's question between its two halves; taken once.
create table passkey_ceremonies (
    id         uuid primary key,
    kind       text not null check (kind in ('register', 'sign-in', 'second-factor', 'freshen')),
    user_id    uuid references users(id),         -- null: whoever answers
    session    uuid,
    data       jsonb not null,
    expires_at timestamptz not null
);

create table recovery_codes (
    user_id    uuid not null references users(id),
    hash       bytea not null,
    created_at timestamptz not null default now(),
    used_at    timestamptz,
    primary key (user_id, hash)
);

create table web_sessions (
    id           uuid primary key,
    user_id      uuid not null references users(id),
    hash         bytea not null unique,           -- SHA-256 of the cookie's secret; changes with each step up
    method       text not null,                   -- as acts carry it: password+totp
    step         text not null default '' check (step in ('', 'second-factor', 'enrol')),
    address      text not null default '',
    agent        text not null default '',        -- browser and system in two words
    created_at   timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    expires_at   timestamptz not null,
    fresh_until  timestamptz not null,
    ended_at     timestamptz,
    ended_by     text not null default ''         -- sign-out, owner, idle, expired, password, admin, too-many
);
create index web_sessions_user on web_sessions(user_id, created_at desc);

-- How fast wrong guesses may follow each other. Keys are pseudonyms.
create table sign_in_pace (
    key        text primary key,
    guesses    integer not null,
    last_at    timestamptz not null,
    next_at    timestamptz not null
);

create table one_time_links (
    id         uuid primary key,
    hash       bytea not null unique,
    kind       text not null check (kind in ('setup', 'invitation', 'reset')),
    user_id    uuid references users(id),         -- null: the first admin, who is not there yet
    created_by uuid references users(id),         -- null: the operator at the machine
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at    timestamptz,
    check ((kind = 'setup') = (user_id is null))
);
create index one_time_links_user on one_time_links(user_id);

-- Signing in and out, failures, and what changed of the means to it: for
-- auditors, and for each person about themselves. A login that nobody has is not
-- kept: it may be a password that was typed into the wrong field.
create table sign_in_events (
    id      bigint generated always as identity primary key,
    at      timestamptz not null default now(),
    user_id uuid references users(id),
    kind    text not null,
    method  text not null default '',
    detail  text not null default '',
    by_user uuid references users(id),            -- when somebody else did it
    session uuid,
    address text not null default '',
    agent   text not null default ''
);
create index sign_in_events_at on sign_in_events(at desc);
create index sign_in_events_user on sign_in_events(user_id, at desc);

-- Personal access tokens carry what they are good for. Those that exist were
-- issued for everything their owner may do.
alter table tokens
    add column scopes text[] not null default '{all}',
    add column made_by text not null default 'operator', -- how its maker had signed in, or the operator at the machine
    add column hint text not null default '',     -- the last letters, to tell tokens apart
    add column last_used_at timestamptz;
alter table tokens alter column scopes set default '{}';
create index tokens_user on tokens(user_id);

grant select, insert, update, delete on
    credentials, code_factors, passkeys, passkey_ceremonies, recovery_codes, sign_in_pace
    to vinhdanh_app;
grant select, insert, update on web_sessions, one_time_links to vinhdanh_app;
grant select, insert on sign_in_events to vinhdanh_app;
grant usage on all sequences in schema public to vinhdanh_app;

-- +goose Down
drop index tokens_user, users_login_folded;
alter table tokens drop column scopes, drop column hint, drop column made_by, drop column last_used_at;
drop table sign_in_events, one_time_links, sign_in_pace, web_sessions, recovery_codes, passkey_ceremonies, passkeys,
    code_factors, credentials;
