-- +goose Up
-- What preparing a submission needs: versions of what is typed, so that two tabs
-- are merged; papers of one item; the hand-over to the head; staged lists.

alter table items add column version integer not null default 1; -- of the content being typed

-- Each state an item's content was saved in while it was drafted: what a tab
-- started from can be told from what somebody else changed. Only the newest are kept.
create table item_versions (
    item       uuid not null references items(id) on delete cascade,
    version    integer not null,
    content    json not null,
    at         timestamptz not null default now(),
    primary key (item, version)
);
insert into item_versions (item, version, content)
    select distinct on (item) item, 1, content from item_contents order by item, revision desc;

-- A paper of one item only (a person's report); null: of the whole submission.
alter table attachments add column item uuid references items(id) on delete cascade;

alter table submissions
    add column ready_at      timestamptz,          -- handed to the head
    add column ready_by      uuid references users(id),
    add column ready_version integer not null default 0,
    add column note          text not null default '', -- the last word between clerk and head
    add column signed_how    text not null default '' check (signed_how in ('', 'system', 'paper')),
    add column copied_from   uuid references submissions(id);

-- A list from Excel while its reader looks at it. It is nobody's submission yet;
-- it is forgotten after some days, and once it was taken over.
create table staged_imports (
    id         uuid primary key,
    owner      uuid not null references users(id),
    unit       text not null references units(id),
    file_name  text not null,
    sha256     text not null,
    size       bigint not null,
    input      json not null,                      -- options, choices and corrections so far
    version    integer not null default 1,
    submission uuid references submissions(id),    -- once taken over
    created_at timestamptz not null default now()
);
create index staged_imports_owner on staged_imports(owner, created_at desc);

grant select, insert, update, delete on item_versions, staged_imports to vinhdanh_app;

-- +goose Down
drop table staged_imports;
alter table submissions drop column ready_at, drop column ready_by, drop column ready_version, drop column note,
    drop column signed_how, drop column copied_from;
alter table attachments drop column item;
drop table item_versions;
alter table items drop column version;
