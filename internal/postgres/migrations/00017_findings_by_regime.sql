-- +goose Up
-- What the rules found is kept by regime too: a case whose regime is confirmed as
-- another one, under the same law data, is checked again, and the second finding must
-- not be taken for the first.
alter table validations add column regime text not null default '';
update validations set regime = coalesce(result -> 0 ->> 'regime', '');
alter table validations drop constraint validations_pkey, add primary key (proposal, revision, law_hash, regime);

-- +goose Down
delete from validations v using validations w
    where v.proposal = w.proposal and v.revision = w.revision and v.law_hash = w.law_hash and v.at > w.at;
alter table validations drop constraint validations_pkey, drop column regime, add primary key (proposal, revision, law_hash);
