-- +goose Up
-- The PDF with the signer's own signature and the scan of what was signed in ink, by
-- SHA-256, and the code by which the public asks whether a decision is genuine.

alter table decisions
    add column signed text not null default '',
    add column scan   text not null default '';
create unique index decisions_code on decisions ((draft ->> 'Code')) where draft ->> 'Code' <> '';
create index decisions_document on decisions (document) where document <> '';

-- What cancelled a decision (Điều 93): number and day of the cancelling decision.
create table decision_cancellations (
    decision  uuid primary key references decisions(id),
    by_number text not null check (by_number <> ''),
    on_date   date not null,
    at        timestamptz not null default now()
);
grant select, insert on decision_cancellations to vinhdanh_app;

-- +goose Down
drop table decision_cancellations;
drop index decisions_document, decisions_code;
alter table decisions drop column scan, drop column signed;
