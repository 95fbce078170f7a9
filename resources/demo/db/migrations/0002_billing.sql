-- Invoices, their lines and what was paid.

create type invoice_status as enum ('draft', 'sent', 'paid', 'void');

create table invoices (
    id bigint generated always as identity primary key,
    number text not null unique,
    organisation_id bigint not null references organisations,
    status invoice_status not null,
    total numeric(12, 2) not null,
    currency char(3) not null default 'EUR',
    paid boolean not null default false,
    issued_at timestamptz not null,
    due_on date not null,
    note text,
    metadata jsonb default '{}'
);
create index invoices_organisation_id on invoices (organisation_id);
create index invoices_issued_at on invoices (issued_at);
create index invoices_metadata_gin on invoices using gin (metadata jsonb_path_ops);
comment on column invoices.metadata is 'Free data from the billing form.';

create table invoice_lines (
    invoice_id bigint not null references invoices on delete cascade,
    position smallint not null,
    description text not null,
    quantity numeric(10, 3) not null,
    unit_price numeric(12, 4) not null,
    amount numeric(14, 2) generated always as (round(quantity * unit_price, 2)) stored,
    primary key (invoice_id, position)
);

create table payments (
    id uuid primary key,
    invoice_id bigint not null references invoices on delete cascade,
    amount numeric(12, 2) not null,
    method text not null check (method in ('card', 'transfer', 'debit', 'credit note')),
    received_at timestamptz not null,
    processor_reply json
);
create index payments_invoice_id on payments (invoice_id);

create table attachments (
    id bigint generated always as identity primary key,
    invoice_id bigint references invoices on delete set null,
    file_name text not null,
    media_type text not null,
    bytes int not null,
    thumbnail bytea,
    tags text[],
    caption text,
    uploaded_at timestamptz not null
);
create index attachments_invoice_id on attachments (invoice_id);
