-- +goose Up
-- The gold book (sổ vàng): one row per certificate, never changed and never deleted.
-- Numbers run without gaps within an authority, a year and a book; a row that
-- replaces another (cấp đổi, cấp lại) takes a number of its own.

create table certificates (
    id        uuid primary key,
    authority text not null references units(id),
    book      text not null check (book <> ''),      -- a book of the designs' data
    year      integer not null,                       -- of the decision's date
    number    integer not null check (number > 0),    -- số sổ vàng
    decision  uuid not null references decisions(id),
    item      uuid not null references items(id),
    content   jsonb not null,                         -- decision.Certificate: what is printed
    replaces  uuid unique references certificates(id),
    reason    text not null default '',               -- why it replaces the other
    by_user   uuid not null references users(id),
    at        timestamptz not null default now(),
    unique (authority, book, year, number),
    check ((replaces is null) = (reason = ''))
);
-- An item has one certificate at first; the others each replace one.
create unique index certificates_first on certificates(item) where replaces is null;
create index certificates_decision on certificates(decision);
grant select, insert on certificates to vinhdanh_app;

-- By how much a printer puts a design beside where it belongs, in tenths of a
-- millimetre to the right and downwards.
create table print_offsets (
    authority text not null references units(id),
    design    text not null,
    printer   text not null,
    x_tenths  integer not null check (x_tenths between -300 and 300),
    y_tenths  integer not null check (y_tenths between -300 and 300),
    by_user   uuid not null references users(id),
    at        timestamptz not null default now(),
    primary key (authority, design, printer)
);
grant select, insert, update, delete on print_offsets to vinhdanh_app;

-- Numbers of our own register that no decision bears. They stay, with why.
create table voided_numbers (
    symbol    text not null,                          -- the register, as in decision_numbers
    year      integer not null,
    number    integer not null check (number > 0),
    authority text not null references units(id),
    reason    text not null check (reason <> ''),
    on_date   date not null,
    nonce     text not null unique,                   -- of the form; the same void is made once
    by_user   uuid not null references users(id),
    at        timestamptz not null default now(),
    primary key (symbol, year, number)
);
grant select, insert on voided_numbers to vinhdanh_app;

-- What a mark is about, and who received it for somebody who has died.
alter table handovers
    add column thing    text not null default 'all' check (thing in ('all', 'object', 'money')),
    add column relation text not null default '';     -- to the deceased, as written

-- +goose Down
alter table handovers drop column relation, drop column thing;
drop table voided_numbers;
drop table print_offsets;
drop table certificates;
