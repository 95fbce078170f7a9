-- An identity's sequence comes with its column; only what is said of it is written here. The class 1
-- stands for the ties between sequences and the columns that own them.
SELECT q.* FROM (
SELECT 1259::oid, c.oid, 110, n.nspname || '.' || c.relname, 'SEQUENCE ' || c.oid::regclass,
       CASE WHEN x.deptype IS DISTINCT FROM 'i' THEN quote_ident(pg_get_userbyid(c.relowner)) END,
--all CASE WHEN x.deptype IS DISTINCT FROM 'i' THEN
--one CASE WHEN x.deptype IS DISTINCT FROM 'i' OR c.oid = $2 THEN
              format('CREATE %sSEQUENCE %s', CASE WHEN c.relpersistence = 'u' THEN 'UNLOGGED ' END, c.oid::regclass)
              || CASE WHEN s.seqtypid <> 20 THEN E'\n    AS ' || format_type(s.seqtypid, NULL) ELSE '' END
              || format(E'\n    START WITH %s\n    INCREMENT BY %s', s.seqstart, s.seqincrement)
              || CASE WHEN s.seqmin = CASE WHEN s.seqincrement > 0 THEN 1 WHEN s.seqtypid = 21 THEN -32768 WHEN s.seqtypid = 23 THEN -2147483648
                                           ELSE -9223372036854775808 END THEN E'\n    NO MINVALUE' ELSE E'\n    MINVALUE ' || s.seqmin END
              || CASE WHEN s.seqmax = CASE WHEN s.seqincrement < 0 THEN -1 WHEN s.seqtypid = 21 THEN 32767 WHEN s.seqtypid = 23 THEN 2147483647
                                           ELSE 9223372036854775807 END THEN E'\n    NO MAXVALUE' ELSE E'\n    MAXVALUE ' || s.seqmax END
              || format(E'\n    CACHE %s%s;', s.seqcache, CASE WHEN s.seqcycle THEN E'\n    CYCLE' END)
--15+      WHEN c.relpersistence <> t.relpersistence THEN format('ALTER SEQUENCE %s SET %s;', c.oid::regclass, CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED' ELSE 'LOGGED' END)
       END,
       CASE WHEN x.deptype = 'i' THEN '1259 ' || x.refobjid END, NULL::text,
       x.refobjid
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid
  LEFT JOIN pg_catalog.pg_depend x ON x.classid = 1259 AND x.objid = c.oid AND x.refclassid = 1259 AND x.deptype IN ('a', 'i') AND x.refobjsubid > 0
  LEFT JOIN pg_catalog.pg_class t ON t.oid = x.refobjid
 WHERE c.relkind = 'S'
--all AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 1259 AND x.objid = c.oid AND x.deptype = 'e')
UNION ALL
SELECT 1, c.oid, 135, n.nspname || '.' || c.relname, NULL, NULL,
       format('ALTER SEQUENCE %s OWNED BY %s.%I;', c.oid::regclass, x.refobjid::regclass, a.attname),
       format('1259 %s 1259 %s', c.oid, x.refobjid), NULL, x.refobjid
  FROM pg_catalog.pg_depend x
  JOIN pg_catalog.pg_class c ON c.oid = x.objid AND c.relkind = 'S'
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute a ON a.attrelid = x.refobjid AND a.attnum = x.refobjsubid
 WHERE x.classid = 1259 AND x.refclassid = 1259 AND x.deptype = 'a' AND x.refobjsubid > 0
--all AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 1259 AND x.objid = c.oid AND x.deptype = 'e')
) AS q (class, object, rank, name, target, owner, body, needs, extra, owned)
--one WHERE $1 = 1259 AND (q.object = $2 OR q.owned = $2)
