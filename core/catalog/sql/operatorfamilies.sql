-- Operator families with their access methods.
SELECT f.oid, 'operator family', f.opfnamespace, 0, f.opfname, m.amname, f.opfowner
  FROM pg_catalog.pg_opfamily f
  JOIN pg_catalog.pg_am m ON m.oid = f.opfmethod
