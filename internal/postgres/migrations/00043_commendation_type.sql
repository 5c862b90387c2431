-- +goose Up
-- The type of commendation (loại hình khen thưởng) of a submission chooses the way of its
-- cases: an ad hoc merit goes by the simplified procedure. Empty: nobody named it. A
-- case keeps the type under which it was sent.
alter table submissions add column type text not null default '';
alter table proposals add column type text not null default '';

-- +goose Down
alter table proposals drop column type;
alter table submissions drop column type;
