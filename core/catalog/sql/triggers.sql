-- Triggers that a person made: what fires them (the bits of tgtype), and whether they do.
SELECT t.oid, 'trigger', 0, t.tgrelid, t.tgname,
       CASE WHEN t.tgtype & 2 <> 0 THEN 'before ' WHEN t.tgtype & 64 <> 0 THEN 'instead of ' ELSE 'after ' END
           || pg_catalog.concat_ws(', ', CASE WHEN t.tgtype & 4 <> 0 THEN 'insert' END, CASE WHEN t.tgtype & 16 <> 0 THEN 'update' END,
                                   CASE WHEN t.tgtype & 8 <> 0 THEN 'delete' END, CASE WHEN t.tgtype & 32 <> 0 THEN 'truncate' END)
           || CASE t.tgenabled WHEN 'D' THEN ', disabled' WHEN 'R' THEN ', on replicas' WHEN 'A' THEN ', always' ELSE '' END,
       0
  FROM pg_catalog.pg_trigger t
 WHERE NOT t.tgisinternal
