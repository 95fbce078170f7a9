-- Subscriptions of this database without their connection strings, which hold passwords.
SELECT s.oid, 'subscription', 0, 0, s.subname, CASE WHEN s.subenabled THEN 'enabled' ELSE 'disabled' END, s.subowner
  FROM pg_catalog.pg_subscription s
 WHERE s.subdbid = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
