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

-- Sign-in at identity providers of others (OpenID Connect). A subject counts together
-- with its issuer; an administrator says whose it is, and that is kept when it ends.
create table oidc_subjects (
    id        uuid primary key,
    issuer    text not null,
    subject   text not null,
    user_id   uuid not null references users(id),
    mapped_by uuid not null references users(id),
    at        timestamptz not null default now(),
    ended_by  uuid references users(id),
    ended_at  timestamptz
);
create unique index oidc_subjects_live on oidc_subjects(issuer, subject) where ended_at is null;
create index oidc_subjects_user on oidc_subjects(user_id);

-- Who came and is mapped to nobody. The name is the provider's claim, for an
-- administrator to recognise; it decides nothing.
create table oidc_unknown (
    issuer   text not null,
    subject  text not null,
    ref      text not null unique,                 -- what the person tells the administrator
    claimed  text not null default '',
    tries    integer not null default 1,
    first_at timestamptz not null default now(),
    last_at  timestamptz not null default now(),
    primary key (issuer, subject)
);

-- Sign-ins under way: each is taken once, by the browser that began it.
create table oidc_requests (
    browser    bytea primary key,                  -- SHA-256 of the browser's secret
    issuer     text not null,
    state      text not null,
    nonce      text not null,
    verifier   text not null,
    next       text not null default '',
    expires_at timestamptz not null
);

grant select, insert, update on oidc_subjects, oidc_unknown to vinhdanh_app;
grant delete on oidc_unknown to vinhdanh_app;
grant select, insert, delete on oidc_requests to vinhdanh_app;

-- +goose Down
drop table oidc_requests, oidc_unknown, oidc_subjects;
drop view delegated_roles;
drop table delegation_ends, delegations;
