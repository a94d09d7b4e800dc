import type { Client } from "pg";
import type { Observed, ObservedInDatabase, UserPair } from "./observed";

/*
 * Whoever asks may be inside of a database that others set up, with their search path: every name is qualified and
 * every literal has its type.
 */

const pair = `
  WITH pair AS (
    SELECT original.oid AS original, clone.oid AS clone,
           CASE WHEN pg_catalog.current_setting('server_version_num'::pg_catalog.text)::pg_catalog.int4
                     OPERATOR(pg_catalog.>=) 160000::pg_catalog.int4
                THEN 'SET'::pg_catalog.text ELSE 'MEMBER'::pg_catalog.text END AS become
      FROM (SELECT $1::pg_catalog.name AS original, $2::pg_catalog.name AS clone) AS names
      LEFT JOIN pg_catalog.pg_roles AS original ON original.rolname OPERATOR(pg_catalog.=) names.original
      LEFT JOIN pg_catalog.pg_roles AS clone ON clone.rolname OPERATOR(pg_catalog.=) names.clone
  )`;

const roles = `
  SELECT role.rolname AS "name", role.rolsuper AS "superuser", role.rolcreatedb AS "createdb",
         role.rolcreaterole AS "createrole", role.rolreplication AS "replication", role.rolbypassrls AS "bypassrls",
         role.rolinherit AS "inherit", role.rolcanlogin AS "login", role.rolconnlimit AS "connectionLimit",
         CASE WHEN pg_catalog.isfinite(role.rolvaliduntil)
              THEN pg_catalog.to_char(pg_catalog.timezone('UTC'::pg_catalog.text, role.rolvaliduntil),
                                      'YYYY-MM-DD HH24:MI:SS.US"+00"'::pg_catalog.text)
              ELSE 'infinity'::pg_catalog.text END AS "validUntil",
         COALESCE(role.rolvaliduntil OPERATOR(pg_catalog.<) pg_catalog.now(), false) AS "expired",
         pg_catalog.shobj_description(role.oid, 'pg_authid'::pg_catalog.name) AS "comment"
    FROM pg_catalog.pg_roles AS role, pair
   WHERE role.oid OPERATOR(pg_catalog.=) pair.original OR role.oid OPERATOR(pg_catalog.=) pair.clone
      OR role.rolname OPERATOR(pg_catalog.=) SESSION_USER`;

const settings = `
  SELECT role.rolname AS "role", place.datname AS "database", setting.setconfig AS "entries"
    FROM pg_catalog.pg_db_role_setting AS setting
    LEFT JOIN pg_catalog.pg_roles AS role ON role.oid OPERATOR(pg_catalog.=) setting.setrole
    LEFT JOIN pg_catalog.pg_database AS place ON place.oid OPERATOR(pg_catalog.=) setting.setdatabase, pair
   WHERE setting.setrole OPERATOR(pg_catalog.=) 0::pg_catalog.oid
      OR setting.setrole OPERATOR(pg_catalog.=) pair.original OR setting.setrole OPERATOR(pg_catalog.=) pair.clone`;

const mayBecome = `
  SELECT DISTINCT role.rolname
    FROM pg_catalog.pg_db_role_setting AS setting, pg_catalog.unnest(setting.setconfig) AS entry,
         pg_catalog.pg_roles AS role, pair
   WHERE entry OPERATOR(pg_catalog.=)
         pg_catalog.textcat('role='::pg_catalog.text, role.rolname::pg_catalog.text)
     AND pg_catalog.pg_has_role(pair.original, role.oid, pair.become)`;

const administersBy = `
  SELECT grantor.rolname
    FROM pg_catalog.pg_auth_members AS membership
    JOIN pair ON membership.roleid OPERATOR(pg_catalog.=) pair.original
             AND membership.member OPERATOR(pg_catalog.=) pair.clone AND membership.admin_option
    JOIN pg_catalog.pg_roles AS grantor ON grantor.oid OPERATOR(pg_catalog.=) membership.grantor`;

const ownMemberships = `
  SELECT DISTINCT role.rolname
    FROM pg_catalog.pg_auth_members AS membership
    JOIN pair ON membership.member OPERATOR(pg_catalog.=) pair.clone
    JOIN pg_catalog.pg_roles AS role ON role.oid OPERATOR(pg_catalog.=) membership.roleid
   WHERE NOT pg_catalog.pg_has_role(pair.original, role.oid, 'MEMBER'::pg_catalog.text)`;

/** Default privileges and user mappings of the clone stay its own; temporary tables go with their session. */
const owns = `
  SELECT DISTINCT place.datname
    FROM pg_catalog.pg_shdepend AS dependency
    JOIN pair ON dependency.refobjid OPERATOR(pg_catalog.=) pair.clone
    LEFT JOIN pg_catalog.pg_database AS place ON place.oid OPERATOR(pg_catalog.=) dependency.dbid
   WHERE dependency.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_authid'::pg_catalog.regclass
     AND dependency.deptype OPERATOR(pg_catalog.=) 'o'::pg_catalog."char"
     AND dependency.classid OPERATOR(pg_catalog.<>) 'pg_catalog.pg_default_acl'::pg_catalog.regclass
     AND dependency.classid OPERATOR(pg_catalog.<>) 'pg_catalog.pg_user_mapping'::pg_catalog.regclass
     AND NOT EXISTS (
           SELECT FROM pg_catalog.pg_class AS relation
            WHERE dependency.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
              AND relation.oid OPERATOR(pg_catalog.=) dependency.objid
              AND relation.relpersistence OPERATOR(pg_catalog.=) 't'::pg_catalog."char"
              AND place.datname OPERATOR(pg_catalog.=) pg_catalog.current_database())`;

const observation = `${pair}
  SELECT pg_catalog.current_setting('server_version_num'::pg_catalog.text)::pg_catalog.int4 AS "version",
         SESSION_USER AS "sessionUser", CURRENT_USER AS "currentUser",
         pg_catalog.current_database() AS "database",
         (SELECT pg_catalog.json_agg(found) FROM (${roles}) AS found) AS "roles",
         COALESCE((SELECT pg_catalog.json_agg(found) FROM (${settings}) AS found), '[]'::pg_catalog.json) AS "settings",
         ARRAY(${mayBecome})::pg_catalog.text[] AS "mayBecome",
         COALESCE(pg_catalog.pg_has_role(pair.clone, pair.original, 'USAGE'::pg_catalog.text), false) AS "inherits",
         COALESCE(pg_catalog.pg_has_role(pair.clone, pair.original, pair.become), false) AS "becomes",
         ARRAY(${administersBy})::pg_catalog.text[] AS "administersBy",
         COALESCE(pg_catalog.pg_has_role(pair.original, pair.clone, 'MEMBER'::pg_catalog.text), false)
           AS "isReversed",
         ARRAY(${ownMemberships})::pg_catalog.text[] AS "ownMemberships",
         ARRAY(${owns})::pg_catalog.text[] AS "owns"
    FROM pair`;

/** One statement, in any database and as any login: all of it is open to everybody. */
export async function observe(client: Client, { original, clone }: UserPair): Promise<Observed> {
  const { rows } = await client.query<Observed>(observation, [original, clone]);
  const [observed] = rows;
  if (observed === undefined) throw new Error("the server answered no row");
  return observed;
}

/** Where each kind of object keeps its owner and its grants, with the grants that hold for it as well. */
const granted = [
  ["pg_class", "relowner", "relacl"],
  ["pg_namespace", "nspowner", "nspacl"],
  ["pg_proc", "proowner", "proacl"],
  ["pg_type", "typowner", "typacl"],
  ["pg_database", "datdba", "datacl"],
  ["pg_tablespace", "spcowner", "spcacl"],
  ["pg_language", "lanowner", "lanacl"],
  ["pg_foreign_data_wrapper", "fdwowner", "fdwacl"],
  ["pg_foreign_server", "srvowner", "srvacl"],
  ["pg_largeobject_metadata", "lomowner", "lomacl"],
].map(
  ([catalog, owner, acl]) => `
    SELECT object.${owner} AS owner, object.${acl} AS acl, NULL::pg_catalog.aclitem[] AS wider,
           NULL::pg_catalog.name AS "column"
      FROM pg_catalog.${catalog} AS object
     WHERE dependency.classid OPERATOR(pg_catalog.=) 'pg_catalog.${
       catalog === "pg_largeobject_metadata" ? "pg_largeobject" : catalog
     }'::pg_catalog.regclass
       AND dependency.objsubid OPERATOR(pg_catalog.=) 0::pg_catalog.int4
       AND object.oid OPERATOR(pg_catalog.=) dependency.objid`,
);

const grantedColumn = `
    SELECT relation.relowner, part.attacl, relation.relacl, part.attname
      FROM pg_catalog.pg_class AS relation
      JOIN pg_catalog.pg_attribute AS part ON part.attrelid OPERATOR(pg_catalog.=) relation.oid
     WHERE dependency.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
       AND relation.oid OPERATOR(pg_catalog.=) dependency.objid
       AND part.attnum OPERATOR(pg_catalog.=) dependency.objsubid`;

/** What the original owns it can grant itself; what the clone owns becomes the original's. */
const grants = `
  SELECT grant_.privilege_type AS "privilege", object."column", identity.type, identity.identity
    FROM pg_catalog.pg_shdepend AS dependency
    JOIN pair ON dependency.refobjid OPERATOR(pg_catalog.=) pair.clone
   CROSS JOIN LATERAL (${[...granted, grantedColumn].join("\n    UNION ALL")}) AS object
   CROSS JOIN LATERAL pg_catalog.aclexplode(object.acl) AS grant_
   CROSS JOIN LATERAL pg_catalog.pg_identify_object(dependency.classid, dependency.objid, 0::pg_catalog.int4)
     AS identity
   WHERE dependency.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_authid'::pg_catalog.regclass
     AND dependency.deptype OPERATOR(pg_catalog.=) 'a'::pg_catalog."char"
     AND grant_.grantee OPERATOR(pg_catalog.=) pair.clone
     AND object.owner OPERATOR(pg_catalog.<>) pair.clone
     AND NOT pg_catalog.pg_has_role(pair.original, object.owner, 'USAGE'::pg_catalog.text)
     AND NOT EXISTS (
           SELECT FROM pg_catalog.aclexplode(pg_catalog.array_cat(object.acl, object.wider)) AS other
            WHERE other.privilege_type OPERATOR(pg_catalog.=) grant_.privilege_type
              AND (other.grantee OPERATOR(pg_catalog.=) 0::pg_catalog.oid
                   OR pg_catalog.pg_has_role(pair.original, other.grantee, 'USAGE'::pg_catalog.text)))`;

/** Policies on tables of others; those on its own the user could have made to be in the way. */
const policies = `
  SELECT policy.polname AS "name", identity.identity AS "table",
         pg_catalog.concat_ws(' '::pg_catalog.text, pg_catalog.pg_get_expr(policy.polqual, policy.polrelid),
                              pg_catalog.pg_get_expr(policy.polwithcheck, policy.polrelid)) AS "expression"
    FROM pg_catalog.pg_policy AS policy
    JOIN pg_catalog.pg_class AS relation ON relation.oid OPERATOR(pg_catalog.=) policy.polrelid
    JOIN pair ON NOT pg_catalog.pg_has_role(pair.original, relation.relowner, 'USAGE'::pg_catalog.text)
   CROSS JOIN LATERAL pg_catalog.pg_identify_object('pg_catalog.pg_class'::pg_catalog.regclass, relation.oid,
                                                    0::pg_catalog.int4) AS identity
   WHERE relation.relrowsecurity
     AND (pg_catalog.has_any_column_privilege(pair.original, relation.oid,
                                              'SELECT, INSERT, UPDATE, REFERENCES'::pg_catalog.text)
          OR pg_catalog.has_table_privilege(pair.original, relation.oid, 'DELETE'::pg_catalog.text))
     AND EXISTS (
           SELECT FROM pg_catalog.unnest(policy.polroles) AS reader
            WHERE CASE WHEN reader OPERATOR(pg_catalog.=) 0::pg_catalog.oid THEN true
                       ELSE pg_catalog.pg_has_role(pair.original, reader, 'USAGE'::pg_catalog.text) END)`;

const observationInDatabase = `${pair}
  SELECT COALESCE((SELECT pg_catalog.json_agg(found) FROM (${grants}) AS found), '[]'::pg_catalog.json) AS "grants",
         COALESCE((SELECT pg_catalog.json_agg(found) FROM (${policies}) AS found
                    WHERE pg_catalog.strpos(found."expression", 'SESSION_USER'::pg_catalog.text)
                          OPERATOR(pg_catalog.>) 0::pg_catalog.int4), '[]'::pg_catalog.json) AS "policies"`;

/** One statement, in the service's database. */
export async function observeInDatabase(
  client: Client,
  { original, clone }: UserPair,
): Promise<ObservedInDatabase> {
  const { rows } = await client.query<ObservedInDatabase>(observationInDatabase, [original, clone]);
  return rows[0] ?? { grants: [], policies: [] };
}
