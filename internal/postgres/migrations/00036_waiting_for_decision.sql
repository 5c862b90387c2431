-- +goose Up
-- What waits to be put into a decision is read by the body that prepares it, a page of
-- cases at a time, however many have been decided.
create index proposals_for_decision on proposals
    ((jsonb_path_query_first(route, '$.stages[*] ? (@.kind == "reception").unit') #>> '{}'), award, id)
    where stage = 'issuance' and not closed;

-- +goose Down
drop index proposals_for_decision;
