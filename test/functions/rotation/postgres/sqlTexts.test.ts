import assert from "node:assert/strict";
import { join } from "node:path";
import { asOwnUser, asStartingUser } from "../../../../functions/rotation/postgres/session";
import { faultsOf } from "../../../support/sql/faults";
import { sqlTextsIn, sqlTextsOf } from "../../../support/sql/texts";

const folder = join(__dirname, "../../../../functions/rotation");

/** A database is an enemy: see `planted.test.ts` for what comes of names it may give a meaning of its own. */
describe("the SQL of the rotation", () => {
  const texts = sqlTextsIn(folder);

  for (const { where, sql } of texts) {
    it(`${where} leaves nothing to the search path`, () => assert.deepEqual(faultsOf(sql), [], sql));
  }

  it("is all read", () => {
    const all = texts.map(({ sql }) => sql).join("\n");
    const known = [
      "BEGIN ",
      "SET LOCAL search_path",
      "set_config",
      "now()",
      "pg_roles",
      "ALTER ROLE",
      "CREATE ROLE",
    ];
    for (const each of [
      ...known,
      "GRANT ",
      "pg_blocking_pids",
      "pg_terminate_backend",
      "ROLLBACK PREPARED",
      "pg_db_role_setting",
      "pg_policy",
      "REASSIGN OWNED",
      "COMMENT ON ROLE",
    ]) {
      assert.ok(all.includes(each), each);
    }
  });

  it("pins the search path first in each transaction", () => {
    for (const { beginTransaction } of [asOwnUser, asStartingUser]) {
      const [begin, first] = beginTransaction.split(";\n");
      assert.equal(begin, "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE, NOT DEFERRABLE");
      assert.equal(first, "SET LOCAL search_path = pg_catalog, pg_temp");
      assert.deepEqual(faultsOf(beginTransaction), []);
    }
  });
});

describe("the check of SQL texts", () => {
  const faulty: Readonly<Record<string, readonly string[]>> = {
    function: [
      "SELECT now()",
      "SELECT public.now()",
      "WITH x AS (SELECT now()) SELECT * FROM x",
      "VALUES (random())",
    ],
    operator: [
      "SELECT a.x = b.x FROM pg_catalog.a",
      "SELECT 1::pg_catalog.int4 + 1::pg_catalog.int4",
      "SELECT OPERATOR(public.=)",
      "SELECT x FROM pg_catalog.t WHERE x || y IS NULL",
      "SELECT x OPERATOR(=) y",
    ],
    "looks up an operator": [
      "SELECT x FROM pg_catalog.t WHERE x IN (y)",
      "SELECT x FROM pg_catalog.t WHERE x LIKE y",
      "SELECT x FROM pg_catalog.t WHERE x BETWEEN y AND z",
      "SELECT x FROM pg_catalog.t JOIN pg_catalog.u USING (x)",
      "SELECT x FROM pg_catalog.t NATURAL JOIN pg_catalog.u",
      "SELECT NULLIF(x, y)",
      "SELECT x IS NOT DISTINCT FROM y",
      "SELECT CASE x WHEN y THEN z END",
    ],
    relation: [
      "SELECT x FROM pg_roles",
      "SELECT x FROM pg_catalog.t, pg_roles",
      "SELECT x FROM pg_catalog.t LEFT JOIN public.u ON true",
      "SELECT x FROM (SELECT y FROM pg_authid) AS z",
      "SELECT x FROM LATERAL unnest(y)",
    ],
    type: ["SELECT x::text", "SELECT x::public.text", "SELECT $1::int", "SELECT NULL::text"],
    "without a type": [
      "SELECT 0",
      "SELECT 'x'",
      "SELECT $1",
      "SELECT pg_catalog.f(0)",
      "SELECT E'x'",
      "SELECT NULL",
    ],
    CAST: ["SELECT CAST(x AS pg_catalog.text)"],
    COLLATE: ['SELECT x COLLATE "C"'],
    "not known": [
      "DO 'x'",
      "CALL f()",
      "INSERT INTO t VALUES (x)",
      "UPDATE t SET x = y",
      "DELETE FROM t",
      "SET search_path = x",
      "SET ROLE x",
      "SHOW x",
      "TABLE t",
      "LOCK TABLE t",
      "CREATE TABLE t ()",
      "GRANT SELECT ON t TO x",
      "select_something",
    ],
    "cannot read": ["SELECT $$x$$", "SELECT '"],
    "between quotes": ["ALTER ROLE x PASSWORD '\u0001'", 'ALTER ROLE "\u0001" LOGIN'],
  };

  for (const [fault, samples] of Object.entries(faulty)) {
    for (const sample of samples) {
      it(`finds: ${fault}, in ${JSON.stringify(sample)}`, () => {
        const found = faultsOf(sample);
        assert.ok(
          found.some((each) => each.includes(fault)),
          found.join("\n"),
        );
      });
    }
  }

  it("looks into each of several statements", () => {
    assert.equal(
      faultsOf("BEGIN; SET LOCAL search_path = pg_catalog, pg_temp; SELECT now(); COMMIT").length,
      1,
    );
  });

  for (const sample of [
    "WITH RECURSIVE x (a) AS (SELECT y.b FROM pg_catalog.y) SELECT x.a FROM x JOIN (SELECT 1::pg_catalog.int4 AS c) AS z ON true",
    "SELECT pg_catalog.count(*), coalesce(x, NULL::pg_catalog.text) FROM pg_catalog.t WHERE x IS NOT NULL",
    "SELECT CASE WHEN x THEN y END FROM pg_catalog.t WHERE EXISTS (SELECT FROM pg_catalog.u) ORDER BY x",
    "SELECT x OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.text[])",
    "GRANT \u0001 TO \u0001 WITH INHERIT TRUE",
  ]) {
    it(`finds nothing in ${JSON.stringify(sample)}`, () => assert.deepEqual(faultsOf(sample), []));
  }

  it("reads literals, templates, concatenations, parts and whatever goes into query()", () => {
    const source = `
      const a = "SELECT 1";
      const b = \`ALTER ROLE \${x} LOGIN\`;
      await client.query("select 2");
      await client.query(\`delete from \${x}\`);
      await client.query("SELECT 3" + " from t");
      const c = \`FROM pg_roles WHERE x\`;
      const d = "x::text";
      const e = "let it: for another role's password it needs CREATEROLE";
      throw new Error("create it with its grants");`;
    assert.deepEqual(
      sqlTextsOf(source, "x.ts").map(({ where, sql }) => `${where} ${sql}`),
      [
        "x.ts:2 SELECT 1",
        "x.ts:3 ALTER ROLE \u0001 LOGIN",
        "x.ts:4 select 2",
        "x.ts:5 delete from \u0001",
        "x.ts:6 SELECT 3",
        "x.ts:6  from t",
        "x.ts:7 FROM pg_roles WHERE x",
        "x.ts:8 x::text",
      ],
    );
  });
});
