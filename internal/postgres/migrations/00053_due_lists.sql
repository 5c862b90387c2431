-- +goose Up
-- A list by due day is planned once for every unit. By the average unit the database would gather all its cases and sort
-- them, which is slow for the few units that have thousands. With all that the list asks of a case in the index, reading
-- in its order is never dearer, however many there are.
drop index proposals_waiting_due, proposals_unit_due;
create index proposals_waiting_due on proposals(waiting_unit, (coalesce(due_on, 'infinity'::date)), id)
    include (due_on, unit, waiting_roles) where not closed and number > 0;
create index proposals_unit_due on proposals(unit, (coalesce(due_on, 'infinity'::date)), id)
    include (due_on, number) where not closed;

-- +goose Down
drop index proposals_waiting_due, proposals_unit_due;
create index proposals_waiting_due on proposals(waiting_unit, (coalesce(due_on, 'infinity'::date)), id) where not closed and number > 0;
create index proposals_unit_due on proposals(unit, (coalesce(due_on, 'infinity'::date)), id) where not closed;
