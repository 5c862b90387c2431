-- +goose Up
-- A second ballot on items with sealed ballots has a box of its own
-- (docs/decisions/0050-sealed-second-ballots.md): box is that of the ballot going on.
alter table sessions add column box_round integer not null default 1;
alter table secret_votes add column round integer not null default 1;
alter table secret_votes drop constraint secret_votes_pkey, add primary key (session, member, round);

-- +goose Down
delete from secret_votes where round > 1;
alter table secret_votes drop constraint secret_votes_pkey, add primary key (session, member);
alter table secret_votes drop column round;
alter table sessions drop column box_round;
