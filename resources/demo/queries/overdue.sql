-- Invoices past their date, with who may be asked about them
select i.number, o.name, i.total, i.currency, i.due_on,
       array_agg(u.email order by u.email) filter (where m.role in ('owner', 'billing')) as contacts
from open_invoices i
join organisations o on o.name = i.organisation
left join memberships m on m.organisation_id = o.id
left join users u on u.id = m.user_id
where i.due_on < date '2026-03-14'
group by 1, 2, 3, 4, 5
order by i.due_on
limit 500;
