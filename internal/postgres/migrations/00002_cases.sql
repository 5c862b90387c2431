-- +goose Up
-- What a case says, and the projections of where it stands. Columns that follow
-- a transition are written only by the recorder, in the trail row's transaction.

create table subjects (
    ref        text primary key,                  -- opaque; the only thing histories carry
    kind       text not null check (kind in ('individual', 'collective', 'household')),
    name       text not null,                     -- exactly as written, NFC
    name_key   text not null,                     -- folded, for matching and search
    birth_year integer,
    sex        text not null default '',
    unit       text references units(id),
    created_at timestamptz not null default now()
);
create index subjects_match on subjects(name_key, kind, birth_year);

create table submissions (
    id            uuid primary key,
    ref           text not null unique,           -- what people call it: HS-2023-0001
    unit          text not null references units(id),
    campaign      text references campaigns(id),
    title         text not null default '',
    letter_number text not null default '',
    letter_date   date,
    letter_signer text not null default '',
    status        text not null default 'draft' check (status in ('draft', 'sent')),
    created_by    uuid not null references users(id),
    created_at    timestamptz not null default now(),
    sent_at       timestamptz,
    version       integer not null default 1      -- optimistic lock for two tabs
);
create index submissions_unit on submissions(unit, created_at desc);

create table proposals (
    id            uuid primary key,
    submission    uuid not null references submissions(id),
    ref           text not null unique,           -- HS-2023-0001/BKT-PT
    unit          text not null references units(id),
    award         text not null,
    campaign      text references campaigns(id),
    case_id       text not null unique,           -- the workflow's id
    linked_from   uuid references proposals(id),  -- opened for a lower award
    -- pinned at sending
    regime        text not null default '',
    law_hash      text not null default '',
    route         jsonb,
    sent_on       date,                           -- business date of the sending
    sealed_at     timestamptz,                    -- content is being sent; cleared by the next transition or a refusal
    -- follows the transitions
    number        integer not null default 0,
    revision      integer not null default 0,
    stage         text not null default 'draft',
    stage_index   integer not null default 0,
    waiting_unit  text,
    waiting_roles text[] not null default '{}',
    returned      boolean not null default false,
    on_hold       boolean not null default false,
    closed        boolean not null default false,
    open_items    integer not null default 0,
    stage_since   timestamptz,
    due_on        date,
    opened_at     timestamptz,                    -- when the next actor first opened it at this stage
    closed_at     timestamptz,
    archived_at   timestamptz,
    created_at    timestamptz not null default now()
);
create index proposals_waiting on proposals(waiting_unit, stage) where not closed;
create index proposals_unit on proposals(unit, created_at desc);
create index proposals_submission on proposals(submission);
create index proposals_due on proposals(due_on) where not closed;
create index proposals_unarchived on proposals(closed_at) where closed and archived_at is null;

create table items (
    id         uuid primary key,
    proposal   uuid not null references proposals(id),
    position   integer not null,                  -- order of the tờ trình
    subject    text not null references subjects(ref),
    name_key   text not null,
    outcome    text not null default '',
    opinion    text not null default '',
    held       boolean not null default false,
    reconsider boolean not null default false,
    linked_to  text not null default '',
    reason     text not null default '',          -- commitment; its text is in reasons
    unique (proposal, position)
);
create index items_subject on items(subject);
create index items_name on items(name_key);

-- What an item says, per revision, with the salt of its commitment.
create table item_contents (
    item       uuid not null references items(id),
    revision   integer not null,
    content    json not null,                     -- json, not jsonb: it is committed to byte by byte
    salt       bytea not null,
    commitment text not null,
    primary key (item, revision)
);

create table attachments (
    id         uuid primary key,
    submission uuid references submissions(id),
    case_id    text not null default '',
    kind       text not null,                     -- letter, minutes, report, list, initiative, opinion, other
    file_name  text not null,
    sha256     text not null,
    size       bigint not null,
    secret_ref text not null default '',          -- a paper marked "mật" is never uploaded, only named
    created_by uuid not null references users(id),
    created_at timestamptz not null default now()
);
create index attachments_submission on attachments(submission);
create index attachments_case on attachments(case_id);

-- Free text that histories carry only as a salted commitment.
create table reasons (
    commitment text primary key,
    salt       bytea not null,
    case_id    text not null,
    body       text not null,
    field      text not null default '',          -- a return may point at a field
    item       uuid,
    created_by uuid not null references users(id),
    created_at timestamptz not null default now()
);
create index reasons_case on reasons(case_id);

create table validations (
    proposal    uuid not null references proposals(id),
    revision    integer not null,
    law_hash    text not null,
    facts       json not null,                    -- json, not jsonb: hashed byte by byte
    facts_hash  text not null,
    result      json not null,
    result_hash text not null,
    at          timestamptz not null default now(),
    primary key (proposal, revision, law_hash)
);

-- One row per award of a subject: from our own decisions, or imported from
-- paper, which can never pass for a processed case.
create table recognitions (
    id              uuid primary key,
    subject         text not null references subjects(ref),
    award           text not null,
    source          text not null check (source in ('decision', 'imported')),
    item            uuid unique references items(id),
    decision        uuid,
    decision_number text not null,
    decision_date   date,
    period_kind     text not null default 'calendar',
    period          text not null default '',
    amount          bigint not null default 0,    -- đồng
    source_sha256   text not null default '',
    created_at      timestamptz not null default now(),
    check ((source = 'decision') = (item is not null))
);
create index recognitions_subject on recognitions(subject, award);

-- +goose Down
drop table recognitions, validations, reasons, attachments, item_contents, items, proposals, submissions, subjects;
