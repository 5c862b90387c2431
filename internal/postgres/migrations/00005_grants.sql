-- +goose Up
-- Two login roles beside the owner. Serve and worker (vinhdanh_app) own nothing,
-- can grant themselves nothing, and may only add to the record. The gate of our
-- Temporal server (vinhdanh_gate) may only add refusals.

revoke all on schema public from public;
grant usage on schema public to vinhdanh_app, vinhdanh_gate;

grant select, insert, update, delete on
    installation, units, unit_successors, users, memberships, tokens, campaigns, law_data, case_keys, counters,
    subjects, submissions, proposals, items, item_contents, attachments, recognitions,
    batches, batch_leaves, outbox, archives, idempotency,
    sessions, session_items, session_ballots, decisions, decision_items, decision_numbers
    to vinhdanh_app;
grant select, insert on
    attempts, attempt_outcomes, trail, gate_refusals, app_refusals, reasons, validations
    to vinhdanh_app;
grant usage on all sequences in schema public to vinhdanh_app;

grant insert on gate_refusals to vinhdanh_gate;
grant usage on sequence gate_refusals_id_seq to vinhdanh_gate;

-- +goose Down
revoke all on all tables in schema public from vinhdanh_app, vinhdanh_gate;
revoke all on all sequences in schema public from vinhdanh_app, vinhdanh_gate;
revoke usage on schema public from vinhdanh_app, vinhdanh_gate;
