-- Schemas come first anyway, and what initdb made is there.
SELECT d.classid, d.objid, d.refclassid, d.refobjid, d.deptype
  FROM pg_catalog.pg_depend d
 WHERE d.objid >= 16384 AND d.refobjid >= 16384 AND d.refclassid <> 2615
   AND NOT (d.classid = d.refclassid AND d.objid = d.refobjid)
