-- +goose Up
-- Both spellings of a workplace that was corrected are found, as those of a name are; and
-- duplicates are sought under what is right.
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
        where r.item = it and x.field in ('name', 'unit') and o.name not in ('', coalesce(c ->> 'name', '')) group by o.name) n,
        lateral search_suffixes(n.name) s;
    update items set period = coalesce(c ->> 'period', ''), class = search_class(c)
    where id = it and (period, class) is distinct from (coalesce(c ->> 'period', ''), search_class(c));
end $$;
-- +goose StatementEnd
drop trigger search_correction on recognition_corrections;
create trigger search_correction after insert on recognition_corrections
    for each row when (new.field in ('name', 'unit')) execute function search_on_correction();

-- +goose StatementBegin
create function duplicate_on_correction() returns trigger language plpgsql as $$
begin
    insert into duplicate_pending (id) select r.item from recognitions r where r.id = new.recognition and r.item is not null on conflict do nothing;
    return null;
end $$;
-- +goose StatementEnd
create trigger duplicate_correction after insert on recognition_corrections
    for each row execute function duplicate_on_correction();

-- What was corrected already is indexed anew.
select search_index_item(r.item) from recognition_corrections x join recognitions r on r.id = x.recognition where x.field = 'unit' and r.item is not null;
insert into duplicate_pending (id) select distinct r.item from recognition_corrections x join recognitions r on r.id = x.recognition where r.item is not null
on conflict do nothing;

-- +goose Down
drop trigger duplicate_correction on recognition_corrections;
drop function duplicate_on_correction;
drop trigger search_correction on recognition_corrections;
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
-- +goose StatementEnd
create trigger search_correction after insert on recognition_corrections
    for each row when (new.field = 'name') execute function search_on_correction();
select search_index_item(r.item) from recognition_corrections x join recognitions r on r.id = x.recognition where x.field = 'unit' and r.item is not null;
