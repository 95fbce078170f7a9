-- Operators, and the families that operator classes belong to.
SELECT o.oid, 'operator', o.oprnamespace, 0, o.oprname,
       '(' || CASE WHEN o.oprleft = 0 THEN 'NONE' ELSE pg_catalog.format_type(o.oprleft, NULL) END || ', '
           || CASE WHEN o.oprright = 0 THEN 'NONE' ELSE pg_catalog.format_type(o.oprright, NULL) END || ')'
           || CASE WHEN o.oprresult = 0 THEN '' ELSE ' → ' || pg_catalog.format_type(o.oprresult, NULL) END,
       o.oprowner
  FROM pg_catalog.pg_operator o
