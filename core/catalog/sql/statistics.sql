-- Extended statistics with the kinds that are gathered.
SELECT s.oid, 'statistics', s.stxnamespace, s.stxrelid, s.stxname,
       (SELECT pg_catalog.string_agg(CASE k WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies' WHEN 'm' THEN 'mcv'
                                            ELSE 'expressions' END, ', ')
          FROM pg_catalog.unnest(s.stxkind) k),
       s.stxowner
  FROM pg_catalog.pg_statistic_ext s
