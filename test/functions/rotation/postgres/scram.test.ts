import assert from "node:assert/strict";
import { escapeLiteral } from "pg";
import { scramVerifier } from "../../../../functions/rotation/postgres/scram";
import { provided } from "../../../support/leftOut";
import { startPostgres, type PostgresServer } from "../../../support/postgres/server";
import { logIn } from "../../support/databaseSecrets";

describe("SCRAM verifier", function () {
  let postgres: PostgresServer;

  before(async function () {
    this.timeout(120_000);
    postgres = await provided(this, startPostgres);
    await postgres.query("CREATE ROLE orders LOGIN");
    await postgres.query("CREATE TABLE orders (id int)");
    await postgres.query("GRANT SELECT ON orders TO orders");
  });

  after(() => postgres?.remove());

  const passwords = [
    "plain",
    'it\'s "quoted" \\ and ; long'.repeat(10),
    // What SASLprep changes: a non-breaking space, a soft hyphen, a ligature, a Roman numeral; and what it keeps.
    "a\u00A0b",
    "I\u00ADX",
    "ﬁne Ⅸ",
    "pässwörd 密码 🔑",
  ];

  for (const password of passwords) {
    it(`is what PostgreSQL itself keeps of ${JSON.stringify(password.slice(0, 30))}, and logs in`, async () => {
      await postgres.query(`ALTER ROLE orders PASSWORD ${escapeLiteral(password)}`);
      const [kept] = await postgres.query<{ rolpassword: string }>(
        "SELECT rolpassword FROM pg_authid WHERE rolname = 'orders'",
      );
      const salt = /^SCRAM-SHA-256\$4096:([^$]+)\$/.exec(kept?.rolpassword ?? "")?.[1] ?? "";
      assert.equal(scramVerifier(password, Buffer.from(salt, "base64")), kept?.rolpassword);

      await postgres.query(`ALTER ROLE orders PASSWORD ${escapeLiteral(scramVerifier(password))}`);
      const { host, port } = postgres;
      await logIn({ host, port, dbname: "postgres", username: "orders", password });
    });
  }

  it("differs each time", () => {
    assert.notEqual(scramVerifier("plain"), scramVerifier("plain"));
  });
});
