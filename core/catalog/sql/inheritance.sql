-- Partitions and inheriting tables; those of indexes find no relation and are passed over.
SELECT i.inhrelid, i.inhparent
  FROM pg_catalog.pg_inherits i
 ORDER BY i.inhrelid, i.inhseqno
