-- +goose Up
-- A dump is restored with no search path: what an index calls must name what it calls in
-- full, or the restored database lacks the index. The results stay what they were.
-- +goose StatementBegin
create or replace function search_fold(t text) returns text language sql immutable parallel safe strict as $$
    select public.search_words(translate(regexp_replace(public.search_bare(t), '[\u0300-\u036f]', '', 'g'), 'đ', 'd'))
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create or replace function search_key(t text) returns text language sql immutable parallel safe strict as $$
    select normalize(regexp_replace(public.search_words(public.search_bare(t)), '([\u0300\u0301\u0303\u0309\u0323])(\S*)', '\2\1', 'g'), NFC)
$$;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
create or replace function search_fold(t text) returns text language sql immutable parallel safe strict as $$
    select search_words(translate(regexp_replace(search_bare(t), '[\u0300-\u036f]', '', 'g'), 'đ', 'd'))
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create or replace function search_key(t text) returns text language sql immutable parallel safe strict as $$
    select normalize(regexp_replace(search_words(search_bare(t)), '([\u0300\u0301\u0303\u0309\u0323])(\S*)', '\2\1', 'g'), NFC)
$$;
-- +goose StatementEnd
