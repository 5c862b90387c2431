-- +goose Up
-- Awards decided above the province: their recognitions come from a case of ours and
-- a decision that is not ours, and say so. authority is the code of who decided.
alter table recognitions add column authority text not null default '';
alter table recognitions drop constraint recognitions_source_check;
alter table recognitions drop constraint recognitions_check;
alter table recognitions
    add constraint recognitions_source_check check (source in ('decision', 'imported', 'above')),
    add constraint recognitions_check check ((source = 'imported') = (item is null)),
    add constraint recognitions_above check ((source = 'above') = (authority <> '') and (source <> 'above' or decision is null));

-- +goose Down
-- What came from above has no place in the older ledger.
delete from recognitions where source = 'above';
alter table recognitions drop constraint recognitions_above;
alter table recognitions drop constraint recognitions_check;
alter table recognitions drop constraint recognitions_source_check;
alter table recognitions
    add constraint recognitions_source_check check (source in ('decision', 'imported')),
    add constraint recognitions_check check ((source = 'decision') = (item is not null));
alter table recognitions drop column authority;
