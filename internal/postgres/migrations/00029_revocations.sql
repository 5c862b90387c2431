-- +goose Up
-- Revocation of awards (Luật 06/2022/QH15 Điều 93). A revocation is a case of its own;
-- nothing is deleted: what it takes back is marked, and marks are only added.

create table revocations (
    id            uuid primary key,
    ref           text not null unique,
    case_id       text not null unique,
    decision      uuid not null references decisions(id),  -- that awarded
    standing      text not null references units(id),
    authority     text not null references units(id),
    ground        text not null,                           -- code of the law's data
    law_hash      text not null,
    evidence      text not null check (evidence ~ '^[0-9a-f]{64}$'),
    evidence_name text not null,
    whole         boolean not null,
    due_on        date not null,                           -- last day for answers
    phase         text not null default 'draft',
    verdict       text not null default '',
    number        integer not null default 0,              -- transitions so far
    created_by    uuid not null references users(id),
    created_at    timestamptz not null default now()
);
create index revocations_decision on revocations(decision);

create table revocation_items (
    revocation  uuid not null references revocations(id),
    position    integer not null,
    recognition uuid not null references recognitions(id),
    item        uuid not null references items(id),
    proposal    uuid not null references proposals(id),
    unit        text not null references units(id),        -- that is asked
    primary key (revocation, position),
    unique (revocation, recognition)
);
create index revocation_items_recognition on revocation_items(recognition);

create table revocation_answers (
    revocation uuid not null references revocations(id),
    unit       text not null references units(id),
    position   text not null check (position in ('agree', 'disagree')),
    document   text not null default '',                   -- SHA-256
    reason     text not null default '',                   -- commitment
    number     integer not null,
    at         timestamptz not null,
    primary key (revocation, unit)
);

-- What was revoked, by which decision, from which day on.
create table recognition_revocations (
    recognition uuid primary key references recognitions(id),
    revocation  uuid not null references revocations(id),
    by_number   text not null check (by_number <> ''),
    on_date     date not null,
    at          timestamptz not null default now()
);

-- A decision may be cancelled in parts, by several decisions.
alter table decision_cancellations drop constraint decision_cancellations_pkey;
alter table decision_cancellations
    add column revocation uuid references revocations(id),
    add column whole boolean not null default true;
create unique index decision_cancellations_by on decision_cancellations(decision, by_number, on_date);

-- What counts: not corrected by a later record, not withdrawn, not revoked.
create or replace view live_recognitions as
    select r.* from recognitions r
    where not exists (select 1 from recognitions n where n.revises = r.id)
      and not exists (select 1 from recognition_withdrawals w where w.recognition = r.id)
      and not exists (select 1 from recognition_revocations v where v.recognition = r.id);

-- The items that a decision names: those it awards, or those it takes the award from.
create view decision_named as
    select x.decision, x.position, x.item, x.proposal, x.amount from decision_items x
    union all
    select d.id, i.position, i.item, i.proposal, r.amount
    from decisions d join revocations v on v.case_id = d.case_id
    join revocation_items i on i.revocation = v.id join recognitions r on r.id = i.recognition;

grant select, insert, update on revocations to vinhdanh_app;
grant select, insert on revocation_items, revocation_answers, recognition_revocations to vinhdanh_app;
grant select on decision_named to vinhdanh_app;

-- +goose Down
drop view decision_named;
create or replace view live_recognitions as
    select r.* from recognitions r
    where not exists (select 1 from recognitions n where n.revises = r.id)
      and not exists (select 1 from recognition_withdrawals w where w.recognition = r.id);
drop index decision_cancellations_by;
delete from decision_cancellations where revocation is not null;
alter table decision_cancellations drop column whole, drop column revocation;
alter table decision_cancellations add primary key (decision);
drop table recognition_revocations, revocation_answers, revocation_items, revocations;
