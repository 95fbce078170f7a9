-- What happened, and who was told of it.

create table webhooks (
    id bigint generated always as identity primary key,
    organisation_id bigint not null references organisations on delete cascade,
    url text not null,
    events text[] not null,
    secret_digest bytea not null,
    sends_from time not null default '00:00',
    sends_until time not null default '24:00',
    enabled boolean not null default true
);
create index webhooks_organisation_id on webhooks (organisation_id);

create table webhook_deliveries (
    id bigint generated always as identity primary key,
    webhook_id bigint not null references webhooks on delete cascade,
    event_name text not null,
    attempt smallint not null default 1,
    response_code smallint,
    duration interval,
    sent_at timestamptz not null,
    request_headers jsonb not null default '{}'
);
create index webhook_deliveries_webhook_id on webhook_deliveries (webhook_id, sent_at);

create table events (
    id bigint generated always as identity,
    occurred_at timestamptz not null,
    organisation_id bigint not null,
    user_id bigint,
    name text not null,
    source inet,
    flags bit(8) not null default b'00000000',
    score real,
    payload jsonb not null default '{}',
    primary key (occurred_at, id)
) partition by range (occurred_at);

create table events_2025_q3 partition of events for values from ('2025-07-01 00:00+00') to ('2025-10-01 00:00+00');
create table events_2025_q4 partition of events for values from ('2025-10-01 00:00+00') to ('2026-01-01 00:00+00');
create table events_2026_q1 partition of events for values from ('2026-01-01 00:00+00') to ('2026-04-01 00:00+00');
create index events_organisation_id on events (organisation_id, occurred_at);

-- A heap without any key: the order of its rows is the order in which they lie on disk.
create table import_log (
    line bigint,
    raw text,
    imported_at timestamp
);
