-- +goose Up
-- A session may hold a second ballot on items that fell short by little, where their
-- rule says so. ballots counts those of the ballot that is going on.
alter table sessions add column round integer not null default 1;
alter table session_ballots add column round integer not null default 1;
alter table session_ballots drop constraint session_ballots_pkey, add primary key (session, member, round);

-- A council's standing members (Thường trực Hội đồng), who may meet alone where the
-- rules allow it; its chair is one of them.
alter table memberships add column standing boolean not null default false;
alter table sessions drop constraint sessions_mode_check,
    add constraint sessions_mode_check check (mode in ('meeting', 'written', 'standing'));

-- +goose Down
alter table sessions drop constraint sessions_mode_check,
    add constraint sessions_mode_check check (mode in ('meeting', 'written'));
alter table memberships drop column standing;
delete from session_ballots where round > 1;
alter table session_ballots drop constraint session_ballots_pkey, add primary key (session, member);
alter table session_ballots drop column round;
alter table sessions drop column round;
