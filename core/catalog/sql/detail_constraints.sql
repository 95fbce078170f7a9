SELECT k.oid, k.conname, pg_catalog.pg_get_constraintdef(k.oid)
  FROM pg_catalog.pg_constraint k
 WHERE k.conrelid = $1 AND k.contype IN ('p', 'u', 'f', 'c', 'x')
 ORDER BY k.conname
