-- Of tables; those of domains come with them. Answers beyond the common columns: the table, and the
-- words for the brackets of CREATE TABLE where they may stand there.
SELECT 2606::oid, k.oid,
       CASE k.contype WHEN 'f' THEN 170 WHEN 'c' THEN 133 ELSE 142 END,
       n.nspname || '.' || c.relname || ' ' || k.conname,
       format('CONSTRAINT %I ON %s', k.conname, k.conrelid::regclass), NULL::text,
       CASE WHEN k.contype IN ('p', 'u', 'x') THEN
              format('ALTER TABLE ONLY %s ADD CONSTRAINT %I %s%s%s;', k.conrelid::regclass, k.conname,
                     -- The server's words leave the options of these indexes out, which stand before DEFERRABLE.
                     CASE WHEN k.condeferrable THEN left(pg_get_constraintdef(k.oid), - length(CASE WHEN k.condeferred THEN ' DEFERRABLE INITIALLY DEFERRED' ELSE ' DEFERRABLE' END))
                          ELSE pg_get_constraintdef(k.oid) END,
                     CASE WHEN i.reloptions IS NOT NULL AND k.contype <> 'x' THEN
                         (SELECT format(' WITH (%s)', string_agg(quote_ident(o.option_name) || '=' || CASE WHEN quote_ident(o.option_value) = o.option_value THEN o.option_value
                                 ELSE quote_literal(o.option_value) END, ', ' ORDER BY o.place)) FROM pg_options_to_table(i.reloptions) WITH ORDINALITY AS o (option_name, option_value, place)) END,
                     CASE WHEN k.condeferred THEN ' DEFERRABLE INITIALLY DEFERRED' WHEN k.condeferrable THEN ' DEFERRABLE' END)
            ELSE format('ALTER TABLE %s%s ADD CONSTRAINT %I %s;', CASE WHEN c.relkind <> 'p' AND k.contype = 'f' THEN 'ONLY ' END, k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) END,
       nullif(concat_ws(' ', '1259 ' || k.conrelid, CASE WHEN c.relispartition THEN '2 ' || c.oid END,
              CASE WHEN c.relkind = 'p' THEN (SELECT string_agg('2 ' || h.inhrelid, ' ') FROM pg_catalog.pg_inherits h WHERE h.inhparent = c.oid) END), ''),
       NULL::text,
       k.conrelid,
       CASE WHEN k.contype = 'c' AND k.convalidated THEN format('CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)) END
  FROM pg_catalog.pg_constraint k
  JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_class i ON i.oid = k.conindid AND k.contype IN ('p', 'u', 'x')
 WHERE k.contype IN ('p', 'u', 'x', 'c', 'f')
--all AND (k.contype <> 'f' OR k.conparentid = 0) AND (k.contype <> 'c' OR k.conislocal OR c.relispartition)
--one AND (k.contype <> 'f' OR k.conparentid = 0 OR k.oid = $2) AND (k.contype <> 'c' OR k.conislocal OR c.relispartition OR k.oid = $2)
--one AND CASE $1 WHEN 1259 THEN k.conrelid = $2 WHEN 2606 THEN k.oid = $2 END
--all AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 1259 AND x.objid = c.oid AND x.deptype = 'e')
