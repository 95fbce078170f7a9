-- Webhooks whose deliveries fail or take long
select w.id, w.url, count(*) as deliveries,
       count(*) filter (where d.response_code is null or d.response_code >= 400) as failed,
       percentile_cont(0.99) within group (order by d.duration) as p99
from webhooks w
join webhook_deliveries d on d.webhook_id = w.id
group by w.id
order by failed desc
limit 100;
