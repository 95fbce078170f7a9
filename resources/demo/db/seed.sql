-- Fills Harbour with invented data: the same on every machine, about a million rows, one statement a table.
-- pick(n, salt, limit) spreads n evenly over 0 … limit - 1; the salt keeps columns independent of each other.

create function pg_temp.pick(n bigint, salt bigint, below bigint) returns bigint
    language sql immutable
    return ((hashint8extended(n, salt) % below) + below) % below;

insert into plans (id, code, title, price, billing_period, seats, features) values
    (1, 'free', 'Free', 0.00, '1 mon', '[1,4)', '{}'),
    (2, 'team-monthly', 'Team', 59.00, '1 mon', '[1,51)', '{api}'),
    (3, 'team-yearly', 'Team, yearly', 590.00, '1 year', '[1,51)', '{api,"priority support"}'),
    (4, 'scale-monthly', 'Scale', 249.00, '1 mon', '[10,501)', '{api,sso,audit}'),
    (5, 'scale-yearly', 'Scale, yearly', 2490.00, '1 year', '[10,501)', '{api,sso,audit,"priority support"}'),
    (6, 'enterprise', 'Enterprise', 12400.00, '1 year', '[100,)', '{api,sso,audit,"priority support",escrow}');

insert into organisations (name, slug, tier, vat_number, address, time_zone, created_at)
select (array['Northwind', 'Brightwater', 'Ostsee', 'Ōtsuka', 'Félix', 'Harrow', 'Atlas', 'Łódź', 'Södermalm',
              'Kestrel', 'Blue Mesa', 'Al-Nour', 'Tramuntana', 'Wattle', 'Meridian', 'Quill'])[1 + pg_temp.pick(n, 1, 16)]
       || ' ' || (array['Labs', 'Energy GmbH', 'Reederei', 'Precision K.K.', '& Fils', 'County Council', 'Freight',
              'Studio', 'Health', 'Robotics', 'Foods', 'Press'])[1 + pg_temp.pick(n, 2, 12)]
       || case when n > 190 then ' ' || n else '' end,
       'org-' || to_char(n, 'FM00000'),
       (array['free', 'standard', 'standard', 'standard', 'enterprise', 'internal'])[1 + pg_temp.pick(n, 3, 6)],
       case when pg_temp.pick(n, 4, 3) > 0 then 'DE' || to_char(100000000 + pg_temp.pick(n, 5, 899999999), 'FM999999999') end,
       case when pg_temp.pick(n, 6, 4) > 0 then
           row('Kai ' || (1 + pg_temp.pick(n, 7, 240)), (array['Hamburg', 'Gdańsk', 'Rotterdam', 'Osaka', 'Nantes'])[1 + pg_temp.pick(n, 8, 5)],
               to_char(10000 + pg_temp.pick(n, 9, 89999), 'FM00000'), (array['DE', 'PL', 'NL', 'JP', 'FR'])[1 + pg_temp.pick(n, 8, 5)])::postal_address end,
       (array['Europe/Berlin', 'Europe/Warsaw', 'Asia/Tokyo', 'America/New_York'])[1 + pg_temp.pick(n, 10, 4)],
       timestamptz '2019-05-01 08:00+00' + n * interval '14 hours 7 minutes'
from generate_series(1, 4000) n;

insert into users (public_id, email, full_name, locale, birthday, last_ip, last_seen_at, is_active, preferences)
select md5('user' || n)::uuid,
       lower((array['mira', 'jonas', 'aiko', 'léa', 'omar', 'zofia', 'tom', 'ines', 'noor', 'pavel'])[1 + pg_temp.pick(n, 11, 10)])
           || '.' || n || '@' || (array['example.com', 'example.org', 'mail.example'])[1 + pg_temp.pick(n, 12, 3)],
       (array['Mira', 'Jonas', 'Aiko', 'Léa', 'Omar', 'Zofia', 'Tom', 'Inés', 'نور', 'Pavel'])[1 + pg_temp.pick(n, 11, 10)] || ' '
           || (array['Lindqvist', 'Okafor', '高橋', 'Moreau', 'Haddad', 'Nowak', 'O''Brien', 'Ferreira', 'Schäfer', 'Dvořák'])[1 + pg_temp.pick(n, 13, 10)],
       (array['en', 'de', 'es', 'ja', 'ar'])[1 + pg_temp.pick(n, 14, 5)],
       case when pg_temp.pick(n, 15, 5) > 0 then date '1955-01-01' + pg_temp.pick(n, 16, 18000)::int end,
       case when pg_temp.pick(n, 17, 6) > 0 then inet '10.0.0.0' + pg_temp.pick(n, 18, 16777216) else inet '2001:db8::' + n end,
       case when pg_temp.pick(n, 19, 9) > 0 then timestamptz '2026-03-14 09:30+00' - pg_temp.pick(n, 20, 40000000) * interval '1 second' end,
       pg_temp.pick(n, 21, 12) > 0,
       case pg_temp.pick(n, 22, 4)
           when 0 then '{}'::jsonb
           when 1 then jsonb_build_object('theme', 'dark', 'density', 'compact')
           else jsonb_build_object('theme', 'light', 'digest', jsonb_build_object('day', 'mon', 'hour', pg_temp.pick(n, 23, 24))) end
from generate_series(1, 20000) n;

insert into memberships (organisation_id, user_id, role, invited_by, joined_at)
select 1 + pg_temp.pick(n, 24, 4000), 1 + n % 20000,
       (array['owner', 'admin', 'member', 'member', 'member', 'billing'])[1 + pg_temp.pick(n, 25, 6)]::membership_role,
       case when pg_temp.pick(n, 26, 3) > 0 then 1 + pg_temp.pick(n, 27, 20000) end,
       timestamptz '2020-01-01 00:00+00' + pg_temp.pick(n, 28, 190000000) * interval '1 second'
from generate_series(1, 26000) n
on conflict do nothing;

insert into subscriptions (organisation_id, plan_id, status, seats, valid, discount)
select n, 1 + pg_temp.pick(n, 29, 6),
       (array['trial', 'active', 'active', 'active', 'paused', 'ended'])[1 + pg_temp.pick(n, 30, 6)]::subscription_status,
       1 + pg_temp.pick(n, 31, 400),
       tstzrange(timestamptz '2024-01-01 00:00+00' + pg_temp.pick(n, 32, 700) * interval '1 day',
                 case when pg_temp.pick(n, 30, 6) = 5 then timestamptz '2026-02-01 00:00+00' end),
       case when pg_temp.pick(n, 33, 5) = 0 then pg_temp.pick(n, 34, 40) / 100.0 end
from generate_series(1, 4000) n;

insert into projects (organisation_id, name, description, location, tags, archived, created_at)
select 1 + pg_temp.pick(n, 35, 4000),
       (array['Mobile app', 'Data export', 'Back office', 'Customer portal', 'Billing', 'Archive'])[1 + pg_temp.pick(n, 36, 6)] || ' ' || n,
       case pg_temp.pick(n, 37, 4)
           when 0 then null
           when 1 then ''
           when 2 then E'Two lines:\nthe second one ends with spaces   '
           else 'Moved from the old system in ' || (2018 + pg_temp.pick(n, 38, 8)) end,
       case when pg_temp.pick(n, 39, 3) = 0 then point(round((pg_temp.pick(n, 40, 36000) / 100.0 - 180)::numeric, 2)::float8, round((pg_temp.pick(n, 41, 17000) / 100.0 - 85)::numeric, 2)::float8) end,
       (array['{}', '{internal}', '{q1,renewal}', '{"needs review",beta}'])[1 + pg_temp.pick(n, 42, 4)]::text[],
       pg_temp.pick(n, 43, 11) = 0,
       timestamptz '2021-01-01 00:00+00' + pg_temp.pick(n, 44, 160000000) * interval '1 second'
from generate_series(1, 8000) n;

insert into api_keys (project_id, prefix, digest, scopes, allowed_networks, expires_on, last_used_at)
select 1 + pg_temp.pick(n, 45, 8000), left(md5('prefix' || n), 8), sha256(('key' || n)::bytea),
       (array['{read}', '{read,write}', '{read,write,admin}'])[1 + pg_temp.pick(n, 46, 3)]::text[],
       (array['{}', '{10.0.0.0/8}', '{192.0.2.0/24,2001:db8::/32}'])[1 + pg_temp.pick(n, 47, 3)]::cidr[],
       case pg_temp.pick(n, 48, 3) when 0 then 'infinity'::date when 1 then date '2026-01-01' + pg_temp.pick(n, 49, 900)::int end,
       case when pg_temp.pick(n, 50, 4) > 0 then timestamptz '2026-03-14 09:00+00' - pg_temp.pick(n, 51, 9000000) * interval '1 second' end
from generate_series(1, 2000) n;

insert into invoices (number, organisation_id, status, total, currency, paid, issued_at, due_on, note, metadata)
select 'INV-' || to_char(d.issued_at at time zone 'UTC', 'YYYY') || '-' || to_char(n, 'FM000000'),
       1 + pg_temp.pick(n, 52, 4000),
       case when d.paid then 'paid' else (array['sent', 'sent', 'draft', 'void'])[1 + pg_temp.pick(n, 53, 4)] end::invoice_status,
       case when pg_temp.pick(n, 54, 40) = 0 then -1 else 1 end * (pg_temp.pick(n, 55, 900000) / 100.0)::numeric(12, 2),
       (array['EUR', 'EUR', 'EUR', 'USD', 'JPY', 'PLN'])[1 + pg_temp.pick(n, 56, 6)],
       d.paid, d.issued_at, (d.issued_at at time zone 'UTC')::date + 30,
       case pg_temp.pick(n, 57, 9)
           when 0 then '' when 1 then 'Split over two cost centres' when 2 then 'Net 60 agreed'
           when 3 then 'Credit for INV-2024-' || to_char(pg_temp.pick(n, 58, 99999), 'FM000000') when 4 then '  kept as typed ' end,
       case pg_temp.pick(n, 59, 6)
           when 0 then null when 1 then '{}'::jsonb
           when 2 then jsonb_build_object('plan', 'team', 'seats', pg_temp.pick(n, 60, 300))
           else jsonb_build_object('po', 'PO-' || pg_temp.pick(n, 61, 99999), 'tax', jsonb_build_object('rate', 0.19),
                                   'tags', jsonb_build_array('q' || (1 + pg_temp.pick(n, 62, 4)), 'renewal')) end
from generate_series(1, 80000) n
cross join lateral (select timestamptz '2023-01-02 08:00+00' + n * interval '21 minutes' + pg_temp.pick(n, 63, 1200) * interval '1 second' as issued_at,
                           pg_temp.pick(n, 64, 10) < 8 as paid) d;

insert into invoice_lines (invoice_id, position, description, quantity, unit_price)
select i, p, (array['Seats', 'Storage, GB', 'Support hours', 'Overage', 'Setup', 'Credit'])[1 + pg_temp.pick(i * 8 + p, 65, 6)],
       (1 + pg_temp.pick(i * 8 + p, 66, 40000)) / 1000.0, (pg_temp.pick(i * 8 + p, 67, 900000)) / 10000.0
from generate_series(1::bigint, 80000) i, generate_series(1, (1 + pg_temp.pick(i, 68, 5))::int) p;

insert into payments (id, invoice_id, amount, method, received_at, processor_reply)
select md5('payment' || i.id)::uuid, i.id, i.total,
       (array['card', 'card', 'transfer', 'debit', 'credit note'])[1 + pg_temp.pick(i.id, 69, 5)],
       i.issued_at + pg_temp.pick(i.id, 70, 2500000) * interval '1 second',
       case when pg_temp.pick(i.id, 71, 3) > 0
            then ('{"code": "00",  "ref": ' || (9007199254740993 + pg_temp.pick(i.id, 72, 100000)) || ', "ms": ' || pg_temp.pick(i.id, 73, 900) || '}')::json end
from invoices i where i.paid;

insert into attachments (invoice_id, file_name, media_type, bytes, thumbnail, tags, caption, uploaded_at)
select case when pg_temp.pick(n, 74, 20) > 0 then 1 + pg_temp.pick(n, 75, 80000) end,
       (array['letter', 'po', 'scan', 'contract', 'badge', 'sheet'])[1 + pg_temp.pick(n, 76, 6)] || '-' || n
           || (array['.pdf', '.png', '.jpg', '.csv'])[1 + pg_temp.pick(n, 77, 4)],
       (array['application/pdf', 'image/png', 'image/jpeg', 'text/csv'])[1 + pg_temp.pick(n, 77, 4)],
       1000 + pg_temp.pick(n, 78, 900000),
       case when pg_temp.pick(n, 77, 4) = 1 then decode('89504e470d0a1a0a0000000d494844520000001000000010080200000090916836000000224944415478da6378f1e1131c7167d703117e'
            || '1186510d60694c34e01a46238e720d000e8c3ee3cc9c7d9c0000000049454e44ae426082', 'hex') end,
       (array[null, '{}', '{brand,logo}', '{po}', '{scan,"page 1"}'])[1 + pg_temp.pick(n, 79, 5)]::text[],
       case when pg_temp.pick(n, 80, 3) = 0 then 'As sent by the customer' end,
       timestamptz '2024-01-01 00:00+00' + n * interval '95 minutes'
from generate_series(1, 12000) n;

insert into webhooks (organisation_id, url, events, secret_digest, sends_from, sends_until, enabled)
select 1 + pg_temp.pick(n, 81, 4000), 'https://hooks.example/' || md5('hook' || n),
       (array['{invoice.paid}', '{invoice.paid,invoice.sent}', '{*}'])[1 + pg_temp.pick(n, 82, 3)]::text[],
       sha256(('hook' || n)::bytea), time '00:00' + pg_temp.pick(n, 83, 8) * interval '1 hour', '24:00', pg_temp.pick(n, 84, 7) > 0
from generate_series(1, 1500) n;

insert into webhook_deliveries (webhook_id, event_name, attempt, response_code, duration, sent_at, request_headers)
select 1 + pg_temp.pick(n, 85, 1500), (array['invoice.paid', 'invoice.sent', 'user.invited'])[1 + pg_temp.pick(n, 86, 3)],
       1 + pg_temp.pick(n, 87, 3), case when pg_temp.pick(n, 88, 25) > 0 then (array[200, 200, 200, 202, 429, 500])[1 + pg_temp.pick(n, 89, 6)] end,
       pg_temp.pick(n, 90, 9000) * interval '1 millisecond', timestamptz '2025-06-01 00:00+00' + n * interval '3 minutes 26 seconds',
       jsonb_build_object('x-attempt', 1 + pg_temp.pick(n, 87, 3), 'x-id', md5('delivery' || n))
from generate_series(1, 120000) n;

insert into events (occurred_at, organisation_id, user_id, name, source, flags, score, payload)
select timestamptz '2025-07-01 00:00+00' + n * interval '53 seconds',
       1 + pg_temp.pick(n, 91, 4000), case when pg_temp.pick(n, 92, 10) > 0 then 1 + pg_temp.pick(n, 93, 20000) end,
       (array['page.viewed', 'page.viewed', 'page.viewed', 'report.exported', 'seat.added', 'key.rotated', 'login.failed'])[1 + pg_temp.pick(n, 94, 7)],
       inet '10.0.0.0' + pg_temp.pick(n, 95, 16777216), pg_temp.pick(n, 96, 256)::int::bit(8),
       case when pg_temp.pick(n, 97, 50) = 0 then 'NaN'::real else pg_temp.pick(n, 98, 100000) / 1000.0 end,
       jsonb_build_object('path', '/p/' || pg_temp.pick(n, 99, 900), 'ms', pg_temp.pick(n, 100, 3000))
from generate_series(1, 420000) n;

insert into import_log (line, raw, imported_at)
select n, 'INV;' || n || ';"' || md5('raw' || n) || '";' || pg_temp.pick(n, 101, 100000) / 100.0, timestamp '2023-01-01 03:00' + n * interval '11 seconds'
from generate_series(1, 30000) n;

refresh materialized view organisation_totals;
analyze organisations, users, memberships, plans, subscriptions, projects, api_keys, invoices, invoice_lines,
    payments, attachments, webhooks, webhook_deliveries, events, import_log, organisation_totals;
