-- +goose Up
-- What came back after a revocation: one row per mark, never changed. The latest row of a
-- recognition and a thing says how it stands.

create table award_returns (
    id          bigint generated always as identity primary key,
    revocation  uuid not null,
    recognition uuid not null,
    thing       text not null check (thing in ('object', 'money')),
    state       text not null check (state in ('back', 'lost', 'undone')),  -- lost: it cannot come back
    on_date     date not null,
    note        text not null default '',
    nonce       text not null,                    -- of the form; the same mark is made once
    by_user     uuid not null references users(id),
    at          timestamptz not null default now(),
    foreign key (revocation, recognition) references revocation_items(revocation, recognition),
    unique (nonce, recognition, thing),
    check (state <> 'lost' or note <> '')
);
create index award_returns_recognition on award_returns(recognition, thing, id desc);
create index award_returns_revocation on award_returns(revocation);
grant select, insert on award_returns to vinhdanh_app;

-- +goose Down
drop table award_returns;
