import assert from "node:assert/strict";
import type { Principal } from "../../../model/audit/principal";
import { type AccessFinding, accessFinding } from "../../../model/audit/accessFinding";
import type { Plan, ReadableItem } from "../../../model/plan/types";
import { samplePlan } from "../plan/support/samples";
import { prod, security, staging } from "./support/records";

const foreign = "999999999999";
const plan = withAlarms(samplePlan());

/** prod expects a role whose name says little of its account or kind; staging and security expect nobody. */
function withAlarms(sample: Plan): Plan {
  const { organisation } = sample;
  const stacks = organisation.stacks.map((stack) =>
    stack.account === prod
      ? { ...stack, alarms: { expectedRoles: ["tools/*", "*:user/tools/migration"] } }
      : stack,
  );
  return { ...sample, organisation: { ...organisation, stacks } };
}

function itemNamed(name: string): ReadableItem {
  const { secrets, parameters } = plan;
  const parameter = parameters.find((one) => one.name === name);
  const item = parameter
    ? { ...parameter, kind: "parameter" as const }
    : secrets.find((one) => one.name === name);
  assert.ok(item, name);
  return item;
}

const role = (account: string, name: string): Principal => ({
  name: `arn:aws:iam::${account}:role/${name}`,
  account,
  kind: "role",
});
const user = (account: string, name: string): Principal => ({
  name: `arn:aws:iam::${account}:user/${name}`,
  account,
  kind: "user",
});
const account = (id: string): Principal => ({ name: `account ${id}`, account: id, kind: "account" });
const service = (name: string): Principal => ({ name, account: "", kind: "service" });

const database = itemNamed("orders/prod/database");
const administrator = itemNamed("orders/prod/database-admin");
const generated = itemNamed("orders/prod/webhook-signing-key");
const level = itemNamed("/orders/prod/log-level");
const stagingLevel = itemNamed("/orders/staging/log-level");
const origins = itemNamed("/orders/prod/allowed-origins");
const stagingToken = itemNamed("/orders/staging/partner-token");
const localLogin = itemNamed("/catalog/prod/supplier-login");

const api = "services/orders/orders-prod-api";
const worker = "services/orders/orders-prod-worker-execution";
const generator = "platform/rotation-prod-generated";
const hosted = "serverlessrepo-sp4p4bjl9-";

type Case = readonly [why: string, Principal, ReadableItem | undefined, AccessFinding];

/** Each explained reader beside those that differ from it in one thing. */
const cases: Readonly<Record<string, readonly Case[]>> = {
  granted: [
    ["its role", role(prod, api), database, "granted"],
    ["another item, which its manifest does not name", role(prod, worker), origins, "unexplained"],
    ["no item named", role(prod, api), undefined, "unexplained"],
    ["the same name in another account of ours", role(staging, api), database, "unexplained"],
    ["the same name in a foreign account", role(foreign, api), database, "unexplained"],
    ["a user of the same name", user(prod, api), database, "unexplained"],
    ["a longer name", role(prod, `${api}s`), database, "unexplained"],
    ["a longer path", role(prod, `x/${api}`), database, "unexplained"],
  ],
  account: [
    ["of a consumer", account(prod), database, "account"],
    ["ours, but of no consumer of the item", account(staging), database, "unexplained"],
    ["the owner's own", account(security), database, "unexplained"],
    ["foreign", account(foreign), database, "unexplained"],
    ["no item named", account(prod), undefined, "unexplained"],
  ],
  rotation: [
    ["of the secret", role(security, generator), generated, "rotation"],
    ["a hosted application's", role(security, `${hosted}ABCDEFGHIJKL`), database, "rotation"],
    ["of the secret whose administrator it is", role(security, `${hosted}ABC`), administrator, "rotation"],
    ["of any, where no item is named", role(security, generator), undefined, "rotation"],
    ["of another secret", role(security, generator), database, "unexplained"],
    [
      "of another environment",
      role(security, "platform/rotation-staging-generated"),
      generated,
      "unexplained",
    ],
    ["a parameter", role(security, generator), stagingToken, "unexplained"],
    ["another application's", role(security, "serverlessrepo-sp4p4bjl8-ABC"), database, "unexplained"],
    ["in the wrong account", role(prod, generator), generated, "unexplained"],
  ],
  developers: [
    ["of an open environment", role(staging, "platform/secrets-developers"), stagingLevel, "developers"],
    ["of an environment that is not open", role(prod, "platform/secrets-developers"), level, "unexplained"],
    [
      "a secret",
      role(staging, "platform/secrets-developers"),
      itemNamed("orders/staging/database"),
      "unexplained",
    ],
    ["no item named", role(staging, "platform/secrets-developers"), undefined, "unexplained"],
    ["another role of the platform", role(staging, "platform/secrets-auditors"), stagingLevel, "unexplained"],
    ["the same name on another path", role(staging, "secrets-developers"), stagingLevel, "unexplained"],
    ["of a foreign account", role(foreign, "platform/secrets-developers"), stagingLevel, "unexplained"],
  ],
  deployer: [
    ["a plain parameter", role(prod, "platform-deployer"), level, "deployer"],
    ["a list", role(prod, "platform-deployer"), origins, "deployer"],
    ["a SecureString", role(prod, "platform-deployer"), localLogin, "unexplained"],
    ["a secret", role(prod, "platform-deployer"), database, "unexplained"],
    ["no item named", role(prod, "platform-deployer"), undefined, "unexplained"],
    ["a longer name", role(prod, "platform-deployers"), level, "unexplained"],
    ["of a foreign account", role(foreign, "platform-deployer"), level, "unexplained"],
  ],
  expected: [
    ["by the account's settings", role(prod, "tools/migration"), database, "expected"],
    ["whatever it reads", role(prod, "tools/migration"), undefined, "expected"],
    ["by those of another account", role(staging, "tools/migration"), database, "unexplained"],
    ["by its name, in a foreign account", role(foreign, "tools/migration"), database, "unexplained"],
    ["on another path", role(prod, "other-tools/migration"), database, "unexplained"],
    ["a user of such a name", user(prod, "tools/migration"), database, "unexplained"],
  ],
  service: [
    ["AWS's, for itself", service("secretsmanager.amazonaws.com"), database, "service"],
    [
      "its own role",
      role(prod, "aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS"),
      database,
      "service",
    ],
    ["a path that goes on so", role(prod, "x/aws-service-role/rds.amazonaws.com/A"), database, "unexplained"],
    ["a path that begins so", role(prod, "aws-service-roles/A"), database, "unexplained"],
    ["in a foreign account", role(foreign, "aws-service-role/rds.amazonaws.com/A"), database, "unexplained"],
  ],
  "break-glass": [
    ["the role", role(security, "platform/secrets-break-glass"), database, "break-glass"],
    ["the role, no item named", role(prod, "platform/secrets-break-glass"), undefined, "break-glass"],
    ["in a foreign account", role(foreign, "platform/secrets-break-glass"), database, "unexplained"],
    ["a longer name", role(security, "platform/secrets-break-glass-x"), database, "unexplained"],
    ["on another path", role(security, "secrets-break-glass"), database, "unexplained"],
    ["a user of that name", user(security, "platform/secrets-break-glass"), database, "unexplained"],
  ],
};

describe("why somebody may read a value", () => {
  for (const [finding, readers] of Object.entries(cases)) {
    for (const [why, principal, item, expected] of readers) {
      it(`${finding}: ${why}${expected === "unexplained" ? " is no reason" : ""}`, () => {
        assert.equal(accessFinding(plan, principal, item), expected);
      });
    }
  }

  it("takes the dots of a setting for dots, and `?` for one character", () => {
    const { organisation } = plan;
    const judged = (name: string) => {
      const stacks = organisation.stacks.map((one) => ({
        ...one,
        alarms: { expectedRoles: ["a.b*", "c?"] },
      }));
      return accessFinding(
        { ...plan, organisation: { ...organisation, stacks } },
        role(prod, name),
        database,
      );
    };
    assert.deepEqual(["a.bc", "axbc", "cd", "c", "cde"].map(judged), [
      ...["expected", "unexplained", "expected", "unexplained", "unexplained"],
    ]);
  });
});
