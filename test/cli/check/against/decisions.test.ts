import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkAccess } from "../../../../cli/check/access";
import { type Comparison, mayWiden } from "../../../../cli/check/against/comparison";
import { exportBase } from "../../../../cli/check/against/exportBase";
import type { CheckedStacks } from "../../../../cli/check/check";
import { exportStacks } from "../../../../cli/check/exportStacks";
import { types } from "../../../../model/proof/registered/stack";
import { built } from "../../../stacks/support/built";

interface Statement {
  Sid?: string;
  Action: unknown;
  Resource?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}
interface Exported {
  deployment: { resources: Resource[] };
}
interface Resource {
  urn: string;
  type: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

/** The samples' own export changed: before is what stands there, now are the samples. */
describe("what `check --against` says of an export by decisions", function () {
  this.timeout(240_000);
  let folder: string;
  let now: CheckedStacks;

  before(async () => {
    const { plan, stacks } = await built("aws");
    now = {
      ...{ plan, stacks, findings: [], exemptions: [], notes: [], rules: 0 },
      access: checkAccess(plan, stacks),
    };
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "against-decisions-"));
    exportStacks(folder, now.stacks);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Changes the one resource of that type whose name ends so. */
  function edit(stack: string, type: string, name: string, change: (resource: Resource) => void): void {
    const file = join(folder, `${stack}.json`);
    const exported = JSON.parse(readFileSync(file, "utf8")) as Exported;
    const found = exported.deployment.resources.filter((one) => one.type === type && one.urn.endsWith(name));
    assert.equal(found.length, 1, `${found.length} of ${type} ${name}`);
    change(found[0]!);
    writeFileSync(file, JSON.stringify(exported));
  }

  const policy = (change: (statements: Statement[]) => Statement[]) => (resource: Resource) => {
    const document = JSON.parse(resource.inputs["policy"] as string) as { Statement: Statement[] };
    const changed = JSON.stringify({ ...document, Statement: change(document.Statement) });
    resource.inputs["policy"] = resource.outputs["policy"] = changed;
  };
  const compared = (base = folder) => exportBase(base).compare(now);
  const lines = ({ changes }: Comparison) =>
    changes.map(({ effect, about, text }) => `${effect} ${about}: ${text}`);
  const ofReading = (statement: Statement) => JSON.stringify(statement.Action).includes("GetParameter");

  it("is nothing of the same state", async () => {
    const found = await compared();
    assert.deepEqual([lines(found), found.access, mayWiden(found)], [[], { opened: [], closed: [] }, false]);
  });

  it("is the pair that a statement opened, and of the statement no more than that it is there", async () => {
    edit(
      "prod",
      types.rolePolicy,
      "orders-prod-api-policy",
      policy((all) => all.filter((one) => !ofReading(one))),
    );
    const found = await compared();
    const widened = lines(found).filter((line) => line.startsWith("widened"));
    assert.deepEqual(widened, [
      "widened prod: role orders-prod-api may read parameter /orders/prod/allowed-origins",
      "widened prod: role orders-prod-api may read parameter /orders/prod/log-level",
      "widened prod: role orders-prod-api may read parameter /orders/prod/partner-token",
    ]);
    assert.ok(
      lines(found).some((line) =>
        line.startsWith("neutral prod: policy of iam/rolePolicy orders-prod-api-policy"),
      ),
    );
    assert.ok(!("undecided" in found.access) && found.access.opened.length === 3);
    assert.match(
      found.access.opened[0]!.why,
      /policy of the role orders-prod-api in 333333333333, ReadParameters/,
    );
  });

  it("is no more than told, where a statement differs and no decision does", async () => {
    edit(
      "security",
      types.secretPolicy,
      "orders/prod/database-policy",
      policy((all) => [
        ...all,
        { ...all.find(({ Sid }) => Sid === "NobodyElseReads")!, Sid: "Twice" },
        {
          ...all.find(({ Sid }) => Sid === "NobodyElseReads")!,
          Sid: "Narrow",
          Resource: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/database-??????",
        },
      ]),
    );
    const found = await compared();
    assert.deepEqual(lines(found), [
      "neutral security: policy of secretsmanager/secretPolicy orders/prod/database-policy: Deny Narrow",
    ]);
    assert.equal(mayWiden(found), false);
  });

  it("is nothing of a statement by another name, whatever it is about", async () => {
    edit(
      "security",
      types.key,
      "prod/configuration-key",
      policy((all) => all.map((one, at) => ({ ...one, Sid: `Other${at}` }))),
    );
    assert.deepEqual(lines(await compared()), []);
  });

  it("is what a new action or a pattern beyond what is there opens", async () => {
    edit(
      "prod",
      types.rolePolicy,
      "orders-prod-api-policy",
      policy((all) => [
        ...all,
        {
          ...{ Sid: "More", Effect: "Allow", Action: "ssm:GetParameterHistory" },
          Resource: "arn:aws:ssm:eu-west-1:333333333333:parameter/orders/prod/*",
        },
      ]),
    );
    edit("prod", types.role, "orders-prod-api-role", (role) => {
      delete role.inputs["permissionsBoundary"];
      delete role.outputs["permissionsBoundary"];
    });
    const narrowed = lines(await compared()).filter((line) => line.startsWith("narrowed"));
    assert.ok(
      narrowed.some((line) =>
        /role orders-prod-api may read parameter \/orders\/prod\/log-level: actions loses ssm:GetParameterHistory$/.test(
          line,
        ),
      ),
      narrowed.join("\n"),
    );
    assert.ok(
      narrowed.includes("narrowed prod: role orders-prod-api may read parameter /orders/prod/*"),
      narrowed.join("\n"),
    );
  });

  it("knows whom a policy named that nothing registers, once every layer lets it in", async () => {
    const open = {
      ...{ Sid: "Open", Effect: "Allow", Principal: { AWS: "arn:aws:iam::444444444444:root" } },
      ...{ Action: ["secretsmanager:GetSecretValue", "kms:Decrypt"], Resource: "*" },
    };
    const pair = "narrowed security: any administrator of 444444444444 may read secret orders/prod/database";
    edit(
      "security",
      types.secretPolicy,
      "orders/prod/database-policy",
      policy((all) => [...all.filter(({ Sid }) => Sid !== "NobodyElseReads"), open]),
    );
    assert.ok(!lines(await compared()).includes(pair), "its key refuses still");
    const secret = now.stacks[0]!.resources.find(
      ({ type, inputs }) => type === types.secret && inputs["name"] === "orders/prod/database",
    );
    const key = now.stacks[0]!.resources.find(
      ({ type, outputs }) => type === types.key && outputs["arn"] === secret?.outputs["kmsKeyId"],
    );
    edit(
      "security",
      types.key,
      key!.urn,
      policy((all) => [...all, open]),
    );
    const found = lines(await compared());
    assert.ok(found.includes(pair), found.join("\n"));
  });

  it("takes the other stacks of one stack's file as they are now", async () => {
    edit(
      "prod",
      types.rolePolicy,
      "orders-prod-api-policy",
      policy((all) => all.filter((one) => !ofReading(one))),
    );
    const found = await compared(join(folder, "prod.json"));
    assert.equal(lines(found).filter((line) => line.startsWith("widened")).length, 3);
    assert.ok(!("undecided" in found.access));
  });

  for (const [what, change, reason] of [
    [
      "a document of another dialect",
      policy((all) => [
        ...all,
        { Sid: "Odd", ...{ Effect: "Allow", NotAction: "s3:*" }, Action: undefined, Resource: "*" },
      ]),
      /^before: .*Odd.*NotAction/,
    ],
    [
      "a document that the state keeps secret",
      (resource: Resource) => {
        const secret = {
          "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
          ciphertext: "x",
        };
        resource.inputs["policy"] = resource.outputs["policy"] = secret;
      },
      /^before: prod: aws:iam\/rolePolicy:RolePolicy orders-prod-api-policy, whose policy the state keeps secret/,
    ],
    [
      "inputs that say another policy than outputs",
      (resource: Resource) => {
        const { outputs } = resource;
        policy((all) => all.slice(1))(resource);
        resource.outputs = { ...outputs, policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }) };
      },
      /whose policy is another in its inputs than in its outputs$/,
    ],
    [
      "a policy of a role that is not there",
      (resource: Resource) => {
        resource.inputs["role"] = resource.outputs["role"] = "somebody";
      },
      /^before: prod: .*orders-prod-api-policy of somebody, which is not in its stack$/,
    ],
  ] as const) {
    it(`does not count as equal ${what}`, async () => {
      edit("prod", types.rolePolicy, "orders-prod-api-policy", change);
      const found = await compared();
      assert.ok("undecided" in found.access, JSON.stringify(found.access));
      assert.ok(
        found.access.undecided.some((one) => reason.test(one)),
        found.access.undecided.join("\n"),
      );
      assert.ok(found.notCompared.some((one) => one.startsWith("who can read what: before: ")));
      assert.ok(found.changes.length > 0);
      assert.equal(mayWiden(found), true);
    });
  }
});
