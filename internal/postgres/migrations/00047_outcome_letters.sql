-- +goose Up
-- Letters of outcome (thông báo kết quả): one a proposal, drawn from the record, held until
-- somebody releases it. What the record says stands where it stands; here is only whether
-- the letter went, and the one paragraph that people write.

create table outcome_letters (
    id         uuid primary key default gen_random_uuid(),
    proposal   uuid not null unique references proposals(id),
    standing   text not null references units(id),   -- that writes it
    council    text references units(id),            -- that voted, where one did
    session    uuid references sessions(id),         -- in which it did
    number     integer not null,                     -- of the act that closed the case
    awarded    integer not null,                     -- items
    others     integer not null,                     -- items that were not
    state      text not null check (state in ('held', 'released', 'discarded')),
    version    integer not null default 1,
    paragraph  text not null default '',
    reason     text not null default '',             -- why it was discarded
    changed_by uuid references users(id),            -- null: nobody did yet
    changed_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    check (state <> 'discarded' or reason <> '')
);
create index outcome_letters_standing on outcome_letters(standing, state, created_at desc);
create index outcome_letters_council on outcome_letters(council, state, created_at desc);
create index outcome_letters_session on outcome_letters(session);

-- What was done to a letter: added to, never changed.
create table outcome_letter_events (
    id        bigint generated always as identity primary key,
    letter    uuid not null references outcome_letters(id),
    action    text not null check (action in ('held', 'sent', 'edited', 'released', 'discarded')),
    paragraph text not null default '',              -- as it stood after that
    reason    text not null default '',
    by_user   uuid references users(id),
    at        timestamptz not null default now()
);
create index outcome_letter_events_letter on outcome_letter_events(letter, id);

-- Whether letters of a standing body wait or go at once; the latest row counts, none is: they wait.
create table outcome_letter_modes (
    id       bigint generated always as identity primary key,
    standing text not null references units(id),
    mode     text not null check (mode in ('held', 'sent')),
    by_user  uuid not null references users(id),
    at       timestamptz not null default now()
);
create index outcome_letter_modes_standing on outcome_letter_modes(standing, id desc);

-- A letter that went, or was discarded, stays as it is.
-- +goose StatementBegin
create function keep_outcome_letter() returns trigger language plpgsql as $$
begin
    if old.state <> 'held' then
        raise exception 'the letter % is % and is kept', old.id, old.state using errcode = 'check_violation';
    end if;
    return new;
end $$;
-- +goose StatementEnd
create trigger keep_outcome_letter before update on outcome_letters
    for each row execute function keep_outcome_letter();

grant select, insert, update on outcome_letters to vinhdanh_app;
grant select, insert on outcome_letter_events, outcome_letter_modes to vinhdanh_app;

-- +goose Down
drop table outcome_letter_modes, outcome_letter_events, outcome_letters;
drop function keep_outcome_letter;
