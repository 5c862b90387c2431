-- +goose Up
-- Handing over what a decision gave: one row per mark, never changed. The latest
-- row of an item says how it stands.

create table handovers (
    id       bigint generated always as identity primary key,
    decision uuid not null references decisions(id),
    item     uuid not null references items(id),
    state    text not null check (state in ('given', 'received', 'undone')),
    on_date  date not null,
    receiver text not null default '',            -- who signed for it, as written
    note     text not null default '',
    nonce    text not null,                       -- of the form; the same mark is made once
    by_user  uuid not null references users(id),
    at       timestamptz not null default now(),
    unique (nonce, item)
);
create index handovers_decision on handovers(decision, item, id desc);

grant select, insert on handovers to vinhdanh_app;
grant usage on sequence handovers_id_seq to vinhdanh_app;

-- +goose Down
drop table handovers;
