-- +goose Up
-- An auditor asks who acted, on whose behalf and when, of all cases there ever were.
create index trail_at on trail(at desc);
-- The conversion depends on the database's encoding alone, which never changes: UTF-8.
create function acted_for(body bytea) returns text language sql immutable
    as $$ select convert_from(body, 'UTF8')::jsonb ->> 'on_behalf_of' $$;
create index trail_acted_for on trail(acted_for(body), at desc) where acted_for(body) is not null;

-- +goose Down
drop index trail_acted_for;
drop function acted_for(bytea);
drop index trail_at;
