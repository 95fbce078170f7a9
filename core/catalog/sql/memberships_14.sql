-- Who belongs to whom. Before PostgreSQL 16 the member as a whole inherits or does not.
SELECT m.member, m.roleid, m.admin_option, NULL, true
  FROM pg_catalog.pg_auth_members m
