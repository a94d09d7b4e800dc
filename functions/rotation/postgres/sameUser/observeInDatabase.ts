import type { Client } from "pg";
import type { ObservedInDatabase, UserPair } from "./observed";

/*
 * Written as `observe.ts` is. Of grants to the clone those count that neither the original nor a role it has the
 * rights of holds, on objects of others: what the original owns it can grant itself, what the clone owns becomes the
 * original's. Policies likewise: one on a table of its own, or of a role it may become, the user could have made to be in
 * the way. The first of each are enough to refuse, and only those are described: there may be any number of grants. It begins
 * as `observe.ts` does, and stands whole all the same: what checks statements of SQL reads one text at a time.
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
  SELECT COALESCE((SELECT pg_catalog.json_agg(found) FROM (
          SELECT lost."privilege", lost."column", identity.type, identity.identity
            FROM (
          SELECT grant_.privilege_type AS "privilege", object.part AS "column", dependency.classid, dependency.objid
            FROM pg_catalog.pg_shdepend AS dependency
            JOIN pair ON dependency.refobjid OPERATOR(pg_catalog.=) pair.clone
           CROSS JOIN LATERAL (
            SELECT object.relowner AS owner, object.relacl AS acl, NULL::pg_catalog.aclitem[] AS wider,
                   NULL::pg_catalog.name AS part
              FROM pg_catalog.pg_class AS object
             WHERE dependency.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
               AND dependency.objsubid OPERATOR(pg_catalog.=) 0::pg_catalog.int4
               AND object.oid OPERATOR(pg_catalog.=) dependency.objid
            UNION ALL
            SELECT object.nspowner, object.nspacl, NULL::pg_catalog.aclitem[], NULL::pg_catalog.name
              FROM pg_catalog.pg_namespace AS object
             WHERE dependency.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_namespace'::pg_catalog.regclass
               AND dependency.objsubid OPERATOR(pg_catalog.=) 0::pg_catalog.int4
               AND object.oid OPERATOR(pg_catalog.=) dependency.objid
            UNION ALL
            SELECT object.proowner, object.proacl, NULL::pg_catalog.aclitem[], NULL::pg_catalog.name
              FROM pg_catalog.pg_proc AS object
             WHERE dependency.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
               AND dependency.objsubid OPERATOR(pg_catalog.=) 0::pg_catalog.int4
               AND object.oid OPERATOR(pg_catalog.=) dependency.objid
            UNION ALL
            SELECT object.typowner, object.typacl, NULL::pg_catalog.aclitem[], NULL::pg_catalog.name
              FROM pg_catalog.pg_type AS object
             WHERE dependency.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass
               AND dependency.objsubid OPERATOR(pg_catalog.=) 0::pg_catalog.int4
               AND object.oid OPERATOR(pg_catalog.=) dependency.objid
            UNION ALL
            SELECT object.datdba, object.datacl, NULL::pg_catalog.aclitem[], NULL::pg_catalog.name
              FROM pg_catalog.pg_database AS object
             WHERE dependency.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_database'::pg_catalog.regclass
               AND dependency.objsubid OPERATOR(pg_catalog.=) 0::pg_catalog.int4
               AND object.oid OPERATOR(pg_catalog.=) dependency.objid
            UNION ALL
            SELECT object.spcowner, object.spcacl, NULL::pg_catalog.aclitem[], NULL::pg_catalog.name
              FROM pg_catalog.pg_tablespace AS object
             WHERE dependency.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_tablespace'::pg_catalog.regclass
               AND dependency.objsubid OPERATOR(pg_catalog.=) 0::pg_catalog.int4
               AND object.oid OPERATOR(pg_catalog.=) dependency.objid
            UNION ALL
            SELECT object.lanowner, object.lanacl, NULL::pg_catalog.aclitem[], NULL::pg_catalog.name
              FROM pg_catalog.pg_language AS object
             WHERE dependency.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_language'::pg_catalog.regclass
               AND dependency.objsubid OPERATOR(pg_catalog.=) 0::pg_catalog.int4
               AND object.oid OPERATOR(pg_catalog.=) dependency.objid
            UNION ALL
            SELECT object.fdwowner, object.fdwacl, NULL::pg_catalog.aclitem[], NULL::pg_catalog.name
              FROM pg_catalog.pg_foreign_data_wrapper AS object
             WHERE dependency.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass
               AND dependency.objsubid OPERATOR(pg_catalog.=) 0::pg_catalog.int4
               AND object.oid OPERATOR(pg_catalog.=) dependency.objid
            UNION ALL
            SELECT object.srvowner, object.srvacl, NULL::pg_catalog.aclitem[], NULL::pg_catalog.name
              FROM pg_catalog.pg_foreign_server AS object
             WHERE dependency.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_foreign_server'::pg_catalog.regclass
               AND dependency.objsubid OPERATOR(pg_catalog.=) 0::pg_catalog.int4
               AND object.oid OPERATOR(pg_catalog.=) dependency.objid
            UNION ALL
            SELECT object.lomowner, object.lomacl, NULL::pg_catalog.aclitem[], NULL::pg_catalog.name
              FROM pg_catalog.pg_largeobject_metadata AS object
             WHERE dependency.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_largeobject'::pg_catalog.regclass
               AND dependency.objsubid OPERATOR(pg_catalog.=) 0::pg_catalog.int4
               AND object.oid OPERATOR(pg_catalog.=) dependency.objid
            UNION ALL
            SELECT relation.relowner, part.attacl, relation.relacl, part.attname
              FROM pg_catalog.pg_class AS relation
              JOIN pg_catalog.pg_attribute AS part ON part.attrelid OPERATOR(pg_catalog.=) relation.oid
             WHERE dependency.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
               AND relation.oid OPERATOR(pg_catalog.=) dependency.objid
               AND part.attnum OPERATOR(pg_catalog.=) dependency.objsubid) AS object
           CROSS JOIN LATERAL pg_catalog.aclexplode(object.acl) AS grant_
           WHERE dependency.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_authid'::pg_catalog.regclass
             AND dependency.deptype OPERATOR(pg_catalog.=) 'a'::pg_catalog."char"
             AND grant_.grantee OPERATOR(pg_catalog.=) pair.clone
             AND object.owner OPERATOR(pg_catalog.<>) pair.clone
             AND NOT pg_catalog.pg_has_role(pair.original, object.owner, pair.become)
             AND NOT EXISTS (
                   SELECT FROM pg_catalog.aclexplode(pg_catalog.array_cat(object.acl, object.wider)) AS other
                    WHERE other.privilege_type OPERATOR(pg_catalog.=) grant_.privilege_type
                      AND (other.grantee OPERATOR(pg_catalog.=) 0::pg_catalog.oid
                           OR pg_catalog.pg_has_role(pair.original, other.grantee, 'USAGE'::pg_catalog.text)))
           LIMIT 20::pg_catalog.int8) AS lost
           CROSS JOIN LATERAL pg_catalog.pg_identify_object(lost.classid, lost.objid, 0::pg_catalog.int4) AS identity
         ) AS found), '[]'::pg_catalog.json) AS "grants",
         COALESCE((SELECT pg_catalog.json_agg(asking) FROM (
         SELECT found."name", identity.identity AS "table"
           FROM (
          SELECT policy.polname AS "name", policy.polrelid AS relation,
                 pg_catalog.textcat(
                   COALESCE(pg_catalog.pg_get_expr(policy.polqual, policy.polrelid), ' '::pg_catalog.text),
                   COALESCE(pg_catalog.pg_get_expr(policy.polwithcheck, policy.polrelid), ' '::pg_catalog.text)
                 ) AS expression
            FROM pg_catalog.pg_policy AS policy
            JOIN pg_catalog.pg_class AS relation ON relation.oid OPERATOR(pg_catalog.=) policy.polrelid
            JOIN pair ON COALESCE(relation.relowner OPERATOR(pg_catalog.<>) pair.clone, true)
                     AND NOT pg_catalog.pg_has_role(pair.original, relation.relowner, pair.become)
           WHERE relation.relrowsecurity
             AND (pg_catalog.has_any_column_privilege(pair.original, relation.oid,
                                                      'SELECT, INSERT, UPDATE, REFERENCES'::pg_catalog.text)
                  OR pg_catalog.has_table_privilege(pair.original, relation.oid, 'DELETE'::pg_catalog.text))
             AND EXISTS (
                   SELECT FROM pg_catalog.unnest(policy.polroles) AS reader
                    WHERE CASE WHEN reader OPERATOR(pg_catalog.=) 0::pg_catalog.oid THEN true
                               ELSE pg_catalog.pg_has_role(pair.original, reader, 'USAGE'::pg_catalog.text) END)
                ) AS found
          CROSS JOIN LATERAL pg_catalog.pg_identify_object('pg_catalog.pg_class'::pg_catalog.regclass, found.relation,
                                                           0::pg_catalog.int4) AS identity
          WHERE (pg_catalog.regexp_replace(found.expression, $3::pg_catalog.text, ' '::pg_catalog.text,
                                           'g'::pg_catalog.text)
                   OPERATOR(pg_catalog.~) $4::pg_catalog.text
                 OR found.expression OPERATOR(pg_catalog.~*) $5::pg_catalog.text)
            AND pg_catalog.strpos(found.expression, pg_catalog.quote_literal($2::pg_catalog.text))
                OPERATOR(pg_catalog.=) 0::pg_catalog.int4
          LIMIT 20::pg_catalog.int8) AS asking), '[]'::pg_catalog.json) AS "policies"`;

/** As `pg_get_expr` writes them: strings, and names that are quoted. */
const quoted = `'(?:[^']|'')*'|"(?:[^"]|"")*"`;

/** Whatever tells who logged in, outside of strings. https://www.postgresql.org/docs/current/functions-info.html */
const asksWhoLoggedIn =
  "\\m(SESSION_USER|SYSTEM_USER|pg_stat_activity|pg_stat_get_activity|pg_stat_get_backend_userid)\\M";

/** The same by the name of a setting, which is a string. */
const readsSessionAuthorization = "'session_authorization'";

/** One statement, in the service's database. */
export async function observeInDatabase(
  client: Client,
  { original, clone }: UserPair,
): Promise<ObservedInDatabase> {
  const { rows } = await client.query<ObservedInDatabase>(observation, [
    original,
    clone,
    ...[quoted, asksWhoLoggedIn, readsSessionAuthorization],
  ]);
  return rows[0] ?? { grants: [], policies: [] };
}
