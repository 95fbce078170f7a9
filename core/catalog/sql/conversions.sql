-- Conversions between encodings.
SELECT c.oid, 'conversion', c.connamespace, 0, c.conname,
       pg_catalog.pg_encoding_to_char(c.conforencoding) || ' → ' || pg_catalog.pg_encoding_to_char(c.contoencoding), c.conowner
  FROM pg_catalog.pg_conversion c
