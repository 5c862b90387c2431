-- +goose Up
-- Who is proposed twice: an index of names to compare, and what people said of pairs.
-- How entries are compared is internal/duplicate; nothing here decides who may see what.

-- One entry for each item (as its readers see it: what was sent, or the draft) and for
-- each historical record of the ledger. It can be rebuilt at any time.
create table duplicate_entries (
    id          uuid primary key,                 -- the item's or the record's
    item        uuid unique references items(id) on delete cascade,
    record      uuid unique references recognitions(id) on delete cascade,
    subject     text not null,
    kind        text not null,
    name        text not null,
    sex         text not null default '',
    birth_year  integer not null default 0,
    birth_date  text not null default '',
    token       text not null default '',         -- keyed hash of the personal number
    unit        text not null,
    roots       text[] not null,                  -- the unit's last successors
    is_units    text[] not null default '{}',     -- of a collective that is a unit: its last successors
    workplace   text not null default '',         -- folded
    award       text not null,
    campaign    text not null default '',
    period_kind text not null default '',
    period      text not null default '',
    decision    text not null default '',
    sketch      integer[] not null default '{}',  -- of the achievement's text
    quoted      text[] not null default '{}',     -- decision numbers in it
    check ((item is null) <> (record is null))
);
create index duplicate_entries_roots on duplicate_entries using gin (roots);

-- The blocking keys of each entry: 64-bit hashes of name, year and unit.
create table duplicate_keys (
    key   bigint not null,
    entry uuid not null,
    primary key (key, entry)
);
create index duplicate_keys_entry on duplicate_keys(entry);

-- What changed since its entry was written. It is filled by triggers in the change's
-- own transaction, so nothing is forgotten whoever writes.
create table duplicate_pending (
    id uuid primary key,
    at timestamptz not null default now()
);

-- Pairs that were found when a case was checked: what people have to look at.
create table duplicate_hits (
    low      uuid not null,
    high     uuid not null,
    found_at timestamptz not null default now(),
    primary key (low, high),
    check (low < high)
);
create index duplicate_hits_high on duplicate_hits(high);

-- What people said of a pair: added, never changed. Undoing is a word of its own.
create table duplicate_words (
    id           uuid primary key,
    low          uuid not null,
    high         uuid not null,
    word         text not null check (word in ('same', 'other_achievement', 'different', 'undone')),
    reason       text not null check (reason <> ''),
    seen         jsonb not null,                  -- how the pair was weighed then, part by part
    said_by      uuid not null references users(id),
    on_behalf_of uuid references users(id),
    role         text not null,
    unit         text not null,
    after        uuid unique references duplicate_words(id), -- the word that stood before
    nonce        text not null unique,
    at           timestamptz not null default now(),
    check (low < high),
    check (word <> 'undone' or after is not null)
);
create unique index duplicate_words_first on duplicate_words(low, high) where after is null;
create index duplicate_words_low on duplicate_words(low, high, at);
create index duplicate_words_high on duplicate_words(high);

-- +goose StatementBegin
create function duplicate_on_content() returns trigger language plpgsql as $$
begin
    insert into duplicate_pending (id) values (new.item) on conflict do nothing;
    return null;
end $$;
create function duplicate_on_proposal() returns trigger language plpgsql as $$
begin
    insert into duplicate_pending (id) select id from items where proposal = new.id order by id on conflict do nothing;
    return null;
end $$;
create function duplicate_on_record() returns trigger language plpgsql as $$
begin
    insert into duplicate_pending (id) values (new.id) on conflict do nothing;
    return null;
end $$;
create function duplicate_on_successor() returns trigger language plpgsql as $$
begin
    insert into duplicate_pending (id)
    select id from duplicate_entries where roots @> array[new.unit] or is_units @> array[new.unit] order by id on conflict do nothing;
    return null;
end $$;
create function duplicate_forget() returns trigger language plpgsql as $$
begin
    delete from duplicate_keys where entry = old.id;
    return null;
end $$;
-- +goose StatementEnd
create trigger duplicate_content after insert or update on item_contents
    for each row execute function duplicate_on_content();
create trigger duplicate_proposal after update on proposals
    for each row when ((old.unit, old.revision, old.number > 0, old.campaign, old.award)
        is distinct from (new.unit, new.revision, new.number > 0, new.campaign, new.award))
    execute function duplicate_on_proposal();
create trigger duplicate_record after insert on recognitions
    for each row when (new.item is null) execute function duplicate_on_record();
create trigger duplicate_successor after insert on unit_successors
    for each row execute function duplicate_on_successor();
create trigger duplicate_forget after delete on duplicate_entries
    for each row execute function duplicate_forget();

-- What stands already is indexed by the worker.
insert into duplicate_pending (id) select id from items union select id from recognitions where item is null;

grant select, insert, update, delete on duplicate_entries, duplicate_keys, duplicate_pending to vinhdanh_app;
grant select, insert on duplicate_hits, duplicate_words to vinhdanh_app;

-- +goose Down
drop trigger duplicate_successor on unit_successors;
drop trigger duplicate_record on recognitions;
drop trigger duplicate_proposal on proposals;
drop trigger duplicate_content on item_contents;
drop table duplicate_words, duplicate_hits, duplicate_pending, duplicate_keys, duplicate_entries;
drop function duplicate_forget, duplicate_on_successor, duplicate_on_record, duplicate_on_proposal, duplicate_on_content;
