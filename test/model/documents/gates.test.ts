import assert from "node:assert/strict";
import { environmentKeyPolicy } from "../../../model/documents/environmentKeyPolicy";
import { policyText } from "../../../model/documents/policy";
import type { KeyPlan, Plan, RolePlan, SecretPlan } from "../../../model/plan/types";
import { samplePlan } from "../plan/support/samples";
import { Access, type Actor, allowedByOwn, secretArn } from "./support/access";
import { decide } from "./support/evaluator";
import { itemsOf, rolesOf } from "./support/grants";

/** Each gate by itself: none may hang on another that would close behind it. */
describe("one gate alone", () => {
  let plan: Plan;
  let access: Access;

  before(() => {
    plan = samplePlan();
    access = new Access(plan);
  });

  it("a role's own policies: allow reading what was granted, by whatever boundary", () => {
    for (const role of rolesOf(plan)) {
      const { arn: own, account, organisation, policies } = access.consumer(role);
      const actor: Actor = { arn: own, account, organisation, policies };
      const open = itemsOf(plan).filter((item) =>
        allowsReading(actor, item.kind === "secret" ? secretArn(plan, item) : item.arn),
      );
      assert.deepEqual(
        open.map(({ item }) => item).sort(),
        role.grants.map(({ item }) => item).sort(),
        role.name,
      );
    }
  });

  it("people's own policies: writers and auditors read nothing, developers no secret", () => {
    for (const { account } of plan.organisation.stacks) {
      for (const item of itemsOf(plan)) {
        const arn = item.kind === "secret" ? secretArn(plan, item) : item.arn;
        for (const person of ["writers", "auditors"] as const) {
          assert.ok(!allowsReading(access.person(person, account), arn), `${person} ${arn}`);
        }
        if (item.kind !== "parameter")
          assert.ok(!allowsReading(access.person("developers", account), arn), arn);
      }
    }
  });

  it("the boundary: lets read this environment alone, and change no value, key, role or trail, whatever settings add", () => {
    const wide = new Access(withEverythingInSettings(plan));
    for (const role of rolesOf(plan)) {
      for (const given of [access, wide]) {
        const actor = { ...given.consumer(role), policies: access.mighty(role.account, "x").policies };
        for (const item of itemsOf(plan)) {
          const arn = item.kind === "secret" ? secretArn(plan, item) : item.arn;
          assert.equal(
            allowsReading(actor, arn),
            item.environment === role.environment,
            `${role.name} ${arn}`,
          );
        }
        for (const [action, resource] of changes(plan, role)) {
          assert.ok(!allowedByOwn(actor, { caller: actor, action, resource }), `${role.name} ${action}`);
        }
      }
    }
  });

  it("a key's policy: opens to consumers what is under it and nothing else", () => {
    const home = plan.organisation.region;
    const secret = (name: string) => plan.secrets.find((candidate) => candidate.name === name)!;
    const reader = access.mighty("333333333333", "services/orders/orders-prod-api");
    const via = (of: SecretPlan, under: SecretPlan) =>
      access.canUseKey(reader, under.key, home, {
        action: "kms:Decrypt",
        service: "secretsmanager",
        item: secretArn(plan, of),
      });
    const [orders, payments, staging] = [
      secret("orders/prod/database"),
      secret("payments/prod/ledger"),
      secret("orders/staging/database"),
    ];
    assert.equal(via(orders, orders), true);
    assert.equal(via(payments, payments), true, "behind it stands the secret's policy");
    assert.equal(via(payments, orders), true, "the environment's key is not told services apart");
    assert.equal(via(orders, payments), false, "payments has a key of its own");
    assert.equal(via(staging, orders), false);
    assert.equal(via(staging, staging), false, "another environment's account");
    for (const action of ["kms:GenerateDataKey", "kms:Encrypt", "kms:ReEncryptFrom", "kms:CreateGrant"]) {
      const arn = secretArn(plan, orders);
      assert.equal(
        access.canUseKey(reader, orders.key, home, { action, service: "secretsmanager", item: arn }),
        false,
        action,
      );
    }
  });

  it("a key's policy: opens parameters to exactly the roles that read some, whatever else they may", () => {
    for (const parameter of plan.parameters) {
      if (parameter.key === undefined) continue;
      const [reader] = parameter.readers;
      const elsewhere = parameter.arn.replace(`/${parameter.environment}/`, "/test/");
      if (reader !== undefined) {
        assert.ok(
          !opens(access.mighty(reader.account, reader.arn.split(":role/")[1]!), parameter.key, elsewhere),
        );
      }
      const use = (actor: Actor) => opens(actor, parameter.key!, parameter.arn);
      const known = new Set(
        plan.parameters
          .filter(({ key }) => key === parameter.key)
          .flatMap(({ readers }) => readers.map(({ arn }) => arn)),
      );
      for (const role of rolesOf(plan)) {
        assert.equal(
          use(access.mighty(role.account, role.arn.split(":role/")[1]!)),
          known.has(role.arn),
          `${role.name} ${parameter.name}`,
        );
      }
      const { deployer, administrators } = plan.organisation.principals;
      for (const name of [
        deployer,
        ...administrators,
        "platform/secrets-writers",
        "platform/secrets-auditors",
        "Administrator",
      ]) {
        assert.equal(use(access.mighty(parameter.account, name)), false, `${name} ${parameter.name}`);
      }
      assert.equal(
        use(access.mighty(parameter.account, "platform/secrets-developers")),
        parameter.environment === "staging",
      );
    }
  });

  it("a key's policy: lets nobody use it but through Secrets Manager and Parameter Store", () => {
    const users = ["platform-deployer", "platform/secrets-writers", "platform/secrets-break-glass"];
    const readers = rolesOf(plan).map(({ arn }) => arn.split(":role/")[1]!);
    const uses = [
      "Decrypt",
      "GenerateDataKey",
      "GenerateDataKeyWithoutPlaintext",
      "Encrypt",
      "ReEncryptFrom",
    ];
    for (const key of plan.keys) {
      const policy = policyText(environmentKeyPolicy(plan, key, plan.organisation.region));
      for (const { account } of plan.organisation.stacks) {
        for (const caller of [...users, ...readers].map((name) => access.mighty(account, name))) {
          for (const action of [...uses, "CreateGrant"].map((use) => `kms:${use}`)) {
            assert.equal(
              decide(policy, { caller, action, resource: "*" }),
              "nothing",
              `${caller.arn} ${action}`,
            );
          }
        }
      }
    }
  });

  it("a secret's policy: opens it to its readers in their account, and closes it to all but them, its rotators and break-glass", () => {
    for (const secret of plan.secrets) {
      for (const account of plan.organisation.stacks.map((stack) => stack.account)) {
        const names = [
          "platform-deployer",
          "platform/secrets-writers",
          "services/orders/imposter",
          "Administrator",
        ];
        for (const name of names)
          assert.notEqual(access.secretVerdict(access.mighty(account, name), secret), "allow");
        assert.equal(access.secretVerdict(access.mighty(account, "Administrator"), secret), "deny");
      }
      for (const { account, arn } of secret.readers) {
        assert.equal(access.secretVerdict(access.mighty(account, arn.split(":role/")[1]!), secret), "allow");
      }
      assert.equal(access.secretVerdict(access.person("breakGlass", secret.account), secret), "nothing");
    }
  });

  /** Decrypt through Parameter Store of what is encrypted for that parameter. */
  function opens(actor: Actor, key: KeyPlan, parameter: string): boolean {
    return access.canUseKey(actor, key, plan.organisation.region, {
      action: "kms:Decrypt",
      service: "ssm",
      item: parameter,
    });
  }

  function allowsReading(actor: Actor, resource: string): boolean {
    return [
      "secretsmanager:GetSecretValue",
      "secretsmanager:BatchGetSecretValue",
      "ssm:GetParameter",
      "ssm:GetParameters",
      "ssm:GetParametersByPath",
      "ssm:GetParameterHistory",
    ].some(
      (action) =>
        action.startsWith(resource.split(":")[2]!) &&
        allowedByOwn(actor, { caller: actor, action, resource }),
    );
  }
});

/** Settings of the stacks that would allow every role all that a boundary is to hold back. */
function withEverythingInSettings(plan: Plan): Plan {
  const services = ["cloudtrail", "iam", "kms", "logs", "secretsmanager", "ssm"];
  const boundary = services.map((service) => ({
    actions: [`${service}:*`],
    resources: [`arn:aws:${service}:*`],
  }));
  const stacks = plan.organisation.stacks.map((stack) =>
    stack.kind === "workload" ? { ...stack, boundary } : stack,
  );
  return { ...plan, organisation: { ...plan.organisation, stacks } };
}

function changes(plan: Plan, role: RolePlan): readonly (readonly [string, string])[] {
  const { account, environment } = role;
  const secret = plan.secrets.find((candidate) => candidate.environment === environment)!;
  const parameter = plan.parameters.find((candidate) => candidate.environment === environment)!;
  return [
    ["secretsmanager:PutSecretValue", secretArn(plan, secret)],
    ["secretsmanager:UpdateSecretVersionStage", secretArn(plan, secret)],
    ["secretsmanager:PutResourcePolicy", secretArn(plan, secret)],
    ["ssm:PutParameter", parameter.arn],
    ["kms:PutKeyPolicy", `arn:aws:kms:eu-west-1:${account}:key/x`],
    ["kms:CreateGrant", `arn:aws:kms:eu-west-1:${account}:key/x`],
    ["iam:PutRolePolicy", role.arn],
    ["iam:DeleteRolePermissionsBoundary", role.arn],
    ["iam:PassRole", role.arn],
    ["cloudtrail:StopLogging", `arn:aws:cloudtrail:eu-west-1:${account}:trail/secrets-platform`],
    ["logs:DeleteLogGroup", `arn:aws:logs:eu-west-1:${account}:log-group:/secrets-platform/trail`],
  ];
}
