-- +goose Up
-- What a council's pages need beside the session's acts: where it meets, in which
-- order awards are taken, who has come, who declared which interest, and ballots
-- that are being filled in.

alter table sessions
    add column place       text not null default '',
    add column award_order text[] not null default '{}', -- award codes; empty: the order of the law's catalogue
    add column on_screen   text not null default '',     -- award that the projector shows
    add column nonce       text unique;                  -- of the form that planned it, so that it is planned once

-- A member says, before the material opens, in which items an own interest lies.
-- Append-only: a declaration is never taken back, only added to.
create table session_declarations (
    id        uuid primary key,
    session   uuid not null references sessions(id),
    member    uuid not null references users(id),
    conflicts json not null,                             -- [{"item": …, "reason": …}], empty: none
    nonce     text not null,
    at        timestamptz not null default now(),
    unique (session, member, nonce)
);

-- Who has come, as the secretary marks it before the session opens. The act that
-- opens the session says it for good.
create table session_presence (
    session uuid not null references sessions(id),
    member  uuid not null references users(id),
    state   text not null check (state in ('present', 'absent', 'written')),
    note    text not null default '',
    at      timestamptz not null default now(),
    primary key (session, member)
);

-- A ballot that is being filled in: sealed for its voter, gone once it is cast.
create table ballot_drafts (
    session uuid not null references sessions(id),
    member  uuid not null references users(id),
    sealed  bytea not null,
    version integer not null default 1,
    at      timestamptz not null default now(),
    primary key (session, member)
);

grant select, insert on session_declarations to vinhdanh_app;
grant select, insert, update, delete on session_presence, ballot_drafts to vinhdanh_app;

-- +goose Down
drop table ballot_drafts, session_presence, session_declarations;
alter table sessions drop column nonce, drop column on_screen, drop column award_order, drop column place;
