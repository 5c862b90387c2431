-- +goose Up
-- Search and lists: names by word in two spellings, who may read which case, and
-- the orders in which lists are paged. Everything here follows other tables by
-- triggers and can be rebuilt from them; nothing here decides who may see what
-- (that is the reader's query), it only makes finding fast.

-- search_fold is the form in which a search compares: lower case, no accents, đ
-- as d, punctuation as blanks. search_key keeps the accents, with the tone mark
-- at the end of its word: Hòa and Hoà are the same, Hoa is another.
-- +goose StatementBegin
create function search_bare(t text) returns text language sql immutable parallel safe strict as $$
    select lower(translate(regexp_replace(normalize(t, NFD),
        '[\u00ad\u200b-\u200f\u2060\ufeff]', '', 'g'), 'Đ', 'đ'))
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create function search_words(t text) returns text language sql immutable parallel safe strict as $$
    select btrim(regexp_replace(t, '[\s\u00a0\u2000-\u206f!-/:-@\[-`{-~“”‘’–—…]+', ' ', 'g'))
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create function search_fold(t text) returns text language sql immutable parallel safe strict as $$
    select search_words(translate(regexp_replace(search_bare(t), '[\u0300-\u036f]', '', 'g'), 'đ', 'd'))
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create function search_key(t text) returns text language sql immutable parallel safe strict as $$
    select normalize(regexp_replace(search_words(search_bare(t)), '([\u0300\u0301\u0303\u0309\u0323])(\S*)', '\2\1', 'g'), NFC)
$$;
-- +goose StatementEnd
-- The running number in a reference: 12 of HS-2023-0012/BKT-PT.
-- +goose StatementBegin
create function search_number(ref text) returns integer language sql immutable parallel safe strict as $$
    select substring(ref from '^[^-]+-\d{4}-(\d{1,9})')::integer
$$;
-- +goose StatementEnd

-- One row for each word of an item's name: the name from that word on. A search
-- for "thi hoa" is then a range of one index, whatever stands before.
create table search_names (
    item uuid not null references items(id) on delete cascade,
    word smallint not null,                       -- 1 is the whole name
    unit text not null,                           -- the proposing unit
    fold text collate "C" not null,
    key  text collate "C" not null,
    primary key (item, word)
);
create index search_names_fold on search_names(fold, item);
create index search_names_key on search_names(key, item);
create index search_names_unit_fold on search_names(unit, fold, item);
create index search_names_unit_key on search_names(unit, key, item);

-- What lists and figures ask of an item, from the same content. class is read off
-- the position: who leads (leader), who works directly (direct), or unknown.
-- listed_at is when its case was made: the order of lists.
alter table items add column listed_at timestamptz not null default now();
alter table items add column period text not null default '';
alter table items add column class text not null default '';
-- +goose StatementBegin
create function search_class(c json) returns text language sql immutable parallel safe as $$
    select case
        when c ->> 'kind' <> 'individual' or coalesce(c ->> 'position', '') = '' then ''
        when search_fold(c ->> 'position') ~ '^(nguyen )?(pho|truong|giam doc|hieu truong|chu tich|bi thu|chanh|tong giam doc|chi huy truong|thu truong|cuc truong)( |$)'
            then 'leader'
        else 'direct' end
$$;
-- +goose StatementEnd

-- +goose StatementBegin
create function search_suffixes(name text) returns table (word smallint, fold text, key text) language sql immutable parallel safe as $$
    select n::smallint, array_to_string(f.w[n:], ' '), array_to_string(k.w[n:], ' ')
    from (select string_to_array(search_fold(name), ' ') w) f,
         (select string_to_array(search_key(name), ' ') w) k,
         generate_series(1, least(12, cardinality(f.w))) n
$$;
-- +goose StatementEnd

-- The name that is indexed is the one that was sent: a name that is being changed
-- in a returned case is nobody else's to find.
-- +goose StatementBegin
create function search_index_item(it uuid) returns void language plpgsql as $$
declare
    c json;
    u text;
begin
    select ic.content, p.unit into c, u
    from items i join proposals p on p.id = i.proposal join item_contents ic on ic.item = i.id
    where i.id = it and (p.number = 0 or ic.revision <= p.revision)
    order by ic.revision desc limit 1;
    if not found then return; end if;
    delete from search_names where item = it;
    insert into search_names (item, word, unit, fold, key)
    select it, s.word, u, s.fold, s.key from search_suffixes(coalesce(c ->> 'name', '')) s;
    update items set period = coalesce(c ->> 'period', ''), class = search_class(c)
    where id = it and (period, class) is distinct from (coalesce(c ->> 'period', ''), search_class(c));
end $$;
-- +goose StatementEnd
-- +goose StatementBegin
create function search_on_content() returns trigger language plpgsql as $$
begin
    perform search_index_item(new.item);
    return null;
end $$;
-- +goose StatementEnd
-- +goose StatementBegin
create function search_on_item() returns trigger language plpgsql as $$
begin
    new.listed_at := coalesce((select created_at from proposals where id = new.proposal), now());
    return new;
end $$;
-- +goose StatementEnd
create trigger search_item before insert on items for each row execute function search_on_item();
create trigger search_content after insert or update on item_contents
    for each row execute function search_on_content();

-- Who may read a case, by capacity (unit and role): the same rule as the queries'
-- own, which check every row again. It serves readers who see few of many cases.
create table case_readers (
    capacity text collate "C" not null,           -- unit, a blank, role
    proposal uuid not null references proposals(id) on delete cascade,
    primary key (capacity, proposal)
);
create index case_readers_proposal on case_readers(proposal, capacity);

-- +goose StatementBegin
create function case_readers_of(p uuid) returns setof text language sql stable as $$
    select c.unit || ' ' || r from proposals c, unnest(array['clerk', 'unit_head']) r where c.id = p
    union
    select (st.v ->> 'unit') || ' ' || r.v
    from proposals c, jsonb_array_elements(coalesce(c.route -> 'stages', '[]')) with ordinality st(v, n),
         jsonb_array_elements_text(st.v -> 'roles') r(v)
    where c.id = p and c.number > 0 and st.n - 1 <= c.stage_index
      and (r.v <> 'member' or exists (
        select 1 from session_items si join sessions se on se.id = si.session where si.proposal = p and se.phase <> 'draft'))
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create function case_readers_refresh(p uuid) returns void language plpgsql as $$
begin
    delete from case_readers where proposal = p and capacity not in (select case_readers_of(p));
    insert into case_readers (capacity, proposal) select c, p from case_readers_of(p) c on conflict do nothing;
end $$;
-- +goose StatementEnd
-- +goose StatementBegin
create function search_on_proposal() returns trigger language plpgsql as $$
begin
    perform case_readers_refresh(new.id);
    if tg_op = 'UPDATE' and (new.unit, new.revision) is distinct from (old.unit, old.revision) then
        perform search_index_item(i.id) from items i where i.proposal = new.id;
    end if;
    return null;
end $$;
create function search_on_session() returns trigger language plpgsql as $$
begin
    perform case_readers_refresh(si.proposal) from (select distinct proposal from session_items where session = new.id) si;
    return null;
end $$;
create function search_on_session_items() returns trigger language plpgsql as $$
begin
    perform case_readers_refresh(case when tg_op = 'DELETE' then old.proposal else new.proposal end);
    return null;
end $$;
-- +goose StatementEnd
create trigger search_proposal_new after insert on proposals
    for each row execute function search_on_proposal();
create trigger search_proposal_moved after update on proposals
    for each row when ((old.unit, old.number > 0, old.stage_index, old.route, old.revision)
        is distinct from (new.unit, new.number > 0, new.stage_index, new.route, new.revision))
    execute function search_on_proposal();
create trigger search_session after update of phase on sessions
    for each row when ((old.phase = 'draft') is distinct from (new.phase = 'draft')) execute function search_on_session();
create trigger search_session_items after insert or delete on session_items
    for each row execute function search_on_session_items();

-- The orders in which lists are paged.
drop index proposals_unit;
create index proposals_newest on proposals(created_at desc, id desc);
create index proposals_unit on proposals(unit, created_at desc, id desc);
create index proposals_award on proposals(award, created_at desc, id desc);
create index proposals_campaign on proposals(campaign, created_at desc, id desc) where campaign is not null;
create index proposals_stage on proposals(stage, created_at desc, id desc) where not closed;
create index proposals_due_order on proposals((coalesce(due_on, 'infinity'::date)), id) where not closed;
create index proposals_waiting_newest on proposals(waiting_unit, created_at desc, id desc) where not closed and number > 0;
create index proposals_waiting_due on proposals(waiting_unit, (coalesce(due_on, 'infinity'::date)), id) where not closed and number > 0;
create index proposals_open on proposals(created_at desc, id desc) where not closed and number > 0;
create index proposals_drafts on proposals(created_at desc, id desc) where number = 0;
create index proposals_returned on proposals(created_at desc, id desc) where returned and not closed;
create index proposals_on_hold on proposals(created_at desc, id desc) where on_hold and not closed;
create index proposals_sent on proposals(sent_on);
create index proposals_ref on proposals(search_fold(ref) collate "C", id);
create index proposals_refno on proposals(search_number(ref), id);
create index items_newest on items(listed_at desc, proposal desc, position);
create index items_outcome on items(outcome, listed_at desc, proposal desc, position) where outcome <> '';
create index items_period on items(period, listed_at desc, proposal desc, position);
create index proposals_unit_open on proposals(unit, created_at desc, id desc) where not closed;
create index submissions_unit_order on submissions(unit, created_at desc, id desc);
create index submissions_newest on submissions(created_at desc, id desc);
create index submissions_ref on submissions(search_fold(ref) collate "C", id);
create index submissions_refno on submissions(search_number(ref), id);
create index submissions_letter on submissions(search_fold(letter_number) collate "C", id);
create index decisions_newest on decisions(created_at desc, id desc);
create index decisions_number_text on decisions(search_fold(number_text) collate "C", id);
create index decisions_ref on decisions(search_fold(ref) collate "C", id);

-- What each person wants to be told, and how; no row is the default.
create table notice_preferences (
    user_id uuid not null references users(id),
    kind    text not null,
    channel text not null check (channel in ('now', 'daily', 'weekly', 'inbox')),
    changed_at timestamptz not null default now(),
    primary key (user_id, kind)
);
-- A mail that gathers notices. Its key makes it one, however often it is made.
create table digests (
    id         uuid primary key,
    user_id    uuid not null references users(id),
    channel    text not null check (channel in ('daily', 'weekly')),
    due_on     date not null,
    created_at timestamptz not null default now(),
    next_try   timestamptz not null default now(),
    tries      integer not null default 0,
    sent_at    timestamptz,
    failed_at  timestamptz,
    last_error text not null default '',
    unique (user_id, channel, due_on)
);
create index digests_due on digests(next_try) where sent_at is null and failed_at is null;
alter table outbox add column digest uuid references digests(id);
create index outbox_unread on outbox(user_id, created_at desc, id desc) where read_at is null;
create index outbox_newest on outbox(user_id, created_at desc, id desc);

-- When a person last looked at the first page, to say what changed since.
create table visits (
    user_id  uuid primary key references users(id),
    at       timestamptz not null default now(),
    before   timestamptz                          -- the visit before this one
);

-- What stands already.
insert into search_names (item, word, unit, fold, key)
select x.id, s.word, x.unit, s.fold, s.key
from (select distinct on (i.id) i.id, p.unit, c.content from items i join proposals p on p.id = i.proposal
        join item_contents c on c.item = i.id and (p.number = 0 or c.revision <= p.revision)
        order by i.id, c.revision desc) x,
     lateral search_suffixes(coalesce(x.content ->> 'name', '')) s;
update items i set listed_at = p.created_at from proposals p where p.id = i.proposal;
update items i set period = coalesce(x.content ->> 'period', ''), class = search_class(x.content)
from (select distinct on (c.item) c.item, c.content from item_contents c order by c.item, c.revision desc) x where x.item = i.id;
select case_readers_refresh(id) from proposals;

grant select, insert, update, delete on search_names, case_readers, notice_preferences, digests, visits to vinhdanh_app;

-- +goose Down
drop table visits;
alter table outbox drop column digest;
drop index outbox_unread, outbox_newest;
drop table digests, notice_preferences;
drop index proposals_newest, proposals_unit, proposals_award, proposals_campaign, proposals_stage, proposals_due_order,
    proposals_waiting_newest, proposals_waiting_due, proposals_open, proposals_drafts, proposals_returned, proposals_on_hold, proposals_sent, proposals_ref, proposals_refno, proposals_unit_open, items_newest, items_outcome, items_period, submissions_unit_order, submissions_newest, submissions_ref,
    submissions_refno, submissions_letter, decisions_newest, decisions_number_text, decisions_ref;
create index proposals_unit on proposals(unit, created_at desc);
drop trigger search_session_items on session_items;
drop trigger search_session on sessions;
drop trigger search_proposal_moved on proposals;
drop trigger search_proposal_new on proposals;
drop trigger search_content on item_contents;
drop function search_on_session_items, search_on_session, search_on_proposal, case_readers_refresh, case_readers_of,
    search_on_content, search_index_item, search_on_item, search_suffixes, search_class;
drop table case_readers, search_names;
drop trigger search_item on items;
alter table items drop column period, drop column class, drop column listed_at;
drop function search_number, search_key, search_fold, search_words, search_bare;
