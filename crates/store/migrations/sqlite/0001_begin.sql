-- Everything that Spotter keeps. The Postgres file beside says the same in its own types; each column is explained here only.
-- Times are milliseconds since 1970 (UTC); ids are UUIDs in 16 bytes; hashes are SHA-256.

create table accounts (
    id blob primary key not null,
    name text not null,
    -- The name as it is compared: without capitals, in one Unicode form.
    name_folded text not null unique,
    role text not null,
    -- Argon2id in PHC form; none where there is no password.
    password text,
    created_at_ms integer not null
) strict;

-- Signed-in browsers and paired phones.
create table devices (
    id blob primary key not null,
    account blob not null references accounts (id) on delete cascade,
    -- The token itself is nowhere.
    token_sha256 blob not null unique,
    label text not null,
    kind text not null,
    created_at_ms integer not null,
    seen_at_ms integer not null,
    -- Unused for this long, it is signed out; and in any case at that time.
    idle_ms integer not null,
    expires_at_ms integer not null
) strict;
create index devices_of_account on devices (account);

-- Where each stream ends: the version and hash of its last event.
create table streams (
    stream blob primary key not null references accounts (id) on delete cascade,
    version integer not null,
    hash blob not null
) strict;

create table events (
    -- Place in the whole log. Has gaps.
    position integer primary key autoincrement,
    stream blob not null references accounts (id) on delete cascade,
    -- Place in the stream: 1, 2, 3.
    version integer not null,
    -- Made by whoever recorded the event first, maybe offline.
    event_id blob not null,
    kind text not null,
    schema_version integer not null,
    actor blob not null,
    actor_kind text not null,
    occurred_at_ms integer not null,
    tz text not null,
    local_date text not null,
    recorded_at_ms integer not null,
    -- JSON.
    data text not null,
    -- The hash of the event before, and of everything above together with it: see `chain.rs`.
    prev_hash blob not null,
    hash blob not null,
    unique (stream, version),
    unique (stream, event_id)
) strict;

-- What folding a stream gave, up to a version. Can be dropped at any time.
create table snapshots (
    stream blob not null references accounts (id) on delete cascade,
    projector text not null,
    rev integer not null,
    version integer not null,
    data blob not null,
    primary key (stream, projector)
) strict;

-- What is kept without a history: references, passkeys.
create table documents (
    account blob not null references accounts (id) on delete cascade,
    kind text not null,
    id text not null,
    body text not null,
    changed_at_ms integer not null,
    primary key (account, kind, id)
) strict;

-- Requests that were answered, and how: asked again, they get the same answer.
create table idempotency (
    principal blob not null references accounts (id) on delete cascade,
    route text not null,
    key blob not null,
    fingerprint blob not null,
    -- Both none while the unit that claimed it is at work, so nobody else sees that.
    status integer,
    body blob,
    expires_at_ms integer not null,
    primary key (principal, route, key)
) strict;
create index idempotency_by_expiry on idempotency (expires_at_ms);

-- Erased accounts whose bytes may still be in the database's files: see `erase.rs`.
create table unwiped (
    account blob primary key not null
) strict;
