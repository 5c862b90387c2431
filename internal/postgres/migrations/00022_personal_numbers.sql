-- +goose Up
-- Personal numbers (CCCD, CMND): encrypted, beside a keyed hash by which equal numbers
-- are found. The digits are nowhere else: no content, history, index or file has them.
create table personal_numbers (
    id       uuid primary key,
    subject  text not null references subjects(ref) on delete cascade,
    item     uuid references items(id) on delete cascade, -- of a draft that it was written into; it follows its subject
    kind     text not null check (kind in ('cccd', 'cmnd')),
    key_id   text not null,                    -- of personal.key
    sealed   bytea not null,                   -- AES-256-GCM, bound to id
    hash     bytea not null check (length(hash) = 32), -- HMAC-SHA-256
    by_user  uuid not null references users(id),
    at       timestamptz not null default now(),
    ended_at timestamptz,                      -- replaced, or taken away
    ended_by uuid references users(id),
    check ((ended_at is null) = (ended_by is null))
);
create unique index personal_numbers_live on personal_numbers(subject, kind) where ended_at is null;
create index personal_numbers_hash on personal_numbers(hash) where ended_at is null;

-- Who saw a number in full, and why: written before it is opened.
create table personal_number_reads (
    id      bigint generated always as identity primary key,
    number  uuid not null,                     -- no reference: it outlives the number
    subject text not null,
    by_user uuid not null references users(id),
    reason  text not null check (reason <> ''),
    at      timestamptz not null default now()
);
create index personal_number_reads_subject on personal_number_reads(subject, at desc);

grant select, insert, update on personal_numbers to vinhdanh_app;
grant select, insert on personal_number_reads to vinhdanh_app;
grant usage on sequence personal_number_reads_id_seq to vinhdanh_app;

-- +goose Down
drop table personal_number_reads, personal_numbers;
