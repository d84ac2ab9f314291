-- Everything that Spotter keeps. What each column means is in the SQLite file beside.

create table accounts (
    id uuid primary key,
    name text not null,
    name_folded text not null unique,
    role text not null,
    password text,
    created_at_ms bigint not null
);

create table devices (
    id uuid primary key,
    account uuid not null references accounts (id) on delete cascade,
    token_sha256 bytea not null unique,
    label text not null,
    kind text not null,
    created_at_ms bigint not null,
    seen_at_ms bigint not null,
    idle_ms bigint not null,
    expires_at_ms bigint not null
);
create index devices_of_account on devices (account);

create table streams (
    stream uuid primary key references accounts (id) on delete cascade,
    version bigint not null,
    hash bytea not null
) with (fillfactor = 50);

create table events (
    position bigint generated always as identity primary key,
    stream uuid not null references accounts (id) on delete cascade,
    version bigint not null,
    event_id uuid not null,
    kind text not null,
    schema_version bigint not null,
    actor uuid not null,
    actor_kind text not null,
    occurred_at_ms bigint not null,
    tz text not null,
    local_date text not null,
    recorded_at_ms bigint not null,
    data text not null,
    prev_hash bytea not null,
    hash bytea not null,
    unique (stream, version),
    unique (stream, event_id)
);

create table snapshots (
    stream uuid not null references accounts (id) on delete cascade,
    projector text not null,
    rev bigint not null,
    version bigint not null,
    data bytea not null,
    primary key (stream, projector)
);

create table documents (
    account uuid not null references accounts (id) on delete cascade,
    kind text not null,
    id text not null,
    body text not null,
    changed_at_ms bigint not null,
    primary key (account, kind, id)
);

create table idempotency (
    principal uuid not null references accounts (id) on delete cascade,
    route text not null,
    key uuid not null,
    fingerprint bytea not null,
    status bigint,
    body bytea,
    expires_at_ms bigint not null,
    primary key (principal, route, key)
);
create index idempotency_by_expiry on idempotency (expires_at_ms);

create table unwiped (
    account uuid primary key
);

-- The planner's statistics hold samples of a column's values, which would outlive an erased account.
alter table accounts
    alter column name set statistics 0,
    alter column name_folded set statistics 0,
    alter column password set statistics 0;
alter table devices
    alter column token_sha256 set statistics 0,
    alter column label set statistics 0;
alter table events
    alter column tz set statistics 0,
    alter column local_date set statistics 0,
    alter column data set statistics 0,
    alter column prev_hash set statistics 0,
    alter column hash set statistics 0;
alter table streams
    alter column hash set statistics 0;
alter table snapshots
    alter column data set statistics 0;
alter table documents
    alter column id set statistics 0,
    alter column body set statistics 0;
alter table idempotency
    alter column fingerprint set statistics 0,
    alter column body set statistics 0;
