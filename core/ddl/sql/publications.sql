-- Publications with what is in them; subscriptions, switched off and without their connection strings.
SELECT q.* FROM (
SELECT 6104::oid, p.oid, 185, p.pubname::text, 'PUBLICATION ' || quote_ident(p.pubname), quote_ident(pg_get_userbyid(p.pubowner)),
       format('CREATE PUBLICATION %I', p.pubname) || CASE WHEN p.puballtables THEN ' FOR ALL TABLES' ELSE '' END
       || format(' WITH (publish = %L%s', concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
                 CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END),
                 CASE WHEN p.pubviaroot THEN ', publish_via_partition_root = true' END)
--18+ || CASE WHEN p.pubgencols = 's' THEN ', publish_generated_columns = stored' ELSE '' END
       || ');', NULL::text, NULL::text, p.oid
  FROM pg_catalog.pg_publication p
UNION ALL
SELECT 6106, r.oid, 187, p.pubname || ' ' || r.prrelid::regclass, NULL, NULL,
       format('ALTER PUBLICATION %I ADD TABLE ONLY %s', p.pubname, r.prrelid::regclass)
--15+ || coalesce(' (' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_catalog.pg_attribute a WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)) || ')', '')
--15+ || coalesce(' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')', '')
       || ';', format('6104 %s 1259 %s', p.oid, r.prrelid), NULL, p.oid
  FROM pg_catalog.pg_publication_rel r JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid
--15+ UNION ALL
--15+ SELECT 6237, r.oid, 188, p.pubname || ' ' || n.nspname, NULL, NULL, format('ALTER PUBLICATION %I ADD TABLES IN SCHEMA %I;', p.pubname, n.nspname),
--15+        format('6104 %s', p.oid), NULL, p.oid
--15+   FROM pg_catalog.pg_publication_namespace r JOIN pg_catalog.pg_publication p ON p.oid = r.pnpubid JOIN pg_catalog.pg_namespace n ON n.oid = r.pnnspid
UNION ALL
SELECT 6100, s.oid, 190, s.subname, 'SUBSCRIPTION ' || quote_ident(s.subname), quote_ident(pg_get_userbyid(s.subowner)),
       format('CREATE SUBSCRIPTION %I CONNECTION '''' PUBLICATION %s WITH (connect = false, enabled = false, create_slot = false, slot_name = ', s.subname,
              (SELECT string_agg(quote_ident(u), ', ') FROM unnest(s.subpublications) AS u))
       || coalesce(quote_literal(s.subslotname), 'NONE')
--15- || CASE WHEN s.subbinary THEN ', binary = true' ELSE '' END || CASE WHEN s.substream THEN ', streaming = true' ELSE '' END
--16+ || CASE WHEN s.subbinary THEN ', binary = true' ELSE '' END || CASE s.substream WHEN 't' THEN ', streaming = on' WHEN 'p' THEN ', streaming = parallel' ELSE ', streaming = off' END
--15+ || CASE WHEN s.subtwophasestate <> 'd' THEN ', two_phase = true' ELSE '' END || CASE WHEN s.subdisableonerr THEN ', disable_on_error = true' ELSE '' END
--16+ || CASE WHEN s.subpasswordrequired THEN '' ELSE ', password_required = false' END || CASE WHEN s.subrunasowner THEN ', run_as_owner = true' ELSE '' END
--16+ || CASE WHEN s.suborigin <> 'any' THEN format(', origin = %s', s.suborigin) ELSE '' END
--17+ || CASE WHEN s.subfailover THEN ', failover = true' ELSE '' END
       || CASE WHEN s.subsynccommit <> 'off' THEN format(', synchronous_commit = %L', s.subsynccommit) ELSE '' END || ');', NULL, NULL, s.oid
  FROM pg_catalog.pg_subscription s
 WHERE s.subdbid = (SELECT b.oid FROM pg_catalog.pg_database b WHERE b.datname = current_database())
) AS q (class, object, rank, name, target, owner, body, needs, extra, whole)
--one WHERE CASE $1 WHEN 6104 THEN q.class IN (6104, 6106, 6237) AND q.whole = $2 ELSE q.class = $1 AND q.object = $2 END
--own WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = q.class AND x.objid = q.object AND x.deptype = 'e')
