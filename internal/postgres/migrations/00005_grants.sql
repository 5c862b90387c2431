-- +goose Up
-- Two login roles beside the owner. Serve and worker (vinhdanh_app) own nothing,
-- can grant themselves nothing, and may only add to the record. The gate of our
-- Temporal server (vinhdanh_gate) may only add refusals.

revoke all on schema public from public;
grant usage on schema public to vinhdanh_app, vinhdanh_gate;

-- What the application changes by its work.
grant select, insert, update, delete on
    subjects, submissions, proposals, items, item_contents, attachments, idempotency, counters,
    sessions, session_items, session_ballots, decisions, decision_items, decision_numbers
    to vinhdanh_app;
grant select, insert, update on
    units, unit_successors, users, memberships, tokens, campaigns, outbox, batch_leaves
    to vinhdanh_app;
-- The record: it may be added to and read, nothing else.
grant select, insert on
    installation, law_data, case_keys, recognitions, batches, archives,
    attempts, attempt_outcomes, trail, gate_refusals, app_refusals, reasons, validations
    to vinhdanh_app;
grant usage on all sequences in schema public to vinhdanh_app;

grant insert on gate_refusals to vinhdanh_gate;
grant usage on sequence gate_refusals_id_seq to vinhdanh_gate;

-- What was sent stays as it was sent, whoever holds the application's role.
-- +goose StatementBegin
create function keep_sent_content() returns trigger language plpgsql as $$
begin
    if exists (select 1 from items i join proposals p on p.id = i.proposal
               where i.id = old.item and p.number > 0 and old.revision <= p.revision) then
        raise exception 'revision % of item % was sent and is kept', old.revision, old.item;
    end if;
    if tg_op = 'DELETE' then return old; end if;
    return new;
end $$;
create function keep_sent_item() returns trigger language plpgsql as $$
begin
    if exists (select 1 from proposals p where p.id = old.proposal and p.number > 0) then
        raise exception 'item % was sent and is kept', old.id;
    end if;
    return old;
end $$;
-- +goose StatementEnd
create trigger keep_sent_content before update or delete on item_contents
    for each row execute function keep_sent_content();
create trigger keep_sent_item before delete on items
    for each row execute function keep_sent_item();

-- +goose Down
drop trigger keep_sent_item on items;
drop trigger keep_sent_content on item_contents;
drop function keep_sent_item;
drop function keep_sent_content;
revoke all on all tables in schema public from vinhdanh_app, vinhdanh_gate;
revoke all on all sequences in schema public from vinhdanh_app, vinhdanh_gate;
revoke usage on schema public from vinhdanh_app, vinhdanh_gate;
