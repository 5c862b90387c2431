-- +goose Up
-- While the chair's consent to a late item is on its way to the session, the request is
-- not dropped.
alter table session_late add column consenting_at timestamptz;

-- +goose Down
alter table session_late drop column consenting_at;
