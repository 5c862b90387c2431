-- +goose Up
-- Council sessions and decisions, as people read them.

create table sessions (
    id         uuid primary key,
    ref        text not null unique,
    case_id    text not null unique,
    unit       text not null references units(id), -- the council
    title      text not null,
    held_on    date not null,
    input      jsonb,                             -- roster, rules, agenda; frozen at convening
    phase      text not null default 'draft',
    number     integer not null default 0,
    present    integer not null default 0,
    ballots    integer not null default 0,
    created_by uuid not null references users(id),
    created_at timestamptz not null default now()
);

create table session_items (
    session  uuid not null references sessions(id),
    position integer not null,
    item     uuid not null references items(id),
    proposal uuid not null references proposals(id),
    result   jsonb,                               -- council.ResultRow, once closed
    primary key (session, position),
    unique (session, item)
);
create index session_items_proposal on session_items(proposal);

create table session_ballots (
    session uuid not null references sessions(id),
    member  text not null,                        -- opaque user id
    written boolean not null default false,
    number  integer not null,
    primary key (session, member)
);

create table decisions (
    id            uuid primary key,
    ref           text not null unique,
    case_id       text not null unique,
    authority     text not null references units(id),
    standing      text not null references units(id),
    award         text not null,
    draft         jsonb not null,                 -- decision.Input
    content       text not null,                  -- hash of what it says
    phase         text not null default 'draft',
    transition    integer not null default 0,
    mode          text not null default '',
    signer        uuid references users(id),
    number        integer,
    symbol        text not null default '',
    year          integer,
    number_text   text not null default '',
    number_date   date,
    document      text not null default '',       -- SHA-256 of the signed PDF
    created_by    uuid not null references users(id),
    created_at    timestamptz not null default now()
);
-- One number per decision, unique in its year and symbol.
create unique index decisions_number on decisions(symbol, year, number) where number is not null;

create table decision_items (
    decision uuid not null references decisions(id),
    position integer not null,
    item     uuid not null references items(id),
    proposal uuid not null references proposals(id),
    amount   bigint not null default 0,
    primary key (decision, position),
    unique (decision, item)
);
create index decision_items_proposal on decision_items(proposal);
create index decision_items_item on decision_items(item);

-- The numbers in use or being given. A register of our own is gapless because a
-- number is taken under a lock and given back if the registrar's act is refused.
-- A number that is not final belongs to one act, by its nonce.
create table decision_numbers (
    symbol   text not null,
    year     integer not null,
    number   integer not null check (number > 0),
    decision uuid not null unique references decisions(id),
    nonce    text not null default '',
    final    boolean not null default false,
    at       timestamptz not null default now(),
    primary key (symbol, year, number)
);

-- Who was told what: asked of every case that waits for a council.
create index batches_case on batches(case_id);
create index batch_leaves_case on batch_leaves(case_id);

-- +goose Down
drop index batch_leaves_case, batches_case;
drop table decision_numbers, decision_items, decisions, session_ballots, session_items, sessions;
