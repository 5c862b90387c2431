-- +goose Up
-- Secret ballots of a session are on paper, or sealed and held here until they are
-- counted (docs/decisions/0032-secret-ballots.md).
alter table sessions
    add column electronic boolean not null default false,
    add column box        text not null default ''; -- commitment to the set of sealed ballots, once their box is closed

-- Who has cast a sealed ballot, and its digest: the committed set. Not what is in it.
create table secret_votes (
    session uuid not null references sessions(id),
    member  text not null,                         -- opaque user id
    written boolean not null default false,
    number  integer not null,
    digest  text not null,                         -- SHA-256 of the sealed ballot, hexadecimal
    primary key (session, member),
    unique (session, digest)
);

-- The sealed ballots themselves, until they are counted. One that was refused, or
-- whose act is on its way, stands beside the accepted one until that is recorded.
create table sealed_ballots (
    session uuid not null references sessions(id),
    member  text not null,
    digest  text not null,
    sealed  bytea not null,
    primary key (session, member, digest)
);

grant select, insert on secret_votes to vinhdanh_app;
grant select, insert, update, delete on sealed_ballots to vinhdanh_app;

-- +goose Down
drop table sealed_ballots, secret_votes;
alter table sessions drop column box, drop column electronic;
