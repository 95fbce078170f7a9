-- The operator classes of btree that ORDER BY takes when nothing is said.
SELECT o.oid
  FROM pg_catalog.pg_opclass o
  JOIN pg_catalog.pg_am m ON m.oid = o.opcmethod
 WHERE o.opcdefault AND m.amname = 'btree'
