-- Where an unqualified name is looked for, and what server answers.
SELECT pg_catalog.current_database(),
       pg_catalog.current_setting('server_version_num'),
       pg_catalog.array_to_json(pg_catalog.current_schemas(true))
