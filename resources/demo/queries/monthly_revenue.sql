-- Revenue by organisation and month, credits included
with paid as (
    select i.organisation_id,
           date_trunc('month', i.issued_at) as month,
           sum(i.total) as total
    from invoices i
    where i.paid and i.issued_at >= '2026-01-01'
    group by 1, 2
)
select o.name, p.month, p.total, s.seats, s.plan_id
from paid p
join organisations o on o.id = p.organisation_id
left join subscriptions s on s.organisation_id = o.id
order by p.total desc;
