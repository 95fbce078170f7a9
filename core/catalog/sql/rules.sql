-- Rules but those that views are made of.
SELECT r.oid, 'rule', 0, r.ev_class, r.rulename,
       CASE WHEN r.is_instead THEN 'instead of ' ELSE 'also on ' END
           || CASE r.ev_type WHEN '1' THEN 'select' WHEN '2' THEN 'update' WHEN '3' THEN 'insert' ELSE 'delete' END
           || CASE r.ev_enabled WHEN 'D' THEN ', disabled' WHEN 'R' THEN ', on replicas' WHEN 'A' THEN ', always' ELSE '' END,
       0
  FROM pg_catalog.pg_rewrite r
 WHERE r.rulename <> '_RETURN'
