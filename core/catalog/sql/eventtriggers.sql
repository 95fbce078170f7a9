-- Event triggers, and whether they fire.
SELECT e.oid, 'event trigger', 0, 0, e.evtname,
       e.evtevent || CASE e.evtenabled WHEN 'D' THEN ', disabled' WHEN 'R' THEN ', on replicas' WHEN 'A' THEN ', always' ELSE '' END,
       e.evtowner
  FROM pg_catalog.pg_event_trigger e
