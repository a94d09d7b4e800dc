import assert from "node:assert/strict";
import type { ObservedSecret } from "../../../aws/secret";
import { copiedOn, rotationObstacle } from "../../../cli/rotate/rotation";
import { secretStatus } from "../../../cli/status/secretStatus";
import type { Database } from "../../../model/catalogue/types";
import type { RotationPlan, SecretPlan } from "../../../model/plan/types";
import { databaseForm, formAsked } from "../../../model/values/databaseForm";
import { databaseSecretValue } from "../../../model/values/databaseSecret";
import { managedServices, planFrom, secretNamed } from "./support/plan";

const now = new Date("2027-03-01T12:00:00Z");
const days = (count: number) => new Date(now.getTime() + count * 86_400_000);
const adminArn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop/prod/ledger-admin-AbCdEf";

describe("status of a login whose manifest has changed", () => {
  const plan = planFrom();
  const single = secretNamed(plan, "shop/prod/archive");
  const alternating = secretNamed(plan, "shop/prod/ledger");

  /** Written when the manifest said what `before` says. */
  function observed(secret: SecretPlan, before: Partial<Database> = {}, admin?: string): ObservedSecret {
    const { shape } = secret;
    assert.ok(shape.form === "database");
    const stored = { ...shape, database: { ...shape.database, ...before } };
    return {
      name: secret.name,
      arn: `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${secret.name}-AbCdEf`,
      tags: {},
      stages: {},
      isUnset: false,
      form: databaseForm((password) => databaseSecretValue(stored, password, admin)),
      rotates: true,
      dates: { next: days(20), last: days(-10), everyDays: 30 },
      lastRotated: days(-10),
      lastChanged: days(-10),
      current: "v2",
    };
  }

  /** The same by a manifest that names another user. */
  function named(secret: SecretPlan, username: string): SecretPlan {
    const { shape } = secret;
    assert.ok(shape.form === "database");
    return { ...secret, shape: { ...shape, database: { ...shape.database, username } } };
  }

  const findingsOf = (secret: SecretPlan, seen: ObservedSecret, admin: string | undefined = adminArn) =>
    secretStatus(secret, seen, { stack: "security", now, adminArn: admin }).findings;

  it("that has not, needs nothing", () => {
    assert.deepEqual(findingsOf(single, observed(single), undefined), []);
    assert.deepEqual(findingsOf(alternating, observed(alternating, {}, adminArn)), []);
  });

  it("that asks for an address that its value was not rotated for yet, is to be rotated, and not to be set", () => {
    const { shape } = single;
    assert.ok(shape.form === "database");
    const connection = { url: "uri", readerHost: "reader.example.com", tls: "verify-full" } as const;
    const asking = { ...single, shape: { ...shape, connection } };
    const seen = observed(single);
    const asked = (at: Date) => ({ ...seen, form: formAsked(seen.form!, at) });
    assert.deepEqual(findingsOf(asking, asked(days(-5)), undefined), [
      {
        kind: "waiting",
        matter:
          "its value was written before the manifest asked for readerHost, url and readerUrl as it does now, and lacks that " +
          "or has it as it was",
        remedy: "npx platform rotate shop/prod/archive, before anything reads it",
      },
    ]);
    assert.deepEqual(findingsOf(asking, asked(days(-15)), undefined), []);
    assert.deepEqual(findingsOf(asking, seen, undefined), []);
    assert.deepEqual(findingsOf(single, asked(days(-5)), undefined), []);
    const moved = observed(single, { host: "old.example.com" });
    const both = findingsOf(asking, { ...moved, form: formAsked(moved.form!, days(-5)) }, undefined);
    assert.match(
      both.map(({ remedy }) => remedy).join("|"),
      /^once the database answers [^|]*npx platform set [^|]*$/,
    );
  });

  const cases: readonly [string, SecretPlan, ObservedSecret, RegExp, string][] = [
    [
      "host and port",
      single,
      observed(single, { host: "old.example.com", port: 5433 }),
      /in database\.host and database\.port,/,
      "once the database answers at archive.example.com:5432: npx platform set shop/prod/archive with a password that " +
        "logs in as archive; then npx platform rotate shop/prod/archive",
    ],
    [
      "name of the database",
      single,
      observed(single, { name: "old" }),
      /in database\.name,/,
      "once the database is called archive: npx platform set shop/prod/archive with a password that logs in as archive; " +
        "then npx platform rotate shop/prod/archive",
    ],
    [
      "user",
      single,
      observed(single, { username: "old" }),
      /in database\.username,/,
      "once the user archive may log in: npx platform set shop/prod/archive with a password that logs in as archive; " +
        "then npx platform rotate shop/prod/archive and drop the user before it once nothing uses it",
    ],
    [
      "strategy, to alternating users",
      alternating,
      observed(alternating),
      /in rotation\.method \(to alternating users\),/,
      "npx platform set shop/prod/ledger with a password that logs in as ledger itself, not ledger_clone; " +
        "then npx platform rotate shop/prod/ledger",
    ],
    [
      "strategy, to a single user",
      single,
      observed(single, {}, adminArn),
      /in rotation\.method \(to a single user\),/,
      "npx platform set shop/prod/archive with a password that logs in as archive itself, not archive_clone; " +
        "then npx platform rotate shop/prod/archive and drop archive_clone once nothing uses it",
    ],
    [
      "strategy and user, to the second of the two that took turns",
      named(single, "ledger_clone"),
      observed(single, { username: "ledger" }, adminArn),
      /in database\.username and rotation\.method \(to a single user\),/,
      "once the user ledger_clone may log in: npx platform set shop/prod/archive with a password that logs in as " +
        "ledger_clone; then npx platform rotate shop/prod/archive and keep ledger, from which ledger_clone has its rights",
    ],
    [
      "strategy and user, to a single user of another name",
      single,
      observed(single, { username: "ledger" }, adminArn),
      /\(to a single user\),/,
      "once the user archive may log in: npx platform set shop/prod/archive with a password that logs in as archive; " +
        "then npx platform rotate shop/prod/archive and drop the two users before it once nothing uses them",
    ],
    [
      "strategy and user, to alternating users of which one was the single user",
      alternating,
      observed(alternating, { username: "ledger_clone" }),
      /\(to alternating users\),/,
      "once the user ledger may log in: npx platform set shop/prod/ledger with a password that logs in as ledger itself, " +
        "not ledger_clone; then npx platform rotate shop/prod/ledger",
    ],
    [
      "strategy and user, to alternating users of another name",
      alternating,
      observed(alternating, { username: "old" }),
      /\(to alternating users\),/,
      "once the user ledger may log in: npx platform set shop/prod/ledger with a password that logs in as ledger itself, " +
        "not ledger_clone; then npx platform rotate shop/prod/ledger and drop the user before it once nothing uses it",
    ],
    [
      "user, where two take turns",
      alternating,
      observed(alternating, { username: "old" }, adminArn),
      /in database\.username,/,
      "once the user ledger may log in: npx platform set shop/prod/ledger with a password that logs in as ledger itself, " +
        "not ledger_clone; then npx platform rotate shop/prod/ledger and drop the two users before it once nothing uses them",
    ],
    [
      "administrator",
      alternating,
      observed(alternating, {}, adminArn.replace("ledger-admin", "old-admin")),
      /in rotation\.admin,/,
      "once shop/prod/ledger-admin has its value: npx platform set shop/prod/ledger with a password that logs in as " +
        "ledger itself, not ledger_clone; then npx platform rotate shop/prod/ledger",
    ],
  ];
  for (const [what, secret, seen, matter, remedy] of cases) {
    it(`in its ${what} waits for a value, and rotating alone is not the advice`, () => {
      const [finding, ...others] = findingsOf(secret, seen);
      assert.deepEqual(others, []);
      assert.equal(finding?.kind, "waiting");
      assert.match(finding.matter, matter);
      assert.equal(finding.remedy, remedy);
    });
  }

  it("that names the administrator that RDS manages waits for no value of that one", () => {
    const managed = planFrom(managedServices);
    const articles = secretNamed(managed, "store/prod/articles");
    const { arn } = managed.managedSecrets[0]!;
    assert.deepEqual(findingsOf(articles, observed(articles, {}, arn), arn), []);
    const [finding, ...others] = findingsOf(articles, observed(articles, {}, adminArn), arn);
    assert.deepEqual(others, []);
    assert.match(finding?.matter ?? "", /in rotation\.admin,/);
    assert.equal(
      finding?.remedy,
      "npx platform set store/prod/articles with a password that logs in as store itself, not store_clone; then npx platform " +
        "rotate store/prod/articles",
    );
  });

  it("says it first of several, and that rotating comes after", () => {
    const seen = {
      ...observed(single, { host: "old.example.com" }),
      pending: "v3",
      dates: { next: days(-3) },
    };
    const found = findingsOf(single, seen);
    assert.deepEqual(
      found.map(({ kind }) => kind),
      ["waiting", "stuck", "overdue"],
    );
    for (const { remedy } of found.slice(1)) {
      assert.match(remedy, /platform set.*as above/);
      assert.doesNotMatch(remedy, /platform (rotate|unstick)/);
    }
  });

  it("finds no other administrator where it does not know its secret's ARN, but another strategy", () => {
    const other = observed(alternating, {}, adminArn.replace("AbCdEf", "GhIjKl"));
    const unknown = (seen: ObservedSecret) =>
      secretStatus(alternating, seen, { stack: "security", now }).findings.map(({ kind }) => kind);
    assert.deepEqual(unknown(other), []);
    assert.deepEqual(unknown(observed(alternating)), ["waiting"]);
  });

  it("that nobody has noted the form of is told in a note; nothing is made up", () => {
    const unnoted = { ...observed(single, { host: "old.example.com" }), form: undefined };
    const { state, notes } = secretStatus(single, unnoted, { stack: "security", now });
    assert.equal(state, "ok");
    assert.match(notes.join(), /never noted/);
    const unset = secretStatus(single, { ...unnoted, isUnset: true }, { stack: "security", now });
    assert.deepEqual([unset.state, unset.notes], ["unset", []]);
  });

  describe("when it is rotated all the same", () => {
    const aws = (secret: SecretPlan): SecretPlan => {
      const { rotator, partner } = secret.rotation;
      assert.equal(partner, undefined);
      return {
        ...secret,
        rotation: { ...secret.rotation, rotator: { ...rotator, hosted: "aws" } } as RotationPlan,
      };
    };

    it("by AWS's function for alternating users, is refused without an administrator in the value", () => {
      const refused = rotationObstacle(aws(alternating), observed(alternating), "security");
      assert.match(
        refused ?? "",
        /finds no administrator in it: npx platform set shop\/prod\/ledger puts it there/,
      );
      assert.equal(rotationObstacle(alternating, observed(alternating), "security"), undefined);
      assert.equal(
        rotationObstacle(aws(alternating), observed(alternating, {}, adminArn), "security"),
        undefined,
      );
      assert.equal(rotationObstacle(aws(single), observed(single, {}, adminArn), "security"), undefined);
    });

    it("is told that the rotation copies it on", () => {
      const told = copiedOn(single, observed(single, { host: "old.example.com" }));
      assert.match(
        told ?? "",
        /in database\.host, and a rotation copies it on.*npx platform set shop\/prod\/archive/,
      );
      assert.equal(copiedOn(single, observed(single)), undefined);
    });
  });
});
