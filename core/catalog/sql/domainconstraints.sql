-- Constraints of domains.
SELECT k.oid, 'constraint', k.connamespace, k.contypid, k.conname,
       CASE k.contype WHEN 'n' THEN 'not null' ELSE 'check' END || CASE WHEN k.convalidated THEN '' ELSE ', not validated' END, 0
  FROM pg_catalog.pg_constraint k
 WHERE k.contypid <> 0
