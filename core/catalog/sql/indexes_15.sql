-- Indexes but those of TOAST, with all that decides whether one can serve an order. PostgreSQL 15 brought NULLS NOT DISTINCT.
SELECT i.indexrelid, i.indrelid, c.relname, m.amname, i.indkey, i.indnkeyatts, i.indisunique,
       i.indisprimary, i.indisvalid, i.indpred IS NOT NULL, i.indnullsnotdistinct, i.indclass,
       i.indcollation, i.indoption
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
  JOIN pg_catalog.pg_am m ON m.oid = c.relam
 WHERE c.relnamespace <> 'pg_toast'::pg_catalog.regnamespace
