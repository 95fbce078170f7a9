-- Collations of this database's encoding or of all of them. PostgreSQL 15 parted ICU's locale from libc's.
SELECT c.oid, 'collation', c.collnamespace, 0, c.collname,
       pg_catalog.concat_ws(' ', CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'c' THEN 'libc' WHEN 'b' THEN 'builtin' END,
                            coalesce(c.colliculocale, c.collcollate)),
       c.collowner
  FROM pg_catalog.pg_collation c
 WHERE c.collencoding IN (-1, (SELECT d.encoding FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()))
