-- +goose Up
-- The record: attempts before they are sent, the trail chained row to row, and
-- what was refused. Serve and worker may add to these and change nothing.

create table attempts (
    nonce      text primary key,                  -- also the Update's id
    case_id    text not null,
    action     text not null,
    workflow   text not null,                     -- commendation, council, issuance
    start      json,                              -- the workflow's input, when the act starts one
    message    json not null,                     -- the JWS (and leaf) that was sent; json, not jsonb: a leaf is hashed byte by byte
    actor      text not null,
    at         timestamptz not null default now()
);
create index attempts_case on attempts(case_id, at);

create table attempt_outcomes (
    nonce  text primary key references attempts(nonce),
    status text not null check (status in ('accepted', 'refused')),
    number integer,
    code   text not null default '',
    detail text not null default '',
    at     timestamptz not null default now(),
    check ((status = 'accepted') = (number is not null))
);

create table trail (
    case_id   text not null,
    number    integer not null,
    body      bytea not null,                     -- canonical JSON of the transition
    prev_hash text not null,
    hash      text not null,                      -- SHA-256 of prev_hash and body
    at        timestamptz not null,               -- workflow time
    actor     text not null,
    action    text not null,
    nonce     text not null,
    primary key (case_id, number)
);
create index trail_actor on trail(actor, at desc);

-- What Temporal's gate refused or noticed; columns are fixed by internal/gate.
create table gate_refusals (
    id          bigint generated always as identity primary key,
    at          timestamptz not null default now(),
    sender      text not null,
    api         text not null,
    namespace   text not null default '',
    workflow_id text not null default '',
    name        text not null default '',
    update_id   text not null default '',
    code        text not null,
    reason      text not null default ''
);
create index gate_refusals_at on gate_refusals(at desc);

-- What the application itself refused before anything was signed.
create table app_refusals (
    id      bigint generated always as identity primary key,
    at      timestamptz not null default now(),
    actor   text not null default '',             -- opaque user id, or empty before sign-in
    action  text not null,
    target  text not null default '',
    code    text not null,
    detail  text not null default ''
);
create index app_refusals_at on app_refusals(at desc);

-- A sealed act on many cases: one JWS, one leaf and path per case.
create table batches (
    id      text primary key,                     -- <workflow id>#<round>
    case_id text not null,
    jws     text not null,
    at      timestamptz not null default now()
);

create table batch_leaves (
    batch   text not null references batches(id),
    position integer not null,
    case_id text not null,
    action  text not null,
    message json not null,                        -- json, not jsonb: a leaf is hashed byte by byte
    status  text not null default '' check (status in ('', 'delivered', 'refused', 'moved')),
    detail  text not null default '',
    primary key (batch, position)
);

create table outbox (
    id         uuid primary key,
    case_id    text not null,
    number     integer not null,
    user_id    uuid not null references users(id),
    kind       text not null,
    data       jsonb not null,
    created_at timestamptz not null default now(),
    next_try   timestamptz not null default now(),
    tries      integer not null default 0,
    sent_at    timestamptz,
    failed_at  timestamptz,
    last_error text not null default '',
    read_at    timestamptz,                       -- in-app inbox
    unique (case_id, number, kind, user_id)
);
create index outbox_due on outbox(next_try) where sent_at is null and failed_at is null;
create index outbox_user on outbox(user_id, created_at desc);

create table archives (
    case_id text primary key,
    sha256  text not null,
    size    bigint not null,
    at      timestamptz not null default now()
);

create table idempotency (
    user_id  uuid not null references users(id),
    key      text not null,
    request  text not null,                       -- hash of method, path and body
    status   integer not null default 0,          -- 0 while the first request runs
    body     bytea,
    at       timestamptz not null default now(),
    primary key (user_id, key)
);

-- +goose Down
drop table idempotency, archives, outbox, batch_leaves, batches, app_refusals, gate_refusals, trail, attempt_outcomes, attempts;
