-- +goose Up
-- A sign-in at an identity provider may be there to confirm who sits at a session
-- that is open already; the provider must then have asked after it began.
alter table oidc_requests add column session uuid references web_sessions(id) on delete cascade,
    add column begun_at timestamptz not null default now();
create index oidc_requests_session on oidc_requests(session) where session is not null;

-- The tờ trình that a reviewing level draws up over items of many units: what it says
-- and of which days, award and unit it speaks. Its list is read from the cases.
create table level_letters (
    id           uuid primary key,
    unit         text not null references units(id),   -- whose letter it is
    version      integer not null default 1,
    addressee    text not null default '',             -- Kính gửi
    number       text not null default '',
    date         date,
    title        text not null default '',             -- Về việc …
    body         text not null default '',
    recipients   text not null default '',             -- Nơi nhận, one a line
    signer_title text not null default '',
    signer       text not null default '',
    sent_from    date,
    sent_to      date,
    award        text not null default '',
    proposing    text not null default '',
    changed_by   uuid not null references users(id),
    changed_at   timestamptz not null default now(),
    created_at   timestamptz not null default now()
);
create index level_letters_unit on level_letters(unit, changed_at desc, id);
grant select, insert, update, delete on level_letters to vinhdanh_app;

-- What a submission asks of its unit, kept with the cases' own transactions, so that
-- lists by state are read in the order of an index and counted there: see
-- submission_list.go for the states.
-- +goose StatementBegin
create function submission_state(sub uuid, of_unit text, handed timestamptz) returns text language sql stable as $$
    select case
        when count(*) filter (where p.returned and not p.closed) > 0 then 'returned'
        when count(*) filter (where not p.closed and not p.returned and p.number > 0 and p.waiting_unit = of_unit) > 0 then 'answer'
        when count(*) = 0 or count(*) filter (where p.number = 0) > 0 then case when handed is not null then 'ready' else 'draft' end
        when count(*) filter (where not p.closed) > 0 then 'sent'
        else 'closed' end
    from proposals p where p.submission = sub
$$;
create function submission_state_of_cases() returns trigger language plpgsql as $$
declare
    sub uuid := case when tg_op = 'DELETE' then old.submission else new.submission end;
begin
    update submissions s set state = submission_state(s.id, s.unit, s.ready_at)
    where s.id = sub and s.state is distinct from submission_state(s.id, s.unit, s.ready_at);
    return null;
end $$;
create function submission_state_of_itself() returns trigger language plpgsql as $$
begin
    new.state := submission_state(new.id, new.unit, new.ready_at);
    return new;
end $$;
-- +goose StatementEnd
alter table submissions add column state text not null default 'draft';
update submissions s set state = submission_state(s.id, s.unit, s.ready_at);
create trigger submission_state_itself before insert or update of ready_at, unit on submissions
    for each row execute function submission_state_of_itself();
create trigger submission_state_new after insert or delete on proposals
    for each row execute function submission_state_of_cases();
create trigger submission_state_moved after update on proposals
    for each row when ((old.number > 0, old.returned, old.closed, old.waiting_unit) is distinct from (new.number > 0, new.returned, new.closed, new.waiting_unit))
    execute function submission_state_of_cases();
create index submissions_unit_state on submissions(unit, state, created_at desc, id desc);

-- A unit's cases of one award, newest first.
create index proposals_unit_award on proposals(unit, award, created_at desc, id desc);

-- Figures over very many cases, as they were counted a moment ago.
create table figures (
    key        bytea primary key,                  -- SHA-256 of who sees what, the filter and the day
    counted_at timestamptz not null default now(),
    content    json not null
);
grant select, insert, update, delete on figures to vinhdanh_app;

-- +goose Down
drop table figures;
drop index proposals_unit_award;
drop index submissions_unit_state;
drop trigger submission_state_moved on proposals;
drop trigger submission_state_new on proposals;
drop trigger submission_state_itself on submissions;
alter table submissions drop column state;
drop function submission_state_of_itself, submission_state_of_cases, submission_state;
drop table level_letters;
drop index oidc_requests_session;
alter table oidc_requests drop column session, drop column begun_at;
