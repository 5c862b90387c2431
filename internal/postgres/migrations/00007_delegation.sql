-- +goose Up
-- Who acts for whom, from when to when (ủy quyền trong thời gian vắng mặt). Rows are
-- added and never changed: what ends a delegation early is a row of its own.

create table delegations (
    id         uuid primary key,
    delegator  uuid not null references users(id),
    delegate   uuid not null references users(id),
    unit       text not null references units(id),
    roles      text[] not null check (cardinality(roles) > 0),
    valid_from date not null,
    valid_to   date not null,                      -- last day
    basis      text not null default '',           -- number and date of the paper that says so
    set_by     uuid not null references users(id),
    nonce      text not null unique,
    at         timestamptz not null default now(),
    check (delegator <> delegate),
    check (valid_from <= valid_to)
);
create index delegations_delegate on delegations(delegate, valid_to);
create index delegations_delegator on delegations(delegator, valid_to);
create index delegations_unit on delegations(unit, valid_to);

create table delegation_ends (
    delegation uuid primary key references delegations(id),
    ended_by   uuid not null references users(id),
    reason     text not null default '',
    at         timestamptz not null default now()
);

-- The roles that delegates hold, role by role, with the days on which they do. Only
-- a role that the delegator holds in person is there: a delegated one is in no
-- membership, so it cannot be passed on; a role that ended takes its delegation along.
create view delegated_roles as
    select d.id as delegation, d.delegator, d.delegate, d.unit, m.role, m.title,
        greatest(d.valid_from, coalesce(m.valid_from, d.valid_from)) as valid_from,
        least(d.valid_to, coalesce(m.valid_to, d.valid_to)) as valid_to
    from delegations d
    join memberships m on m.user_id = d.delegator and m.unit = d.unit and m.role = any(d.roles)
    join users p on p.id = d.delegator and p.active
    where not exists (select 1 from delegation_ends e where e.delegation = d.id);

grant select, insert on delegations, delegation_ends to vinhdanh_app;
grant select on delegated_roles to vinhdanh_app;

-- +goose Down
drop view delegated_roles;
drop table delegation_ends, delegations;
