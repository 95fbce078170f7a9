SELECT 3466::oid, e.oid, 195, e.evtname::text, 'EVENT TRIGGER ' || quote_ident(e.evtname), quote_ident(pg_get_userbyid(e.evtowner)),
       format('CREATE EVENT TRIGGER %I ON %s', e.evtname, e.evtevent)
       || coalesce(E'\n    WHEN TAG IN (' || (SELECT string_agg(quote_literal(u), ', ') FROM unnest(e.evttags) AS u) || ')', '')
       || format(E'\n    EXECUTE FUNCTION %s();', e.evtfoid::regproc)
       || CASE e.evtenabled WHEN 'O' THEN '' ELSE format(E'\nALTER EVENT TRIGGER %I %s;', e.evtname,
               CASE e.evtenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END) END,
       NULL::text, NULL::text
  FROM pg_catalog.pg_event_trigger e
--one WHERE e.oid = $2
--own WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 3466 AND x.objid = e.oid AND x.deptype = 'e')
