-- Organisations, their people and what they have bought.

create domain email_address as text
    check (value ~ '^[^@[:space:]]+@[^@[:space:]]+$');

create type membership_role as enum ('owner', 'admin', 'member', 'billing');
create type subscription_status as enum ('trial', 'active', 'paused', 'ended');
create type postal_address as (street text, city text, postcode text, country char(2));

create table organisations (
    id bigint generated always as identity primary key,
    name text not null,
    slug text not null unique,
    tier text not null default 'standard' check (tier in ('free', 'standard', 'enterprise', 'internal')),
    vat_number text,
    address postal_address,
    time_zone text not null default 'Europe/Berlin',
    created_at timestamptz not null
);
comment on table organisations is 'Customers. One invoice recipient each.';
comment on column organisations.tier is 'Decides limits and support; internal is never billed.';

create table users (
    id bigint generated always as identity primary key,
    public_id uuid not null unique,
    email email_address not null unique,
    full_name text not null,
    locale text not null default 'en',
    birthday date,
    last_ip inet,
    last_seen_at timestamptz,
    is_active boolean not null default true,
    preferences jsonb not null default '{}'
);

create table memberships (
    organisation_id bigint not null references organisations on delete cascade,
    user_id bigint not null references users on delete cascade,
    role membership_role not null default 'member',
    invited_by bigint references users on delete set null,
    joined_at timestamptz not null,
    primary key (organisation_id, user_id)
);
create index memberships_user_id on memberships (user_id);

create table plans (
    id smallint primary key,
    code text not null unique,
    title text not null,
    price numeric(12, 2) not null,
    billing_period interval not null,
    seats int4range not null,
    features text[] not null default '{}'
);

create table subscriptions (
    id bigint generated always as identity primary key,
    organisation_id bigint not null references organisations on delete cascade,
    plan_id smallint not null references plans,
    status subscription_status not null,
    seats int not null check (seats > 0),
    valid tstzrange not null,
    discount double precision
);
create index subscriptions_organisation_id on subscriptions (organisation_id);
comment on column subscriptions.seats is 'Seats bought.';

create table projects (
    id bigint generated always as identity primary key,
    organisation_id bigint not null references organisations on delete cascade,
    name text not null,
    description text,
    location point,
    tags text[] not null default '{}',
    archived boolean not null default false,
    created_at timestamptz not null
);
create index projects_organisation_id on projects (organisation_id);
create index projects_tags on projects using gin (tags);

create table api_keys (
    id bigint generated always as identity primary key,
    project_id bigint not null references projects on delete cascade,
    prefix char(8) not null,
    digest bytea not null,
    scopes text[] not null,
    allowed_networks cidr[] not null default '{}',
    expires_on date,
    last_used_at timestamptz
);
create index api_keys_project_id on api_keys (project_id);
