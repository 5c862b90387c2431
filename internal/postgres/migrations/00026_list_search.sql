-- +goose Up
-- Search of submissions by word, counts that read an index alone, and ids as people
-- type them.

-- An id out of an address; null where it is none, so that nothing is found. A query
-- then asks the index of the ids, whatever the address says.
-- +goose StatementBegin
create function as_uuid(t text) returns uuid language sql immutable parallel safe as $$
    select case when t ~ '^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$' then t::uuid end
$$;
create function as_uuids(t text[]) returns uuid[] language sql immutable parallel safe as $$
    select coalesce(array_agg(as_uuid(v)), '{}') from unnest(t) v
$$;
-- +goose StatementEnd

-- One row for each word from which a submission can be found: its reference and its
-- title from each word on, its letter's number, and its running number with a # that
-- no typed text begins with. A search for "nam 2019" is then a range of one index in
-- the order of the list: what matches alike comes newest first.
create table search_submissions (
    submission uuid not null references submissions(id) on delete cascade,
    word smallint not null,                       -- 0 the number, 1 … the reference, 20 the letter, 21 … the title
    unit text not null,
    fold text collate "C" not null,
    age  bigint not null,                         -- microseconds before 1970, so that the newest comes first
    primary key (submission, word)
);
-- +goose StatementBegin
create function search_submission_words(ref text, letter text, title text) returns table (word smallint, fold text) language sql immutable parallel safe as $$
    select 0::smallint, '#' || search_number(ref) where search_number(ref) is not null
    union all select s.word, s.fold from search_suffixes(ref) s
    union all select 20::smallint, search_fold(letter) where search_fold(letter) <> ''
    union all select (20 + s.word)::smallint, s.fold from search_suffixes(title) s
$$;
create function search_on_submission() returns trigger language plpgsql as $$
begin
    delete from search_submissions where submission = new.id;
    insert into search_submissions (submission, word, unit, fold, age)
    select new.id, w.word, new.unit, w.fold, (-1000000 * extract(epoch from new.created_at))::bigint
    from search_submission_words(new.ref, new.letter_number, new.title) w;
    return null;
end $$;
-- +goose StatementEnd
insert into search_submissions (submission, word, unit, fold, age)
select s.id, w.word, s.unit, w.fold, (-1000000 * extract(epoch from s.created_at))::bigint
from submissions s, lateral search_submission_words(s.ref, s.letter_number, s.title) w;
create index search_submissions_fold on search_submissions(fold, age, submission);
create index search_submissions_unit on search_submissions(unit, fold, age, submission);
create trigger search_submission_new after insert on submissions for each row execute function search_on_submission();
create trigger search_submission_said after update on submissions
    for each row when ((old.ref, old.letter_number, old.title, old.unit) is distinct from (new.ref, new.letter_number, new.title, new.unit))
    execute function search_on_submission();
drop index submissions_ref, submissions_refno, submissions_letter;

-- A unit's own cases by what the first page counts.
create index proposals_unit_closed on proposals(unit, created_at desc, id desc) where closed;
create index proposals_unit_drafts on proposals(unit, created_at desc, id desc) where number = 0;
create index proposals_unit_returned on proposals(unit, created_at desc, id desc) where returned and not closed;
create index proposals_unit_sent on proposals(unit, created_at desc, id desc) where not closed and number > 0;
create index proposals_unit_due on proposals(unit, (coalesce(due_on, 'infinity'::date)), id) where not closed;

-- What waits for a unit, in the order of work, with all that a queue asks of it.
create index proposals_queue on proposals(waiting_unit, due_on, stage_since, ref) include (id, unit, award, stage, waiting_roles, on_hold) where not closed and number > 0;

-- What an auditor's list asks of each case.
create index session_items_item on session_items(item);
create index app_refusals_target on app_refusals(target);
create index gate_refusals_workflow on gate_refusals(workflow_id);
create index attempt_outcomes_refused on attempt_outcomes(at desc) where status = 'refused';

-- A member finds a case by a session; one that was cancelled shows nothing any more.
-- +goose StatementBegin
create or replace function case_readers_of(p uuid) returns setof text language sql stable as $$
    select c.unit || ' ' || r from proposals c, unnest(array['clerk', 'unit_head']) r where c.id = p
    union
    select (st.v ->> 'unit') || ' ' || r.v
    from proposals c, jsonb_array_elements(coalesce(c.route -> 'stages', '[]')) with ordinality st(v, n),
         jsonb_array_elements_text(st.v -> 'roles') r(v)
    where c.id = p and c.number > 0 and st.n - 1 <= c.stage_index
      and (r.v <> 'member' or exists (
        select 1 from session_items si join sessions se on se.id = si.session where si.proposal = p and se.phase not in ('draft', 'cancelled')))
$$;
-- +goose StatementEnd
drop trigger search_session on sessions;
create trigger search_session after update of phase on sessions
    for each row when ((old.phase in ('draft', 'cancelled')) is distinct from (new.phase in ('draft', 'cancelled'))) execute function search_on_session();
select case_readers_refresh(si.proposal) from (select distinct i.proposal from session_items i join sessions e on e.id = i.session where e.phase = 'cancelled') si;

grant select, insert, update, delete on search_submissions to vinhdanh_app;

-- +goose Down
-- +goose StatementBegin
create or replace function case_readers_of(p uuid) returns setof text language sql stable as $$
    select c.unit || ' ' || r from proposals c, unnest(array['clerk', 'unit_head']) r where c.id = p
    union
    select (st.v ->> 'unit') || ' ' || r.v
    from proposals c, jsonb_array_elements(coalesce(c.route -> 'stages', '[]')) with ordinality st(v, n),
         jsonb_array_elements_text(st.v -> 'roles') r(v)
    where c.id = p and c.number > 0 and st.n - 1 <= c.stage_index
      and (r.v <> 'member' or exists (
        select 1 from session_items si join sessions se on se.id = si.session where si.proposal = p and se.phase <> 'draft'))
$$;
-- +goose StatementEnd
drop trigger search_session on sessions;
create trigger search_session after update of phase on sessions
    for each row when ((old.phase = 'draft') is distinct from (new.phase = 'draft')) execute function search_on_session();
select case_readers_refresh(si.proposal) from (select distinct i.proposal from session_items i join sessions e on e.id = i.session where e.phase = 'cancelled') si;
drop index proposals_queue, session_items_item, app_refusals_target, gate_refusals_workflow, attempt_outcomes_refused;
drop index proposals_unit_closed, proposals_unit_drafts, proposals_unit_returned, proposals_unit_sent, proposals_unit_due;
create index submissions_ref on submissions(search_fold(ref) collate "C", id);
create index submissions_refno on submissions(search_number(ref), id);
create index submissions_letter on submissions(search_fold(letter_number) collate "C", id);
drop trigger search_submission_said on submissions;
drop trigger search_submission_new on submissions;
drop function search_on_submission, search_submission_words;
drop table search_submissions;
drop function as_uuids, as_uuid;
