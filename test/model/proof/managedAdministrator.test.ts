import assert from "node:assert/strict";
import { buildStacks } from "../../../cli/inMemory/buildStacks";
import { accessFinding } from "../../../model/audit/accessFinding";
import { compare } from "../../../model/changes/compare";
import { inventoryOfPlan } from "../../../model/changes/ofPlan/inventory";
import { proveAccess } from "../../../model/proof/proof";
import { managedAdministratorPlan, managedArns } from "../plan/support/managedAdministrator";
import { Tampered, type Written } from "./support/tampered";

const role = "arn:aws:iam::333333333333:role/platform/rotation-administrators";
const rotator = "arn:aws:iam::111111111111:role/platform/rotation-prod-postgres";
const name = "rotation-administrators";

describe("an administrator's login that a database service keeps, and who reads it", function () {
  this.timeout(240_000);
  const plan = managedAdministratorPlan();
  let tampered: Tampered;

  before(async () => {
    const stacks = await buildStacks(plan, () => {});
    tampered = new Tampered(plan, stacks);
  });

  it("is read by that role, and by no consumer or function itself", () => {
    const { unexpected, weakened, openers, grants } = tampered.with("prod");
    assert.deepEqual({ unexpected, weakened, openers }, { unexpected: [], weakened: [], openers: [] });
    const readers = grants.filter(({ item }) => item === managedArns.prod).map(({ principal }) => principal);
    assert.ok(readers.includes(role));
    for (const arn of readers) assert.ok(arn === role || !arn.includes("/platform/"), arn);
  });

  const policy = (edit: (statement: Written) => void) =>
    tampered.document("prod", "rolePolicy", `${name}-policy`, (find) => edit(find("ReadAdministrators")));

  for (const [what, edit] of [
    ["every secret of RDS", (one: Written) => void (one["Resource"] = managedArns.prod.replace(/!.*/, "!*"))],
    [
      "any secret of that name",
      (one: Written) => void (one["Resource"] = `${managedArns.prod.slice(0, -6)}??????`),
    ],
    ["every call", (one: Written) => void (one["Action"] = "secretsmanager:*")],
    ["nothing", (one: Written) => void (one["Effect"] = "Deny")],
  ] as const)
    it(`is seen where the role's policy says ${what}`, () => {
      const { weakened, unexpected, openers } = policy(edit);
      assert.ok(weakened.length + unexpected.length + openers.length > 0);
    });

  for (const Resource of [
    "*",
    [role, "arn:aws:iam::333333333333:role/platform/secrets-break-glass"],
    role.replace(/administrators$/, "*"),
  ])
    it(`is seen where the function may also take on ${JSON.stringify(Resource)}`, () => {
      const { openers } = tampered.document(
        "security",
        "rolePolicy",
        "rotation-prod-postgres-policy",
        (find) => {
          find("ReadManagedAdministrators")["Resource"] = Resource;
        },
      );
      assert.deepEqual(
        openers.map(({ statement, actions }) => [statement, actions]),
        [["ReadManagedAdministrators", ["sts:AssumeRole"]]],
      );
    });

  const trust = (edit: (statement: Written) => void) =>
    tampered.changed("prod", "role", `${name}-role`, ({ inputs }) => {
      const document = JSON.parse(inputs["assumeRolePolicy"] as string) as { Statement: Written[] };
      for (const statement of document.Statement) edit(statement);
      return { assumeRolePolicy: JSON.stringify(document) };
    });

  for (const [what, edit] of [
    ["without a condition", (one: Written) => void delete one["Condition"]],
    ["without the organisation", (one: Written) => void delete one.Condition!["StringEquals"]],
    ["without the role", (one: Written) => void delete one.Condition!["ArnEquals"]],
    [
      "by another function",
      (one: Written) =>
        void (one.Condition!["ArnEquals"] = { "aws:PrincipalArn": [rotator, `${rotator}-2`] }),
    ],
    [
      "by any function",
      (one: Written) =>
        void (one.Condition = { ...one.Condition, ArnEquals: { "aws:PrincipalArn": `${rotator}*` } }),
    ],
    ["by Lambda", (one: Written) => void (one["Principal"] = { Service: "lambda.amazonaws.com" })],
  ] as const)
    it(`is seen where the role's trust lets in ${what}`, () => {
      assert.deepEqual(
        trust(edit).openers.map(({ statement }) => statement),
        ["RotationAssumes"],
      );
    });

  it("is read for rotation, as audits say", () => {
    const item = plan.managedSecrets.find(({ environment }) => environment === "prod");
    const finding = (arn: string) =>
      accessFinding(plan, { kind: "role", name: arn, account: "333333333333" } as never, item);
    assert.equal(finding(role), "rotation");
    assert.equal(finding(`${role}-2`), "unexplained");
    assert.equal(finding(role.replace("/platform", "")), "unexplained");
  });

  it("is opened wider where a manifest begins to name it, as a comparison says", () => {
    const [before, after] = [true, false].map((without) =>
      inventoryOfPlan(managedAdministratorPlan({ without }), []),
    );
    const said = compare(before!, after!).filter(({ about }) => about === "orders/prod");
    const [found] = said.filter(({ text }) => text.includes(role));
    assert.equal(found?.effect, "widened", said.map(({ text }) => text).join("\n"));
  });

  it("is proved in accounts of their own too", async () => {
    const sharded = managedAdministratorPlan({ sharded: true });
    const { unexpected, weakened, openers } = proveAccess(sharded, await buildStacks(sharded, () => {}));
    assert.deepEqual({ unexpected, weakened, openers }, { unexpected: [], weakened: [], openers: [] });
  });
});
