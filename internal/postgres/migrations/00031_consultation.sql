-- +goose Up
-- A session is a meeting, or a written consultation with a day to answer by.
alter table sessions
    add column mode  text not null default 'meeting' check (mode in ('meeting', 'written')),
    add column until date,
    add constraint sessions_until check ((mode = 'written') = (until is not null));

-- +goose Down
alter table sessions drop constraint sessions_until, drop column until, drop column mode;
