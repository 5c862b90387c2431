-- +goose Up
-- What changed a session's roster, rules or agenda after it was convened: council.Change,
-- in their order (late items with the chair's consent, late recusals).
alter table sessions add column changes jsonb not null default '[]';

-- Proposals that the secretary asks the chair to let join a convened session. A
-- request holds its proposal for the session until it ends or the session opens.
create table session_late (
    id          bigint generated always as identity primary key,
    session     uuid not null references sessions(id),
    proposal    uuid not null references proposals(id),
    reason      text not null,
    asked_by    uuid not null references users(id),
    asked_at    timestamptz not null default now(),
    admitted_at timestamptz,                      -- the chair's consent is on record
    ended_at    timestamptz                       -- taken back, or not consented to
);
create unique index session_late_live on session_late(session, proposal) where ended_at is null;
create index session_late_proposal on session_late(proposal);

grant select, insert, update on session_late to vinhdanh_app;
grant usage on all sequences in schema public to vinhdanh_app;

-- +goose Down
drop table session_late;
alter table sessions drop column changes;
