import type { Client } from "pg";
import type { Observed, UserPair } from "./observed";

/*
 * Whoever asks may be inside of a database that others set up, with their search path: every name is qualified and
 * every literal has its type. A user may keep any amount of settings of its own, and a rotation must not choke on it:
 * those over 16 kB are left out, and what is over 400 kB in all. Of the clone's memberships those do not count that it gave
 * itself, or that give it nothing but the right to pass them on, as whoever creates a role has. Of what it owns, default
 * privileges and user mappings stay its own, temporary tables go with their session, and what the whole server has, such as
 * databases, is handed over from this one. There may be any number of those things: a user makes 100,000 large objects in
 * seconds.
 */
const observation = `
  WITH pair AS (
    SELECT original.oid AS original, clone.oid AS clone,
           CASE WHEN pg_catalog.current_setting('server_version_num'::pg_catalog.text)::pg_catalog.int4
                     OPERATOR(pg_catalog.>=) 160000::pg_catalog.int4
                THEN 'SET'::pg_catalog.text ELSE 'MEMBER'::pg_catalog.text END AS become
      FROM (SELECT $1::pg_catalog.name AS original, $2::pg_catalog.name AS clone) AS names
      LEFT JOIN pg_catalog.pg_roles AS original ON original.rolname OPERATOR(pg_catalog.=) names.original
      LEFT JOIN pg_catalog.pg_roles AS clone ON clone.rolname OPERATOR(pg_catalog.=) names.clone
  )
  SELECT pg_catalog.current_setting('server_version_num'::pg_catalog.text)::pg_catalog.int4 AS "version",
         pg_catalog.pg_backend_pid() AS "pid", SESSION_USER AS "sessionUser", CURRENT_USER AS "currentUser",
         pg_catalog.current_database() AS "database",
         (SELECT pg_catalog.json_agg(found) FROM (
            SELECT role.rolname AS "name", role.rolsuper AS "superuser", role.rolcreatedb AS "createdb",
                   role.rolcreaterole AS "createrole", role.rolreplication AS "replication",
                   role.rolbypassrls AS "bypassrls", role.rolinherit AS "inherit", role.rolcanlogin AS "login",
                   role.rolconnlimit AS "connectionLimit",
                   CASE WHEN pg_catalog.isfinite(role.rolvaliduntil)
                        THEN pg_catalog.to_char(pg_catalog.timezone('UTC'::pg_catalog.text, role.rolvaliduntil),
                                                'YYYY-MM-DD HH24:MI:SS.US"+00"'::pg_catalog.text)
                        ELSE COALESCE(role.rolvaliduntil::pg_catalog.text, 'infinity'::pg_catalog.text)
                   END AS "validUntil",
                   COALESCE(role.rolvaliduntil OPERATOR(pg_catalog.<) pg_catalog.now(), false) AS "expired",
                   pg_catalog.shobj_description(role.oid, 'pg_authid'::pg_catalog.name) AS "comment"
              FROM pg_catalog.pg_roles AS role, pair
             WHERE role.oid OPERATOR(pg_catalog.=) pair.original OR role.oid OPERATOR(pg_catalog.=) pair.clone
                OR role.rolname OPERATOR(pg_catalog.=) SESSION_USER) AS found) AS "roles",
         COALESCE((SELECT pg_catalog.json_agg(found) FROM (
            SELECT sized.role, sized.database, sized.entry
              FROM (
                SELECT role.rolname AS role, place.datname AS database, entry,
                       pg_catalog.sum(pg_catalog.octet_length(entry))
                         OVER (PARTITION BY setting.setrole ORDER BY setting.setdatabase, entry) AS size
                  FROM pg_catalog.pg_db_role_setting AS setting
                 CROSS JOIN pair
                 CROSS JOIN LATERAL pg_catalog.unnest(setting.setconfig) AS entry
                  LEFT JOIN pg_catalog.pg_roles AS role ON role.oid OPERATOR(pg_catalog.=) setting.setrole
                  LEFT JOIN pg_catalog.pg_database AS place ON place.oid OPERATOR(pg_catalog.=) setting.setdatabase
                 WHERE (setting.setrole OPERATOR(pg_catalog.=) 0::pg_catalog.oid
                        OR setting.setrole OPERATOR(pg_catalog.=) pair.original
                        OR setting.setrole OPERATOR(pg_catalog.=) pair.clone)
                   AND pg_catalog.octet_length(entry) OPERATOR(pg_catalog.<=) 16384::pg_catalog.int4) AS sized
             WHERE sized.size OPERATOR(pg_catalog.<=) 400000::pg_catalog.int8) AS found),
           '[]'::pg_catalog.json) AS "settings",
         ARRAY(
            SELECT DISTINCT role.rolname
              FROM pg_catalog.pg_db_role_setting AS setting, pg_catalog.unnest(setting.setconfig) AS entry,
                   pg_catalog.pg_roles AS role, pair
             WHERE entry OPERATOR(pg_catalog.=)
                   pg_catalog.textcat('role='::pg_catalog.text, role.rolname::pg_catalog.text)
               AND pg_catalog.pg_has_role(pair.original, role.oid, pair.become)
         )::pg_catalog.text[] AS "mayBecome",
         COALESCE(pg_catalog.pg_has_role(pair.clone, pair.original, 'USAGE'::pg_catalog.text), false) AS "inherits",
         COALESCE(pg_catalog.pg_has_role(pair.clone, pair.original, pair.become), false) AS "becomes",
         ARRAY(
            SELECT grantor.rolname
              FROM pg_catalog.pg_auth_members AS membership
              JOIN pair ON membership.roleid OPERATOR(pg_catalog.=) pair.original
                       AND membership.member OPERATOR(pg_catalog.=) pair.clone AND membership.admin_option
              JOIN pg_catalog.pg_roles AS grantor ON grantor.oid OPERATOR(pg_catalog.=) membership.grantor
         )::pg_catalog.text[] AS "administersBy",
         COALESCE(pg_catalog.pg_has_role(pair.original, pair.clone, 'MEMBER'::pg_catalog.text), false)
           AS "isReversed",
         ARRAY(
            SELECT DISTINCT role.rolname
              FROM pg_catalog.pg_auth_members AS membership
              JOIN pair ON membership.member OPERATOR(pg_catalog.=) pair.clone
              JOIN pg_catalog.pg_roles AS role ON role.oid OPERATOR(pg_catalog.=) membership.roleid
             WHERE NOT pg_catalog.pg_has_role(pair.original, role.oid, 'MEMBER'::pg_catalog.text)
               AND membership.grantor OPERATOR(pg_catalog.<>) pair.clone
               AND (COALESCE(pg_catalog.json_extract_path_text(pg_catalog.to_json(membership),
                                                               'inherit_option'::pg_catalog.text)::pg_catalog.bool,
                             true)
                    OR COALESCE(pg_catalog.json_extract_path_text(pg_catalog.to_json(membership),
                                                                  'set_option'::pg_catalog.text)::pg_catalog.bool,
                                true))
         )::pg_catalog.text[] AS "ownMemberships",
         COALESCE((SELECT pg_catalog.json_agg(found) FROM (
            SELECT place.datname AS "database",
                   COALESCE(pg_catalog.json_extract_path_text(pg_catalog.to_json(place),
                                                              'dathasloginevt'::pg_catalog.text)::pg_catalog.bool,
                            false) AS "hasLoginTrigger"
              FROM pg_catalog.pg_database AS place
             WHERE place.oid OPERATOR(pg_catalog.=) ANY (ARRAY(
                     SELECT DISTINCT CASE WHEN dependency.dbid OPERATOR(pg_catalog.=) 0::pg_catalog.oid
                                          THEN here.oid ELSE dependency.dbid END
                       FROM pg_catalog.pg_shdepend AS dependency
                       JOIN pair ON dependency.refobjid OPERATOR(pg_catalog.=) pair.clone
                      CROSS JOIN pg_catalog.pg_database AS here
                       LEFT JOIN pg_catalog.pg_class AS temporary
                              ON temporary.oid OPERATOR(pg_catalog.=) dependency.objid
                             AND temporary.relpersistence OPERATOR(pg_catalog.=) 't'::pg_catalog."char"
                             AND dependency.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
                             AND dependency.dbid OPERATOR(pg_catalog.=) here.oid
                      WHERE here.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()
                        AND temporary.oid IS NULL
                        AND dependency.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_authid'::pg_catalog.regclass
                        AND dependency.deptype OPERATOR(pg_catalog.=) 'o'::pg_catalog."char"
                        AND dependency.classid OPERATOR(pg_catalog.<>) 'pg_catalog.pg_default_acl'::pg_catalog.regclass
                        AND dependency.classid OPERATOR(pg_catalog.<>)
                            'pg_catalog.pg_user_mapping'::pg_catalog.regclass))
         ) AS found), '[]'::pg_catalog.json) AS "owns"
    FROM pair`;

/** One statement, in any database and as any login: all of it is open to everybody. */
export async function observe(client: Client, { original, clone }: UserPair): Promise<Observed> {
  const { rows } = await client.query<Observed>(observation, [original, clone]);
  const [observed] = rows;
  if (observed === undefined) throw new Error("the server answered no row");
  return observed;
}
