-- Enumerated, composite, range and base types and domains. The last column: functions that take the
-- type's shell, for they have to be there before the type is.
--all SELECT 1247::oid, t.oid,
--one SELECT $1::oid, $2::oid,
       60, n.nspname || '.' || t.typname,
       format('%s %I.%I', CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, n.nspname, t.typname),
       quote_ident(pg_get_userbyid(t.typowner)),
       CASE WHEN NOT t.typisdefined THEN format('CREATE TYPE %I.%I;', n.nspname, t.typname)
            WHEN t.typtype = 'e' THEN format(E'CREATE TYPE %I.%I AS ENUM (%s);', n.nspname, t.typname,
                (SELECT E'\n    ' || string_agg(quote_literal(e.enumlabel), E',\n    ' ORDER BY e.enumsortorder) || E'\n'
                   FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid))
            WHEN t.typtype = 'c' THEN format(E'CREATE TYPE %I.%I AS (%s);', n.nspname, t.typname,
                (SELECT E'\n    ' || string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
                        || CASE WHEN a.attcollation <> at.typcollation THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END,
                        E',\n    ' ORDER BY a.attnum) || E'\n'
                   FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type at ON at.oid = a.atttypid
                  WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped))
            WHEN t.typtype = 'r' THEN format(E'CREATE TYPE %I.%I AS RANGE (\n    SUBTYPE = %s', n.nspname, t.typname, format_type(r.rngsubtype, NULL))
                || format(E',\n    MULTIRANGE_TYPE_NAME = %s', format_type(r.rngmultitypid, NULL))
                || CASE WHEN NOT oc.opcdefault THEN format(E',\n    SUBTYPE_OPCLASS = %I.%I', ocn.nspname, oc.opcname) ELSE '' END
                || CASE WHEN r.rngcollation <> st.typcollation THEN E',\n    COLLATION = ' || r.rngcollation::regcollation ELSE '' END
                || CASE WHEN r.rngcanonical <> 0 THEN E',\n    CANONICAL = ' || r.rngcanonical ELSE '' END
                || CASE WHEN r.rngsubdiff <> 0 THEN E',\n    SUBTYPE_DIFF = ' || r.rngsubdiff ELSE '' END || E'\n);'
            WHEN t.typtype = 'd' THEN format('CREATE DOMAIN %I.%I AS %s', n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod))
                || CASE WHEN t.typcollation <> bt.typcollation THEN ' COLLATE ' || t.typcollation::regcollation ELSE '' END
                || coalesce(' DEFAULT ' || coalesce(pg_get_expr(t.typdefaultbin, 0), quote_literal(t.typdefault)), '')
--16- || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
--17+ || CASE WHEN t.typnotnull THEN coalesce((SELECT format(E'\n    CONSTRAINT %I NOT NULL', k.conname) FROM pg_catalog.pg_constraint k
--17+    WHERE k.contypid = t.oid AND k.contype = 'n' AND k.conname <> t.typname || '_not_null'), ' NOT NULL') ELSE '' END
                || coalesce((SELECT string_agg(format(E'\n    CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)), '' ORDER BY k.conname)
                               FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c' AND k.convalidated), '') || ';'
                || coalesce((SELECT string_agg(format(E'\nALTER DOMAIN %I.%I ADD CONSTRAINT %I %s;', n.nspname, t.typname, k.conname, pg_get_constraintdef(k.oid)), '' ORDER BY k.conname)
                               FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c' AND NOT k.convalidated), '')
            ELSE format(E'CREATE TYPE %I.%I (\n    INPUT = %s,\n    OUTPUT = %s', n.nspname, t.typname, t.typinput, t.typoutput)
                || CASE WHEN t.typreceive <> 0 THEN E',\n    RECEIVE = ' || t.typreceive ELSE '' END
                || CASE WHEN t.typsend <> 0 THEN E',\n    SEND = ' || t.typsend ELSE '' END
                || CASE WHEN t.typmodin <> 0 THEN E',\n    TYPMOD_IN = ' || t.typmodin ELSE '' END
                || CASE WHEN t.typmodout <> 0 THEN E',\n    TYPMOD_OUT = ' || t.typmodout ELSE '' END
                || CASE WHEN t.typanalyze <> 0 THEN E',\n    ANALYZE = ' || t.typanalyze ELSE '' END
                || CASE WHEN t.typsubscript <> 0 THEN E',\n    SUBSCRIPT = ' || t.typsubscript ELSE '' END
                || E',\n    INTERNALLENGTH = ' || CASE WHEN t.typlen > 0 THEN t.typlen::text ELSE 'VARIABLE' END
                || CASE WHEN t.typbyval THEN E',\n    PASSEDBYVALUE' ELSE '' END
                || format(E',\n    ALIGNMENT = %s', CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2' WHEN 'i' THEN 'int4' ELSE 'double' END)
                || format(E',\n    STORAGE = %s', CASE t.typstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'x' THEN 'extended' ELSE 'main' END)
                || CASE WHEN t.typcategory <> 'U' THEN format(E',\n    CATEGORY = %L', t.typcategory) ELSE '' END
                || CASE WHEN t.typispreferred THEN E',\n    PREFERRED = true' ELSE '' END
                || coalesce(E',\n    DEFAULT = ' || quote_literal(t.typdefault), '')
                || CASE WHEN t.typelem <> 0 THEN E',\n    ELEMENT = ' || format_type(t.typelem, NULL) ELSE '' END
                || CASE WHEN t.typdelim <> ',' THEN format(E',\n    DELIMITER = %L', t.typdelim) ELSE '' END
                || CASE WHEN t.typcollation <> 0 THEN E',\n    COLLATABLE = true' ELSE '' END || E'\n);'
       END,
       NULL::text,
       CASE WHEN NOT t.typisdefined THEN NULL
            WHEN t.typtype = 'b' THEN concat_ws(' ', t.typinput::oid, t.typoutput::oid, t.typreceive::oid, t.typsend::oid,
                t.typmodin::oid, t.typmodout::oid, t.typanalyze::oid, t.typsubscript::oid)
            WHEN r.rngcanonical <> 0 THEN r.rngcanonical::oid::text END
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN pg_catalog.pg_type bt ON bt.oid = t.typbasetype
  LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
  LEFT JOIN pg_catalog.pg_opclass oc ON oc.oid = r.rngsubopc
  LEFT JOIN pg_catalog.pg_namespace ocn ON ocn.oid = oc.opcnamespace
  LEFT JOIN pg_catalog.pg_type st ON st.oid = r.rngsubtype
 WHERE t.typtype IN ('e', 'c', 'r', 'b', 'd', 'p')
   AND (t.typtype <> 'c' OR EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
--all AND (t.typtype <> 'p' OR NOT t.typisdefined) AND NOT (t.typelem <> 0 AND t.typlen = -1 AND EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.typarray = t.oid))
--all AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 1247 AND x.objid = t.oid AND x.deptype = 'e')
--one AND t.oid = CASE $1 WHEN 1247 THEN $2 WHEN 1259 THEN (SELECT c.reltype FROM pg_catalog.pg_class c WHERE c.oid = $2 AND c.relkind = 'c') END
