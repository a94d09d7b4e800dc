import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkAccess } from "../../../cli/check/access";
import { organisationPolicies } from "../../../cli/operations/organisationPolicies";
import { UsageError } from "../../../cli/usageError";
import { organisationPolicy } from "../../../model/documents/organisationPolicy";
import type { AccessProof } from "../../../model/proof/proof";
import { built } from "../../stacks/support/built";
import { platform, stackTrace } from "../support/platform";

const reads = ["secretsmanager:GetSecretValue", "ssm:GetParameter"];
const deny = (more: object = {}) => ({
  Version: "2012-10-17",
  Statement: [{ Sid: "NoReading", Effect: "Deny", Action: reads, Resource: "*", ...more }],
});
const allow = (Action: unknown) => ({
  Version: "2012-10-17",
  Statement: [{ Sid: "Some", Effect: "Allow", Action, Resource: "*" }],
});

describe("a service control policy that is given", function () {
  this.timeout(240_000);
  let folder: string;

  before(() => (folder = mkdtempSync(join(tmpdir(), "organisation-policy-"))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  function file(content: object | string, name = "policy.json"): string {
    const path = join(folder, name);
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  }

  async function proved(...policies: readonly object[]): Promise<AccessProof> {
    const { plan, stacks } = await built("aws");
    const files = policies.map((policy, at) => file(policy, `policy-${at}.json`));
    const access = checkAccess(plan, stacks, organisationPolicies(files));
    assert.ok(!("undecided" in access), JSON.stringify(access));
    return access;
  }

  it("refuses what it denies, of every account of the organisation, by its statement", async () => {
    const args = ["access", "--who", "orders-prod-api", "--what", "orders/prod/database"];
    const { code, stdout, stderr } = await platform([...args, "--organisation-policy", file(deny())]);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(
      stdout,
      /^orders-prod-api in 333333333333 cannot read orders\/prod\/database\n {2}the organisation's policies deny it: organisation's policy \S+policy\.json, NoReading\n/,
    );
    const free = await proved();
    const bound = await proved(deny());
    assert.ok(free.grants.length > 0 && free.unexpected.length === 0);
    assert.ok(
      bound.grants.every(({ actions }) => !actions.some((action) => reads.includes(action))),
      "something reads all the same",
    );
    assert.ok(bound.unexpected.some(({ why }) => why.includes("NoReading")));
    assert.ok(bound.gates.every(({ administrator }) => administrator.includes("organisation's policies")));
    assert.ok(bound.gates.every(({ outsider }) => !outsider.includes("organisation's policies")));
  });

  it("takes nothing away where it is the platform's own, as it only denies what changes roles and records", async () => {
    const { plan } = await built("aws");
    const [free, bound] = [await proved(), await proved(organisationPolicy(plan.organisation))];
    assert.deepEqual([bound.grants, bound.unexpected, bound.gates], [free.grants, [], free.gates]);
  });

  it("is a level of its own: what one allows and another does not is refused", async () => {
    const all = ["secretsmanager:*", "ssm:*", "kms:*"];
    const [free, one, both] = [
      await proved(),
      await proved(allow(all)),
      await proved(allow(all), allow(["ssm:*", "kms:*"])),
    ];
    assert.deepEqual(one.grants, free.grants);
    assert.ok(both.grants.length > 0);
    assert.ok(both.grants.every(({ item }) => item.includes(":ssm:")));
  });

  it("binds by its conditions", async () => {
    const spared = "arn:aws:iam::*:role/services/orders/*";
    const { grants } = await proved(deny({ Condition: { ArnNotLike: { "aws:PrincipalArn": [spared] } } }));
    const readers = new Set(
      grants
        .filter(({ actions }) => actions.some((one) => reads.includes(one)))
        .map(({ principal }) => principal),
    );
    assert.ok(readers.size > 0);
    assert.ok([...readers].every((principal) => principal.includes(":role/services/orders/")));
  });

  it("is not decided about where it says what is not modelled, and that is said by `check` too", async () => {
    const odd = file({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Regions", Effect: "Deny", NotAction: "iam:*", Resource: "*" },
        {
          ...{ Sid: "Tagged", Effect: "Deny", Action: "ssm:GetParameter", Resource: "*" },
          Condition: { StringEquals: { "aws:PrincipalTag/team": "x" } },
        },
      ],
    });
    const asked = await platform(["access", "--organisation-policy", odd]);
    assert.deepEqual([asked.code, asked.stdout], [1, ""]);
    assert.match(
      asked.stderr,
      /organisation's policy \S+policy\.json, statement Regions: the element NotAction/,
    );
    assert.match(asked.stderr, /statement Tagged: the condition key aws:PrincipalTag\/team/);
    assert.doesNotMatch(asked.stderr, stackTrace);
    const checked = await platform(["check", "--organisation-policy", odd, "--format", "json"]);
    const { access } = JSON.parse(checked.stdout) as { access: { undecided?: readonly string[] } };
    assert.equal(checked.code, 1);
    assert.ok(access.undecided?.some((reason) => reason.includes("statement Regions")));
  });

  it("is refused with everything wrong in any file, and where; nothing of it is repeated", () => {
    const wrong = [
      file('{\n  "canary": canary-of-a-value\n}', "a.json"),
      file('{"Statement": [', "b.json"),
      file('{\n  "Statement": [],\n}', "trailing.json"),
      file("[]", "c.json"),
      file({ Version: "2012-10-17" }, "d.json"),
      join(folder, "nowhere.json"),
      folder,
    ];
    assert.throws(
      () => organisationPolicies(wrong),
      (error) => {
        assert.ok(error instanceof UsageError);
        const lines = error.message.split("\n");
        const expected = [
          /a\.json is not JSON; name a file/,
          /b\.json:1:16 is not JSON;/,
          /trailing\.json:3:1 is not JSON;/,
          /c\.json:1:1 is no policy document, which is an object with a Statement;/,
          /d\.json:1:1 is no policy document/,
          /nowhere\.json cannot be read: ENOENT;/,
          /is no regular file of at most 1 MiB;/,
        ];
        assert.equal(lines.length, expected.length, error.message);
        for (const [at, pattern] of expected.entries()) assert.match(lines[at]!, pattern);
        assert.ok(!error.message.includes("canary"));
        return true;
      },
    );
  });

  it("exits with 2 for a file that is none", async () => {
    for (const command of ["access", "check"]) {
      const { code, stdout, stderr } = await platform([
        command,
        "--organisation-policy",
        join(folder, "nowhere"),
      ]);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /^error: --organisation-policy: \S+nowhere cannot be read: ENOENT;/);
      assert.doesNotMatch(stderr, stackTrace);
    }
  });
});
