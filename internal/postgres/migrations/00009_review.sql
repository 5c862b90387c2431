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

grant select, insert, update, delete on case_viewers to vinhdanh_app;
grant select, insert, update on bulk_runs, bulk_rows to vinhdanh_app;

-- +goose Down
drop table bulk_rows, bulk_runs, case_viewers;
