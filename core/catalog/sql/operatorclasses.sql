-- Operator classes; the first column marks those of btree that ORDER BY takes when nothing is said.
SELECT o.opcdefault AND m.amname = 'btree', o.oid, 'operator class', o.opcnamespace, o.opcfamily, o.opcname,
       pg_catalog.format_type(o.opcintype, NULL) || ' (' || m.amname || ')', o.opcowner
  FROM pg_catalog.pg_opclass o
  JOIN pg_catalog.pg_am m ON m.oid = o.opcmethod
