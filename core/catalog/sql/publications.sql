-- Publications and what they publish.
SELECT p.oid, 'publication', 0, 0, p.pubname,
       CASE WHEN p.puballtables THEN 'all tables: ' ELSE '' END
           || pg_catalog.concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
                                   CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END),
       p.pubowner
  FROM pg_catalog.pg_publication p
