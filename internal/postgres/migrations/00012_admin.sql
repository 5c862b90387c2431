-- +goose Up
-- What administrators change: each change leaves an event with who, when, before
-- and after. Campaigns, message texts and law data have versions that stay.

create table admin_events (
    id     bigint generated always as identity primary key,
    at     timestamptz not null default now(),
    actor  text not null,                         -- opaque user id; installation for set-up verbs
    action text not null,                         -- user.create, unit.merge, law.activate …
    target text not null,                         -- id of what was changed
    before json,                                  -- null: it did not exist
    after  json,                                  -- null: it exists no more
    reason text not null default '',
    nonce  text not null default ''               -- of the form, so that sending it twice changes once
);
create index admin_events_at on admin_events(at desc);
create index admin_events_target on admin_events(target, id desc);
create unique index admin_events_nonce on admin_events(actor, nonce) where nonce <> '';

alter table unit_successors add column since date;

-- Campaigns: the row says what holds, the versions what held.
alter table campaigns add column status text not null default 'open' check (status in ('draft', 'open', 'closed'));
alter table campaigns add column version integer not null default 1;
create table campaign_versions (
    campaign text not null references campaigns(id),
    version  integer not null,
    status   text not null,
    data     jsonb not null,
    actor    text not null,
    at       timestamptz not null default now(),
    primary key (campaign, version)
);

-- Texts that an installation words differently. The newest version holds; one
-- without a body stands for the built-in text.
create table text_versions (
    name    text not null,                        -- notice/returned, reason/…
    locale  text not null check (locale in ('vi', 'en')),
    version integer not null,
    subject text not null default '',
    body    text not null default '',
    actor   text not null,
    at      timestamptz not null default now(),
    primary key (name, locale, version)
);

-- Law data that was uploaded and checked, and from when which data holds.
create table law_drafts (
    hash  text primary key references law_data(hash),
    note  text not null default '',
    actor text not null,
    at    timestamptz not null default now()
);
create table law_versions (
    id         bigint generated always as identity primary key,
    hash       text not null references law_data(hash),
    valid_from date not null,                     -- proposals sent from this day on
    note       text not null default '',
    actor      text not null,
    at         timestamptz not null default now()
);

-- Keyrings as the offline root signed them, beside the one in the keys folder.
create table keyrings (
    version integer primary key,
    signed  text not null,
    actor   text not null,
    at      timestamptz not null default now()
);

-- What each running process says of itself, for the health page.
create table processes (
    id         text primary key,                  -- host and process id
    kind       text not null,                     -- serve or worker
    started_at timestamptz not null default now(),
    beat_at    timestamptz not null default now(),
    facts      jsonb not null default '{}'
);

alter table outbox add column discarded_at timestamptz;
create index outbox_open on outbox(created_at desc) where sent_at is null;

grant select, insert on admin_events, campaign_versions, text_versions, law_drafts, law_versions, keyrings to vinhdanh_app;
grant select, insert, update, delete on processes to vinhdanh_app;
grant usage on sequence admin_events_id_seq, law_versions_id_seq to vinhdanh_app;

-- +goose Down
drop index outbox_open;
alter table outbox drop column discarded_at;
drop table processes, keyrings, law_versions, law_drafts, text_versions, campaign_versions;
alter table campaigns drop column version, drop column status;
alter table unit_successors drop column since;
drop table admin_events;
