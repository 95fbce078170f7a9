-- Languages that functions are written in.
SELECT l.oid, 'language', 0, 0, l.lanname, CASE WHEN l.lanpltrusted THEN 'trusted' ELSE 'untrusted' END, l.lanowner
  FROM pg_catalog.pg_language l
