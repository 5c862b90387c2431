-- +goose Up
-- Certificates made anew: cấp đổi (the old one comes back) and cấp lại (it is gone). The
-- new one is a line of the gold book like every other and names the one it replaces
-- (certificates.replaces, certificates.reason: a code of the law's data); this says the
-- rest. Nothing is changed and nothing deleted: what a line replaces is void.

create table certificate_reissues (
    certificate uuid primary key references certificates(id), -- the new one
    kind        text not null check (kind in ('exchange', 'again')),
    law_hash    text not null,
    why         text not null check (why <> ''),              -- as it was asked for
    returned_on date,                                          -- null: the old one did not come back
    nonce       text unique,                                   -- of the form; the same reissue is made once
    at          timestamptz not null default now()
);
grant select, insert on certificate_reissues to vinhdanh_app;

-- +goose Down
drop table certificate_reissues;
