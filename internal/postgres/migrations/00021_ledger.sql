-- +goose Up
-- The ledger of awards: recognitions from our own decisions beside marked records
-- of paper decisions (historical records), and the identity of those who got them.
-- Everything here is added to and never changed: a correction is a row that names
-- the one it corrects, a withdrawal and the undoing of a join are rows of their own.

-- Scans of paper decisions, by their hash. The file is in blob storage.
create table ledger_scans (
    sha256    text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    file_name text not null,
    size      bigint not null,
    by_user   uuid not null references users(id),
    at        timestamptz not null default now()
);
create index ledger_scans_user on ledger_scans(by_user, at desc);

-- One row per workbook (or single record) that was taken over. The workbook itself
-- is not kept: its rows are, and the scans.
create table ledger_imports (
    id        uuid primary key,
    file_name text not null default '',
    sha256    text not null default '',           -- of the workbook
    rows      integer not null,
    by_user   uuid not null references users(id),
    nonce     text not null,                      -- of the form; taken over once
    at        timestamptz not null default now(),
    unique (by_user, nonce)
);

alter table recognitions
    add column import      uuid references ledger_imports(id),
    add column award_text  text not null default '',  -- as the paper says it, where the catalogue has no such award
    add column issuer      text not null default '',  -- who issued the paper decision, as it says
    add column named       text not null default '',  -- the subject as the paper names it
    add column workplace   text not null default '',  -- as the paper says it
    add column revises     uuid unique references recognitions(id), -- the historical record that this one corrects
    add column reason      text not null default '',  -- why it was corrected
    add column recorded_by uuid references users(id);

-- What was never processed here cannot look as if it was: a historical record has no
-- item and no decision, and nothing else has an import, a free award or a revision.
alter table recognitions
    add constraint recognitions_historical check (source <> 'imported' or (
        item is null and decision is null and import is not null and recorded_by is not null
        and source_sha256 ~ '^[0-9a-f]{64}$' and decision_number <> '' and decision_date is not null
        and issuer <> '' and named <> '' and (award = '') <> (award_text = ''))),
    add constraint recognitions_not_historical check (source = 'imported' or (
        import is null and revises is null and award_text = '' and award <> '')),
    add constraint recognitions_processed check (source <> 'decision' or (item is not null and decision is not null)),
    add constraint recognitions_decision_item foreign key (decision, item) references decision_items(decision, item);

-- +goose StatementBegin
create function recognition_is_what_it_says() returns trigger language plpgsql as $$
begin
    if new.source = 'decision' and not exists (
        select 1 from items i join decision_items x on x.item = i.id
        where i.id = new.item and x.decision = new.decision and i.outcome = 'recognised' and i.subject = new.subject) then
        raise exception 'recognition %: its case did not end in this award', new.id using errcode = 'check_violation';
    end if;
    if new.revises is not null and not exists (select 1 from recognitions r where r.id = new.revises and r.source = 'imported') then
        raise exception 'recognition %: only a historical record is corrected here', new.id using errcode = 'check_violation';
    end if;
    if new.source = 'imported' and not exists (select 1 from ledger_scans s where s.sha256 = new.source_sha256) then
        raise exception 'recognition %: its scan is not kept', new.id using errcode = 'check_violation';
    end if;
    return new;
end $$;
-- +goose StatementEnd
create trigger recognition_is_what_it_says before insert on recognitions
    for each row execute function recognition_is_what_it_says();

-- A historical record that should not be there. It stays, and says so.
create table recognition_withdrawals (
    recognition uuid primary key references recognitions(id),
    reason      text not null check (reason <> ''),
    by_user     uuid not null references users(id),
    nonce       text not null default '',
    at          timestamptz not null default now()
);
-- +goose StatementBegin
create function only_historical_is_withdrawn() returns trigger language plpgsql as $$
begin
    if not exists (select 1 from recognitions r where r.id = new.recognition and r.source = 'imported') then
        raise exception 'recognition % is no historical record: only its decision ends it', new.recognition using errcode = 'check_violation';
    end if;
    return new;
end $$;
-- +goose StatementEnd
create trigger only_historical_is_withdrawn before insert on recognition_withdrawals
    for each row execute function only_historical_is_withdrawn();

-- What counts: neither corrected by a later record nor withdrawn.
create view live_recognitions as
    select r.* from recognitions r
    where not exists (select 1 from recognitions n where n.revises = r.id)
      and not exists (select 1 from recognition_withdrawals w where w.recognition = r.id);

-- Identity. Two subjects found to be one are joined ("same"), or one succeeds
-- another that was merged or renamed ("succession": subject follows other, on a day).
create table subject_joins (
    id      uuid primary key,
    kind    text not null check (kind in ('same', 'succession')),
    subject text not null references subjects(ref),
    other   text not null references subjects(ref),
    since   date,
    reason  text not null check (reason <> ''),
    by_user uuid not null references users(id),
    nonce   text not null,
    at      timestamptz not null default now(),
    check (subject <> other),
    check ((kind = 'succession') = (since is not null)),
    unique (by_user, nonce)
);
create index subject_joins_subject on subject_joins(subject);
create index subject_joins_other on subject_joins(other);
create table subject_join_ends (
    join_id uuid primary key references subject_joins(id),
    reason  text not null check (reason <> ''),
    by_user uuid not null references users(id),
    nonce   text not null default '',
    at      timestamptz not null default now()
);
create view live_subject_joins as
    select j.* from subject_joins j where not exists (select 1 from subject_join_ends e where e.join_id = j.id);

-- The subject that stands for all that are the same: the oldest of them. It follows
-- the joins by triggers; nothing else writes it.
alter table subjects add column identity text not null default '';
update subjects set identity = ref;
create index subjects_identity on subjects(identity);

-- +goose StatementBegin
create function subject_stands_for_itself() returns trigger language plpgsql as $$
begin
    new.identity := new.ref;
    return new;
end $$;
create function subjects_same_as(r text) returns setof text language sql stable as $$
    with recursive same(ref) as (
        select r
        union
        select n.ref from same s cross join lateral (
            select j.other as ref from live_subject_joins j where j.subject = s.ref and j.kind = 'same'
            union all
            select j.subject from live_subject_joins j where j.other = s.ref and j.kind = 'same') n)
    select ref from same
$$;
create function subject_identity_follows(r text) returns void language sql as $$
    with all_of as (select x as ref from subjects_same_as(r) x),
         first as (select s.ref from subjects s join all_of a on a.ref = s.ref order by s.created_at, s.ref limit 1)
    update subjects s set identity = first.ref from all_of, first where s.ref = all_of.ref and s.identity <> first.ref
$$;
create function subject_join_made() returns trigger language plpgsql as $$
begin
    if new.kind = 'same' then
        perform subject_identity_follows(new.subject);
    end if;
    return null;
end $$;
create function subject_join_ended() returns trigger language plpgsql as $$
begin
    perform subject_identity_follows(j.subject), subject_identity_follows(j.other)
    from subject_joins j where j.id = new.join_id and j.kind = 'same';
    return null;
end $$;
-- Every subject whose awards count for r: those that are the same, and, marked, those
-- that it succeeds.
create function subject_ledger_refs(r text) returns table (ref text, followed boolean) language sql stable as $$
    with recursive ids(identity, followed) as (
        select s.identity, false from subjects s where s.ref = r
        union
        select p.identity, true
        from ids join subjects m on m.identity = ids.identity
        join live_subject_joins j on j.kind = 'succession' and j.subject = m.ref
        join subjects p on p.ref = j.other)
    select s.ref, bool_and(ids.followed) from ids join subjects s on s.identity = ids.identity group by s.ref
$$;
-- A unit and every unit that it succeeded, however long ago.
create function unit_line(u text) returns setof text language sql stable as $$
    with recursive line(unit) as (
        select u
        union
        select s.unit from line l join unit_successors s on s.successor = l.unit)
    select unit from line
$$;
-- +goose StatementEnd
-- And the units that succeed a unit: whose people its records concern now.
-- +goose StatementBegin
create function unit_heirs(u text) returns setof text language sql stable as $$
    with recursive line(unit) as (
        select u
        union
        select s.successor from line l join unit_successors s on s.unit = l.unit)
    select unit from line
$$;
-- +goose StatementEnd
create trigger subject_stands_for_itself before insert on subjects
    for each row execute function subject_stands_for_itself();
create trigger subject_join_made after insert on subject_joins
    for each row execute function subject_join_made();
create trigger subject_join_ended after insert on subject_join_ends
    for each row execute function subject_join_ended();

grant select, insert on ledger_scans, ledger_imports, recognition_withdrawals, subject_joins, subject_join_ends to vinhdanh_app;
grant select on live_recognitions, live_subject_joins to vinhdanh_app;

-- +goose Down
drop trigger subject_join_ended on subject_join_ends;
drop trigger subject_join_made on subject_joins;
drop trigger subject_stands_for_itself on subjects;
drop function unit_heirs, unit_line, subject_ledger_refs, subject_join_ended, subject_join_made, subject_identity_follows, subjects_same_as, subject_stands_for_itself;
drop index subjects_identity;
alter table subjects drop column identity;
drop view live_subject_joins, live_recognitions;
drop table subject_join_ends, subject_joins, recognition_withdrawals;
drop function only_historical_is_withdrawn;
drop trigger recognition_is_what_it_says on recognitions;
drop function recognition_is_what_it_says;
alter table recognitions drop constraint recognitions_decision_item, drop constraint recognitions_processed,
    drop constraint recognitions_not_historical, drop constraint recognitions_historical;
alter table recognitions drop column recorded_by, drop column reason, drop column revises, drop column workplace, drop column named,
    drop column issuer, drop column award_text, drop column import;
drop table ledger_imports, ledger_scans;
