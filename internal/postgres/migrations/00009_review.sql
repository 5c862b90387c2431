-- +goose Up
-- What reviewers and appraisers need beside the cases: who has a case open right
-- now, and acts on many cases with the result of each. Neither says anything
-- about where a case stands; that is its trail alone.

create table case_viewers (
    proposal uuid not null references proposals(id),
    user_id  uuid not null references users(id),
    seen_at  timestamptz not null default now(),
    primary key (proposal, user_id)
);

create table bulk_runs (
    id          uuid primary key,
    user_id     uuid not null references users(id),
    nonce       text not null,                    -- of the form: a second submit is the same run
    action      text not null,
    input       json not null,
    created_at  timestamptz not null default now(),
    finished_at timestamptz,
    unique (user_id, nonce)
);

create table bulk_rows (
    run      uuid not null references bulk_runs(id),
    position integer not null,
    proposal uuid not null references proposals(id),
    revision integer not null,                    -- as the person saw it
    number   integer not null,                    -- of the last transition seen
    status   text not null default '' check (status in ('', 'accepted', 'pending', 'refused')),
    code     text not null default '',
    detail   text not null default '',
    attempt  text not null default '',
    done_at  timestamptz,
    primary key (run, position)
);

-- A level's own letter (tờ trình) over cases of many units.
create table level_letters (
    id            uuid primary key,
    unit          text not null references units(id),
    ref           text not null unique,           -- TT-2023-0001
    letter_number text not null default '',
    letter_date   date,
    signer        text not null default '',
    signer_title  text not null default '',
    recipient     text not null default '',
    created_by    uuid not null references users(id),
    created_at    timestamptz not null default now()
);
create index level_letters_unit on level_letters(unit, created_at desc);

create table level_letter_cases (
    letter   uuid not null references level_letters(id),
    position integer not null,
    proposal uuid not null references proposals(id),
    primary key (letter, proposal)
);

grant select, insert, update, delete on case_viewers to vinhdanh_app;
grant select, insert, update on bulk_runs, bulk_rows, level_letters to vinhdanh_app;
grant select, insert, delete on level_letter_cases to vinhdanh_app;

-- +goose Down
drop table level_letter_cases, level_letters, bulk_rows, bulk_runs, case_viewers;
