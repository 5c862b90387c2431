-- +goose Up
-- What a person or unit is beyond its name is in the index of duplicates too: the keyed
-- hash of its personal number, the identity that the ledger joined, and what it follows.
-- Each change puts the entries that it concerns in duplicate_pending, whoever makes it.

alter table duplicate_entries
    add column identity text not null default '',   -- that stands for its subject and all that are the same
    add column follows  text[] not null default '{}'; -- identities that its subject succeeds
create index duplicate_entries_subject on duplicate_entries(subject);

-- Names that a unit had: who was proposed under an old one is found under the new.
create table unit_former_names (
    unit  text not null references units(id) on delete cascade,
    name  text not null,
    until timestamptz not null default now(),
    primary key (unit, name)
);
grant select, insert on unit_former_names to vinhdanh_app;

-- +goose StatementBegin
-- The subject, all that are the same, and whatever follows one of them.
create function duplicate_touch_subject(r text) returns void language sql as $$
    insert into duplicate_pending (id)
    with recursive ids(identity) as (
        select s.identity from subjects s where s.ref = r
        union
        select f.identity
        from ids join subjects m on m.identity = ids.identity
        join live_subject_joins j on j.kind = 'succession' and j.other = m.ref
        join subjects f on f.ref = j.subject)
    select e.id from ids join subjects s on s.identity = ids.identity join duplicate_entries e on e.subject = s.ref
    order by 1 on conflict do nothing
$$;
create function duplicate_on_number() returns trigger language plpgsql as $$
begin
    perform duplicate_touch_subject(new.subject);
    if tg_op = 'UPDATE' and old.subject <> new.subject then
        perform duplicate_touch_subject(old.subject);
    end if;
    return null;
end $$;
create function duplicate_on_identity() returns trigger language plpgsql as $$
begin
    perform duplicate_touch_subject(new.ref);
    return null;
end $$;
create function duplicate_on_join() returns trigger language plpgsql as $$
begin
    if new.kind = 'succession' then
        perform duplicate_touch_subject(new.subject);
    end if;
    return null;
end $$;
create function duplicate_on_join_end() returns trigger language plpgsql as $$
begin
    perform duplicate_touch_subject(j.subject) from subject_joins j where j.id = new.join_id;
    return null;
end $$;
-- Which collectives are units is told by the names, of units and of entries.
create function duplicate_touch_collectives() returns void language sql as $$
    insert into duplicate_pending (id) select id from duplicate_entries where kind = 'collective' order by id on conflict do nothing
$$;
create function duplicate_on_unit_name() returns trigger language plpgsql as $$
begin
    insert into unit_former_names (unit, name) values (old.id, old.name) on conflict (unit, name) do nothing;
    perform duplicate_touch_collectives();
    return null;
end $$;
create function duplicate_on_units() returns trigger language plpgsql as $$
begin
    if exists (select 1 from made) then
        perform duplicate_touch_collectives();
    end if;
    return null;
end $$;
-- +goose StatementEnd
create trigger duplicate_number after insert or update on personal_numbers
    for each row execute function duplicate_on_number();
create trigger duplicate_identity after update on subjects
    for each row when (old.identity is distinct from new.identity) execute function duplicate_on_identity();
create trigger duplicate_join after insert on subject_joins
    for each row execute function duplicate_on_join();
create trigger duplicate_join_end after insert on subject_join_ends
    for each row execute function duplicate_on_join_end();
create trigger duplicate_unit_name after update on units
    for each row when (old.name is distinct from new.name) execute function duplicate_on_unit_name();
create trigger duplicate_units after insert on units
    referencing new table as made for each statement execute function duplicate_on_units();

-- What stands already is indexed anew.
insert into duplicate_pending (id) select id from duplicate_entries on conflict do nothing;

-- What was decided above is a recognition of ours only where the case's route ends
-- there, for whom it proposed, once the outcome has come back.
-- +goose StatementBegin
create function recognition_from_above() returns trigger language plpgsql as $$
begin
    if new.source = 'above' and not exists (
        select 1 from items i join proposals p on p.id = i.proposal
        where i.id = new.item and i.outcome = 'recognised' and i.subject = new.subject and p.route ->> 'above' = new.authority) then
        raise exception 'recognition %: its case did not come back with this award', new.id using errcode = 'check_violation';
    end if;
    return new;
end $$;
-- +goose StatementEnd
create trigger recognition_from_above before insert on recognitions
    for each row execute function recognition_from_above();

-- +goose Down
drop trigger recognition_from_above on recognitions;
drop function recognition_from_above;
drop trigger duplicate_units on units;
drop trigger duplicate_unit_name on units;
drop trigger duplicate_join_end on subject_join_ends;
drop trigger duplicate_join on subject_joins;
drop trigger duplicate_identity on subjects;
drop trigger duplicate_number on personal_numbers;
drop function duplicate_on_units, duplicate_on_unit_name, duplicate_touch_collectives, duplicate_on_join_end, duplicate_on_join,
    duplicate_on_identity, duplicate_on_number, duplicate_touch_subject;
drop table unit_former_names;
drop index duplicate_entries_subject;
alter table duplicate_entries drop column identity, drop column follows;
