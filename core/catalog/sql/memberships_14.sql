-- Who belongs to whom.
SELECT m.member, m.roleid, m.admin_option, r.rolinherit, true
  FROM pg_catalog.pg_auth_members m
  JOIN pg_catalog.pg_roles r ON r.oid = m.member
