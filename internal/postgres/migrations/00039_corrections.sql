-- +goose Up
-- Corrections of issued decisions (đính chính): a decision of its own that corrects
-- another one. Nothing is overwritten: the content that was sent stays as it was
-- committed to, and what is right now stands beside it.

alter table decisions add column corrects uuid references decisions(id);
create index decisions_corrects on decisions(corrects) where corrects is not null;

-- What a correcting decision says, from its draft on.
create table correction_lines (
    decision    uuid not null references decisions(id),    -- that corrects
    position    integer not null,
    recognition uuid not null references recognitions(id),
    item        uuid not null references items(id),
    proposal    uuid not null references proposals(id),
    field       text not null check (field in ('name', 'position', 'unit')),
    was         text not null,
    becomes     text not null,
    reason      text not null check (reason <> ''),
    primary key (decision, position),
    unique (decision, recognition, field),
    check (was <> becomes and (field <> 'name' or (was <> '' and becomes <> '')))
);
create index correction_lines_recognition on correction_lines(recognition);
create index correction_lines_item on correction_lines(item);

-- What was corrected, by which decision, from which day on. The latest of a field stands.
create table recognition_corrections (
    recognition uuid not null references recognitions(id),
    decision    uuid not null references decisions(id),
    field       text not null check (field in ('name', 'position', 'unit')),
    was         text not null,
    becomes     text not null,
    by_number   text not null check (by_number <> ''),
    on_date     date not null,
    seq         bigint generated always as identity,
    at          timestamptz not null default now(),
    primary key (recognition, decision, field)
);
create index recognition_corrections_decision on recognition_corrections(decision);

-- A draft may be discarded with its lines; what was submitted is kept.
-- +goose StatementBegin
create function keep_correction_line() returns trigger language plpgsql as $$
begin
    if exists (select 1 from decisions d where d.id = old.decision and d.phase <> 'draft') then
        raise exception 'the correction % was submitted and is kept', old.decision using errcode = 'check_violation';
    end if;
    return old;
end $$;
-- +goose StatementEnd
create trigger keep_correction_line before delete on correction_lines
    for each row execute function keep_correction_line();

-- The content of an item as it is to be read and printed now.
-- +goose StatementBegin
create function corrected_content(it uuid, c json) returns jsonb language sql stable as $$
    select c::jsonb || coalesce((
        select jsonb_object_agg(case k.field when 'unit' then 'workplace' else k.field end, k.becomes)
        from (select distinct on (x.field) x.field, x.becomes
            from recognitions r join recognition_corrections x on x.recognition = r.id
            where r.item = it order by x.field, x.seq desc) k), '{}'::jsonb)
$$;
-- +goose StatementEnd

-- Both spellings are found: a spelling that was corrected, and the right one, stand
-- beside the name that was sent, each from a word on that is 20 more.
-- +goose StatementBegin
create or replace function search_index_item(it uuid) returns void language plpgsql as $$
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
    insert into search_names (item, word, unit, fold, key)
    select it, (20 * n.n + s.word)::smallint, u, s.fold, s.key
    from (select row_number() over (order by min(o.seq), o.name) as n, o.name
        from recognitions r join recognition_corrections x on x.recognition = r.id
        cross join lateral (values (x.seq, x.was), (x.seq, x.becomes)) o(seq, name)
        where r.item = it and x.field = 'name' and o.name <> coalesce(c ->> 'name', '') group by o.name) n,
        lateral search_suffixes(n.name) s;
    update items set period = coalesce(c ->> 'period', ''), class = search_class(c)
    where id = it and (period, class) is distinct from (coalesce(c ->> 'period', ''), search_class(c));
end $$;
create function search_on_correction() returns trigger language plpgsql as $$
begin
    perform search_index_item(r.item) from recognitions r where r.id = new.recognition and r.item is not null;
    return null;
end $$;
-- +goose StatementEnd
create trigger search_correction after insert on recognition_corrections
    for each row when (new.field = 'name') execute function search_on_correction();

-- The items that a decision names: those it awards, those it takes the award from, or
-- those of which it corrects something.
create or replace view decision_named as
    select x.decision, x.position, x.item, x.proposal, x.amount from decision_items x
    union all
    select d.id, i.position, i.item, i.proposal, r.amount
    from decisions d join revocations v on v.case_id = d.case_id
    join revocation_items i on i.revocation = v.id join recognitions r on r.id = i.recognition
    union all
    select l.decision, min(l.position), l.item, l.proposal, 0::bigint
    from correction_lines l group by l.decision, l.item, l.proposal;

grant select, insert, delete on correction_lines to vinhdanh_app;
grant select, insert on recognition_corrections to vinhdanh_app;

-- +goose Down
create or replace view decision_named as
    select x.decision, x.position, x.item, x.proposal, x.amount from decision_items x
    union all
    select d.id, i.position, i.item, i.proposal, r.amount
    from decisions d join revocations v on v.case_id = d.case_id
    join revocation_items i on i.revocation = v.id join recognitions r on r.id = i.recognition;
drop trigger search_correction on recognition_corrections;
drop function search_on_correction;
-- +goose StatementBegin
create or replace function search_index_item(it uuid) returns void language plpgsql as $$
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
select search_index_item(r.item) from recognition_corrections x join recognitions r on r.id = x.recognition where x.field = 'name';
drop function corrected_content;
drop table recognition_corrections, correction_lines;
drop function keep_correction_line;
alter table decisions drop column corrects;
