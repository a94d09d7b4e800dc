import { setTimeout as delay } from "node:timers/promises";
import { escapeLiteral } from "pg";
import type { PostgresServer } from "../../support/postgres/server";

/** Names of the catalog that the rotation uses or has used. */
export interface Names {
  readonly functions: readonly string[];
  readonly operators: readonly string[];
  readonly types: readonly string[];
  readonly relations: readonly string[];
}

/** Schema of the attacker. */
export const schema = "evil";

/** A function that says in the server's log what was reached and as whom: what a transaction undoes stays there. */
export const trapFunction = `
  CREATE SCHEMA IF NOT EXISTS ${schema};
  GRANT USAGE ON SCHEMA ${schema} TO PUBLIC;
  CREATE OR REPLACE FUNCTION ${schema}.trap(what text) RETURNS boolean LANGUAGE plpgsql AS $trap$
    BEGIN
      RAISE LOG 'trapped by % as <%>', what, current_user;
      RETURN true;
    END $trap$;`;

/**
 * Gives every one of the names a second meaning in the attacker's schema: functions and operators of exactly the
 * catalog's argument types, domains for types, views for relations. Each springs the trap when it is used.
 */
export function shadows({ functions, operators, types, relations }: Names): string {
  const list = (names: readonly string[]) => `ARRAY[${names.map(escapeLiteral).join(", ")}]`;
  const domains = types.map(
    (name) => `CREATE DOMAIN ${schema}.${name} AS pg_catalog.${name} CHECK (${schema}.trap('type ${name}'))`,
  );
  return `${trapFunction}
    DO $plant$
    DECLARE found record;
    BEGIN
      FOR found IN
        SELECT p.oid, p.proname, pg_get_function_identity_arguments(p.oid) AS arguments, pg_get_function_result(p.oid) AS result,
               coalesce('o' = ANY (p.proargmodes), false) AS has_out
          FROM pg_proc AS p
         WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f' AND p.proname = ANY (${list(functions)})
           AND NOT 'internal'::regtype = ANY (p.proargtypes)
      LOOP
        EXECUTE format(
          'CREATE FUNCTION ${schema}.%I(%s) RETURNS %s LANGUAGE plpgsql AS %L',
          found.proname, found.arguments, found.result,
          CASE WHEN found.has_out OR found.result = 'void' OR found.result LIKE 'SETOF%' OR found.result LIKE 'TABLE%'
               THEN format('BEGIN PERFORM ${schema}.trap(%L); RETURN; END', 'function ' || found.proname)
               ELSE format('BEGIN PERFORM ${schema}.trap(%L); RETURN NULL; END', 'function ' || found.proname) END
        );
      END LOOP;
      FOR found IN
        SELECT o.oid, o.oprname, format_type(o.oprleft, NULL) AS l, format_type(o.oprright, NULL) AS r
          FROM pg_operator AS o JOIN pg_type AS t ON t.oid = o.oprleft
         WHERE o.oprnamespace = 'pg_catalog'::regnamespace AND o.oprname = ANY (${list(operators)})
           AND o.oprkind = 'b' AND t.typtype <> 'p'
      LOOP
        EXECUTE format(
          'CREATE FUNCTION ${schema}.operator_%s(%s, %s) RETURNS boolean LANGUAGE plpgsql AS %L',
          found.oid, found.l, found.r,
          format('BEGIN PERFORM ${schema}.trap(%L); RETURN false; END', 'operator ' || found.oprname)
        );
        EXECUTE format(
          'CREATE OPERATOR ${schema}.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = ${schema}.operator_%s)',
          found.oprname, found.l, found.r, found.oid
        );
      END LOOP;
      FOR found IN
        SELECT c.relname, string_agg(quote_ident(a.attname), ', ') AS columns
          FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid JOIN pg_type AS t ON t.oid = a.atttypid
         WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relname = ANY (${list(relations)})
           AND a.attnum > 0 AND t.typtype <> 'p'
         GROUP BY c.relname
      LOOP
        EXECUTE format(
          'CREATE VIEW ${schema}.%I AS SELECT %s FROM pg_catalog.%I WHERE ${schema}.trap(%L)',
          found.relname, found.columns, found.relname, 'relation ' || found.relname
        );
        EXECUTE format('GRANT SELECT ON ${schema}.%I TO PUBLIC', found.relname);
      END LOOP;
    END $plant$;
    ${domains.join(";\n")}`;
}

/** What traps wrote into the server's log since `start` was called: `function now as <admin>`. */
export function watchTraps(postgres: PostgresServer) {
  const from = postgres.serverLog().length;
  return async (): Promise<readonly string[]> => {
    // All that was written before this is there when this is.
    const mark = `end of ${Math.random()}`;
    await postgres.query(`DO $$ BEGIN RAISE LOG '${mark}'; END $$`);
    while (!postgres.serverLog().slice(from).includes(`LOG:  ${mark}`)) await delay(5);
    const lines = postgres.serverLog().slice(from).split("\n");
    return lines.flatMap((line) => /LOG: {2}trapped by (.+ as <.+>)$/.exec(line)?.[1] ?? []);
  };
}
