-- Who belongs to whom. PostgreSQL 16 brought the options INHERIT and SET, and several grantors.
SELECT m.member, m.roleid, pg_catalog.bool_or(m.admin_option), pg_catalog.bool_or(m.inherit_option),
       pg_catalog.bool_or(m.set_option)
  FROM pg_catalog.pg_auth_members m
 GROUP BY m.member, m.roleid
