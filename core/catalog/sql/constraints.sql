-- Primary, unique, foreign, check and exclusion constraints of tables (not those of domains, not NOT NULL of 18).
SELECT k.oid, k.conrelid, k.conname, k.contype, k.conkey, k.confrelid, k.confkey, k.conindid,
       k.confupdtype, k.confdeltype, k.convalidated, k.condeferrable, k.conparentid <> 0
  FROM pg_catalog.pg_constraint k
 WHERE k.conrelid <> 0 AND k.contype IN ('p', 'u', 'f', 'c', 'x')
