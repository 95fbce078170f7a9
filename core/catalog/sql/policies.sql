-- Policies of row security.
SELECT p.oid, 'policy', 0, p.polrelid, p.polname,
       CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' ELSE 'all' END
           || CASE WHEN p.polpermissive THEN '' ELSE ', restrictive' END,
       0
  FROM pg_catalog.pg_policy p
