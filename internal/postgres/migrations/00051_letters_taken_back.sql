-- +goose Up
-- A letter of outcome that was discarded can be taken back: it waits again, on record.
alter table outcome_letter_events drop constraint outcome_letter_events_action_check,
    add constraint outcome_letter_events_action_check check (action in ('held', 'sent', 'edited', 'released', 'discarded', 'restored'));

-- A letter that went stays as it is; one that was discarded may only come to wait again.
-- +goose StatementBegin
create or replace function keep_outcome_letter() returns trigger language plpgsql as $$
begin
    if old.state = 'held' or old.state = 'discarded' and new.state = 'held' and new.paragraph = old.paragraph then
        return new;
    end if;
    raise exception 'the letter % is % and is kept', old.id, old.state using errcode = 'check_violation';
end $$;
-- +goose StatementEnd

-- +goose Down
delete from outcome_letter_events where action = 'restored';
alter table outcome_letter_events drop constraint outcome_letter_events_action_check,
    add constraint outcome_letter_events_action_check check (action in ('held', 'sent', 'edited', 'released', 'discarded'));
-- +goose StatementBegin
create or replace function keep_outcome_letter() returns trigger language plpgsql as $$
begin
    if old.state <> 'held' then
        raise exception 'the letter % is % and is kept', old.id, old.state using errcode = 'check_violation';
    end if;
    return new;
end $$;
-- +goose StatementEnd
