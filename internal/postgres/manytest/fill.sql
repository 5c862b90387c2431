-- Invented cases for measuring. Rows come in the order of their keys: indexes grow fast so. The triggers that keep the search tables are off
-- while rows are made, and the tables are filled by the triggers' own functions.
set synchronous_commit = off;
set maintenance_work_mem = '512MB';
set work_mem = '128MB';

insert into units (id, name, kind, level, protocol_order)
select * from (values ('many-authority', 'UBND tỉnh mẫu', 'authority', 'province', 1),
    ('many-standing', 'Ban Thi đua mẫu', 'standing', 'province', 2),
    ('many-council', 'Hội đồng mẫu', 'council', 'province', 3)) v;
insert into units (id, name, kind, level, parent, protocol_order)
select 'many-d' || n, 'Huyện mẫu ' || n, 'authority', 'district', 'many-authority', 10 + n
from generate_series(1, ceil(current_setting('many.communes')::int / 10.0)::int) n;
insert into units (id, name, kind, level, parent, protocol_order)
select 'many-c' || n, 'Xã mẫu ' || n, 'office', 'commune', 'many-d' || ((n - 1) / 10 + 1), 100 + n
from generate_series(1, current_setting('many.communes')::int) n;

insert into users (id, login, full_name, sample)
select md5('many' || l)::uuid, l, 'Người mẫu ' || l, true
from (select 'clerk-' || n as l from generate_series(1, current_setting('many.communes')::int) n
      union all select 'reviewer-' || n from generate_series(1, ceil(current_setting('many.communes')::int / 10.0)::int) n
      union all values ('appraiser'), ('auditor'), ('member'), ('outsider')) x;
insert into memberships (user_id, unit, role)
select u.id, 'many-c' || split_part(u.login, '-', 2), 'clerk' from users u where u.login like 'clerk-%'
union all select u.id, 'many-d' || split_part(u.login, '-', 2), 'reviewer' from users u where u.login like 'reviewer-%'
union all select u.id, 'many-standing', 'appraiser' from users u where u.login = 'appraiser'
union all select u.id, 'many-authority', 'auditor' from users u where u.login = 'auditor'
union all select u.id, 'many-council', 'member' from users u where u.login = 'member';

alter table submissions disable trigger user;
alter table item_contents disable trigger user;
alter table proposals disable trigger user;
alter table items disable trigger user;
create temp table dropped as
    select indexdef from pg_indexes where schemaname = 'public' and tablename in ('search_names', 'search_submissions', 'items', 'proposals', 'submissions')
      and indexname !~ '(_pkey|_key)$';
do $$ declare r record; begin
    for r in select indexname from pg_indexes where schemaname = 'public' and tablename in ('search_names', 'search_submissions', 'items', 'proposals', 'submissions')
             and indexname !~ '(_pkey|_key)$' loop
        execute 'drop index ' || quote_ident(r.indexname);
    end loop;
end $$;

create temp table many_cases as
select n, md5('case' || n)::uuid as id, md5('submission' || n)::uuid as submission, commune,
    case when commune <> 7 then luck when luck < 10 then 0 when luck < 20 then 4 when luck < 30 then 5 when luck < 40 then 6 + luck % 4 else 10 end as luck,
    (array['LDTT', 'CSTDCS', 'BKT-PT', 'BKT-CT', 'TTLD'])[(hashint4(n + 5555) & 2147483647) % 5 + 1] as award,
    date '2014-01-01' + (n::bigint * 3600 / (current_setting('many.cases')::int + 1))::int as day
from generate_series(1, current_setting('many.cases')::int) n, lateral (
    select case when (hashint4(n + 999) & 2147483647) % 4 = 0 then 7 else (hashint4(n) & 2147483647) % current_setting('many.communes')::int + 1 end as commune,
        (hashint4(n + 77777777) & 2147483647) % 100 as luck) h;

insert into submissions (id, ref, unit, title, letter_number, status, created_by, created_at, sent_at)
select submission, format('HS-%s-%s', extract(year from day), lpad(n::text, greatest(4, length(n::text)), '0')), 'many-c' || commune, 'Đề nghị khen thưởng năm ' || extract(year from day),
    n || '/TTr-UBND', case when luck < 3 then 'draft' else 'sent' end, md5('manyclerk-' || commune)::uuid, day + interval '8 hours',
    case when luck >= 3 then day + interval '9 hours' end
from many_cases;

insert into proposals (id, submission, ref, unit, award, case_id, regime, route, sent_on, number, revision, stage, stage_index,
    waiting_unit, waiting_roles, returned, on_hold, closed, open_items, stage_since, due_on, closed_at, created_at)
select id, submission, format('HS-%s-%s/%s', extract(year from day), lpad(n::text, greatest(4, length(n::text)), '0'), award), 'many-c' || commune, award, 'commendation/' || id, 'R2',
    case when luck >= 3 then format('{"stages": [{"kind": "nomination", "unit": "many-c%s", "roles": ["clerk", "unit_head"]},
        {"kind": "review", "unit": "many-d%s", "roles": ["reviewer"]},
        {"kind": "reception", "unit": "many-standing", "roles": ["appraiser", "standing_head"]},
        {"kind": "appraisal", "unit": "many-standing", "roles": ["appraiser", "standing_head"]},
        {"kind": "council", "unit": "many-council", "roles": ["secretary", "chair", "member"]},
        {"kind": "issuance", "unit": "many-authority", "roles": ["standing_head", "signer", "registrar"]}]}', commune, (commune - 1) / 10 + 1)::jsonb end,
    case when luck >= 3 then day end, case when luck < 3 then 0 else least(at, 5) + 1 end, case when luck < 3 then 0 else 1 end,
    case when luck < 3 then 'draft' when at > 5 then 'closed' else (array['review', 'review', 'reception', 'appraisal', 'council', 'issuance'])[at + 1] end,
    case when luck < 3 then 0 else greatest(1, least(at, 5)) end,
    case when luck >= 3 and at <= 5 then (array['many-c' || commune, 'many-d' || ((commune - 1) / 10 + 1), 'many-standing', 'many-standing', 'many-council', 'many-standing'])[at + 1] end,
    case when luck < 3 or at > 5 then '{}' when at = 0 then array['clerk', 'unit_head'] when at = 1 then array['reviewer']
         when at in (2, 3) then array['appraiser', 'standing_head'] when at = 4 then array['secretary', 'chair', 'member'] else array['standing_head'] end,
    luck >= 3 and at = 0, luck = 9, luck >= 3 and at > 5, case when luck < 3 or at <= 5 then 8 else 0 end, day + interval '1 day',
    case when luck >= 3 and at between 1 and 5 then day + 10 end, case when luck >= 3 and at > 5 then day + interval '60 days' end, day + interval '8 hours'
from (select *, case when luck < 10 then luck - 4 else 6 end as at from (
        select n, id, submission, commune, award, day, case when luck = 3 then 4 else luck end as luck from many_cases) y) x;

create temp table many_items as
select c.id as proposal, c.luck, c.commune, c.day, p, c.n::bigint * 8 + p as k, md5('item' || c.n || '-' || p)::uuid as id,
    case when p = 8 then 'collective' else 'individual' end as kind,
    case when p = 8 then (array['Trường Tiểu học', 'Trạm Y tế', 'Chi bộ', 'Hợp tác xã'])[h1 % 4 + 1] || ' ' || (array['Hòa An', 'Tân Bình', 'Thạnh Lợi', 'Phương Phú'])[h2 % 4 + 1]
    when h4 % 12 = 3 then 'Trần Thị Hòa'
    else (array['Nguyễn', 'Nguyễn', 'Nguyễn', 'Nguyễn', 'Trần', 'Trần', 'Lê', 'Lê', 'Phạm', 'Hoàng', 'Huỳnh', 'Võ', 'Phan', 'Đặng', 'Bùi', 'Đỗ', 'Danh', 'Thạch'])[h1 % 18 + 1] || ' ' ||
        (array['Văn', 'Thị', 'Hữu', 'Minh', 'Ngọc', 'Thanh', 'Hoàng', 'Bích', 'Quốc', 'Kim'])[h2 % 10 + 1] || ' ' ||
        (array['An', 'Ân', 'Anh', 'Bình', 'Cường', 'Dũng', 'Đạt', 'Giang', 'Hà', 'Hạnh', 'Hòa', 'Hoa', 'Hùng', 'Hương', 'Khánh', 'Lan', 'Linh', 'Long', 'Mai', 'Nam',
               'Nga', 'Phúc', 'Phương', 'Quân', 'Sơn', 'Tâm', 'Thảo', 'Thủy', 'Trang', 'Trung', 'Tuấn', 'Tùng', 'Út', 'Vân', 'Việt', 'Yến'])[h3 % 36 + 1] ||
        case when h4 % 5 = 0 then ' ' || (array['Em', 'Chi', 'Duy', 'Như', 'Vy'])[h4 / 5 % 5 + 1] else '' end end as name,
    h4
from many_cases c, generate_series(1, 8) p,
    lateral (select hashint4(c.n * 8 + p) & 2147483647 h1, hashint4(c.n * 8 + p + 1000003) & 2147483647 h2,
             hashint4(c.n * 8 + p + 2000003) & 2147483647 h3, hashint4(c.n * 8 + p + 3000017) & 2147483647 h4) h;

insert into subjects (ref, kind, name, name_key, birth_year, unit)
select 'many-' || k, kind, name, '', case when kind = 'individual' then 1955 + h4 % 45 end, 'many-c' || commune from many_items;
insert into items (id, proposal, position, subject, name_key, listed_at, outcome, period, class)
select id, proposal, p, 'many-' || k, '', day + interval '8 hours', case when luck < 10 then '' when h4 % 50 = 0 then 'not_passed' else 'recognised' end,
    extract(year from day)::text, case when kind = 'individual' then (array['leader', 'direct', 'direct'])[h4 % 3 + 1] else '' end from many_items order by id;
insert into item_contents (item, revision, content, salt, commitment)
select id, 1, json_build_object('kind', kind, 'name', name, 'birth_year', case when kind = 'individual' then 1955 + h4 % 45 else 0 end,
    'position', case when kind = 'individual' then (array['Trưởng ấp', 'Giáo viên', 'Công chức'])[h4 % 3 + 1] else '' end,
    'workplace', 'Xã mẫu ' || commune, 'period_kind', 'calendar', 'period', extract(year from day)::text), '\x00', '' from many_items order by id;
insert into search_names (item, word, unit, fold, key)
select m.id, s.word, 'many-c' || m.commune, s.fold, s.key from many_items m join (
    select n.name, x.word, x.fold, x.key from (select distinct name from many_items) n, lateral search_suffixes(n.name) x) s on s.name = m.name
order by m.id, s.word;
insert into search_submissions (submission, word, unit, fold, age)
select s.id, w.word, s.unit, w.fold, (-1000000 * extract(epoch from s.created_at))::bigint
from submissions s, lateral search_submission_words(s.ref, s.letter_number, '') w where s.unit like 'many-c%'
union all
select s.id, 20 + w.word, s.unit, w.fold, (-1000000 * extract(epoch from s.created_at))::bigint
from submissions s join (select d.title, x.word, x.fold from (select distinct title from submissions) d, lateral search_suffixes(d.title) x) w on w.title = s.title
where s.unit like 'many-c%';
insert into case_readers (capacity, proposal)
select r.unit || ' ' || r.role, p.id from proposals p, lateral (
    select p.unit, role from unnest(array['clerk', 'unit_head']) role
    union select st.v ->> 'unit', ro.v from jsonb_array_elements(coalesce(p.route -> 'stages', '[]')) with ordinality st(v, n),
        jsonb_array_elements_text(st.v -> 'roles') ro(v)
    where p.number > 0 and st.n - 1 <= p.stage_index and ro.v <> 'member') r(unit, role)
where p.unit like 'many-c%';

analyze many_items, proposals;
create temp table many_said as
    select proposal, json_agg(json_build_object('item', id, 'opinion', 'propose') order by p) as said from many_items group by proposal;
analyze many_said;
-- What was done: each sent case was begun, and each that has passed its district was
-- proposed there whole.
insert into trail (case_id, number, body, prev_hash, hash, at, actor, action, nonce)
select p.case_id, 1, convert_to(json_build_object('number', 1, 'action', 'start', 'actor', a.clerk, 'role', 'clerk', 'unit', p.unit, 'at', to_json(p.stage_since),
        'revision', 1, 'stage', 'nomination', 'after', json_build_object('stage', 'review', 'index', 1, 'open', 8))::text, 'UTF8'),
    '', '', p.stage_since, a.clerk, 'start', 'many-1-' || p.id
from proposals p, lateral (select md5('manyclerk-' || substr(p.unit, 7))::uuid::text as clerk) a where p.unit like 'many-c%' and p.number > 0
union all
select p.case_id, 2, convert_to(json_build_object('number', 2, 'action', 'decide', 'actor', a.reviewer, 'role', 'reviewer', 'unit', 'many-d' || a.d, 'at', to_json(p.stage_since + interval '1 day'),
        'revision', 1, 'verdict', 'forward', 'stage', 'review', 'items', i.said, 'after', json_build_object('stage', 'reception', 'index', 2, 'open', 8))::text, 'UTF8'),
    '', '', p.stage_since + interval '1 day', a.reviewer, 'decide', 'many-2-' || p.id
from proposals p, lateral (select (substr(p.unit, 7)::int - 1) / 10 + 1 as d) x, lateral (select x.d, md5('manyreviewer-' || x.d)::uuid::text as reviewer) a,
    many_said i
where p.unit like 'many-c%' and p.number > 0 and p.stage_index >= 2 and i.proposal = p.id;

do $$ declare r record; begin
    for r in select indexdef from dropped loop execute r.indexdef; end loop;
end $$;
-- After the indexes: each asks for the cases of its submission.
update submissions s set state = submission_state(s.id, s.unit, s.ready_at) where s.unit like 'many-c%';
alter table submissions enable trigger user;
alter table item_contents enable trigger user;
alter table proposals enable trigger user;
alter table items enable trigger user;
