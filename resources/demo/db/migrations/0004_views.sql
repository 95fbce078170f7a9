-- Ready-made questions.

create view open_invoices as
select i.id, i.number, o.name as organisation, i.total, i.currency, i.due_on
from invoices i
join organisations o on o.id = i.organisation_id
where not i.paid and i.status = 'sent';

create view monthly_revenue as
select date_trunc('month', issued_at, 'UTC') as month, currency, count(*) as invoices, sum(total) as total
from invoices
where paid
group by 1, 2;

create materialized view organisation_totals as
select o.id, o.name, count(i.id) as invoices, coalesce(sum(i.total), 0) as total
from organisations o
left join invoices i on i.organisation_id = o.id
group by o.id;
create unique index organisation_totals_id on organisation_totals (id);

create function balance_of(organisation bigint) returns numeric
    language sql stable
    return (select coalesce(sum(total) filter (where not paid), 0) from invoices
            where organisation_id = organisation);

create function touch_last_seen() returns trigger
    language plpgsql as $$
begin
    update users set last_seen_at = new.occurred_at
     where id = new.user_id and (last_seen_at is null or last_seen_at < new.occurred_at);
    return null;
end
$$;
