import assert from "node:assert/strict";
import { asset } from "@pulumi/pulumi";
import type { BuiltStack } from "../../cli/inMemory/buildStack";
import { buildStacks } from "../../cli/inMemory/buildStacks";
import type { ExpiryWatchSettings } from "../../model/functions/settings";
import { partnerRoleName } from "../../model/plan/names";
import type { Plan } from "../../model/plan/types";
import { proveAccess } from "../../model/proof/proof";
import { evaluate } from "../../policies/pack/evaluate";
import { planSettings } from "../../policies/pack/planSettings";
import { rules } from "../../policies/rules";
import { partnersPlan } from "../model/plan/support/partners";
import { ofType, stackNamed } from "./support/built";
import { runStack } from "./support/runStack";

interface Statement {
  readonly Sid: string;
}

describe("the security stack of secrets at partners", function () {
  this.timeout(240_000);
  let plan: Plan;
  let stacks: readonly BuiltStack[];
  let stack: BuiltStack;

  before(async () => {
    plan = partnersPlan();
    stacks = await buildStacks(plan, () => {});
    stack = stackNamed({ plan, stacks }, "security");
  });

  const named = (type: string, name: string) => {
    const found = ofType(stack, type).find((resource) => resource.name === name);
    assert.ok(
      found,
      `no ${name} among ${ofType(stack, type)
        .map((one) => one.name)
        .join()}`,
    );
    return found.inputs;
  };

  it("makes each of its type, with a rotation by a role and no function", () => {
    const crm = named("aws:secretsmanager/secret:Secret", "sales/prod/crm-secret");
    assert.equal(crm["type"], "SalesforceClientSecret");
    const rotation = named("aws:secretsmanager/secretRotation:SecretRotation", "sales/prod/crm-rotation");
    const roleName = partnerRoleName("sales/prod/crm");
    assert.deepEqual(
      { ...rotation, secretId: undefined },
      {
        secretId: undefined,
        externalSecretRotationRoleArn: `arn:aws:iam::${plan.secrets[0]!.account}:role/platform/${roleName}`,
        externalSecretRotationMetadatas: [{ key: "apiVersion", value: "v65.0" }],
        rotationRules: { scheduleExpression: "rate(30 days)" },
        // Nothing was supplied yet that could log in.
        rotateImmediately: false,
      },
    );
  });

  it("turns rotation on once the role may do its work and the stand-in is there: AWS checks the role then", () => {
    const rotation = stack.resources.find(({ name }) => name === "sales/prod/crm-rotation");
    const after = rotation?.dependencies.map((urn) => urn.slice(urn.lastIndexOf("::") + 2));
    for (const name of [`${partnerRoleName("sales/prod/crm")}-policy`, "sales/prod/crm-value"])
      assert.ok(after?.includes(name), after?.join());
  });

  it("tells the partner what its page takes, and one that takes nothing nothing", () => {
    const told = (name: string) =>
      named("aws:secretsmanager/secretRotation:SecretRotation", `sales/prod/${name}-rotation`)[
        "externalSecretRotationMetadatas"
      ];
    assert.deepEqual(told("warehouse"), [
      { key: "cryptographicAlgorithm", value: "RS512" },
      { key: "encryptPrivateKey", value: "True" },
    ]);
    assert.deepEqual(told("catalogue"), []);
  });

  it("gives no type to a secret that a function rotates, nor a role", () => {
    const key = named("aws:secretsmanager/secret:Secret", "sales/prod/signing-key-secret");
    assert.equal("type" in key, false);
    const rotation = named(
      "aws:secretsmanager/secretRotation:SecretRotation",
      "sales/prod/signing-key-rotation",
    );
    assert.equal("externalSecretRotationRoleArn" in rotation, false);
    assert.match(String(rotation["rotationLambdaArn"]), /:function:rotation-prod-generated$/);
  });

  it("lets Secrets Manager alone assume the role, for that secret of that account", () => {
    const name = partnerRoleName("sales/prod/crm");
    const role = named("aws:iam/role:Role", `${name}-role`);
    const { account } = plan.secrets[0]!;
    const arn = `arn:aws:secretsmanager:eu-west-1:${account}:secret:sales/prod/crm-??????`;
    assert.equal(role["path"], "/platform/");
    assert.deepEqual(JSON.parse(String(role["assumeRolePolicy"])), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "ServiceAssumes",
          Effect: "Allow",
          Principal: { Service: "secretsmanager.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": account },
            ArnLike: { "aws:SourceArn": arn },
          },
          Action: "sts:AssumeRole",
        },
      ],
    });
  });

  it("lets the role read and write that secret alone, by its key and through Secrets Manager", () => {
    const name = partnerRoleName("sales/prod/crm");
    const { policy } = named("aws:iam/rolePolicy:RolePolicy", `${name}-policy`);
    const [rotate, password, encrypt] = (
      JSON.parse(String(policy)) as { Statement: Record<string, unknown>[] }
    ).Statement;
    const { account } = plan.secrets[0]!;
    assert.deepEqual(rotate, {
      Sid: "RotateSecret",
      Effect: "Allow",
      Action: [
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetSecretValue",
        "secretsmanager:PutSecretValue",
        "secretsmanager:UpdateSecretVersionStage",
      ],
      Resource: `arn:aws:secretsmanager:eu-west-1:${account}:secret:sales/prod/crm-??????`,
    });
    assert.equal(password?.["Action"], "secretsmanager:GetRandomPassword");
    assert.deepEqual(encrypt?.["Action"], ["kms:Decrypt", "kms:GenerateDataKey"]);
  });

  it("tells the daily watch whose it is, so that another role or partner is noticed", async () => {
    const settings = new Map<string, object>();
    await runStack(plan, "security", {
      functionCode: (entry, given) => {
        settings.set(entry, given);
        return new asset.StringAsset(entry);
      },
    });
    const { expectedRotations } = settings.get("expiryWatch/entry") as ExpiryWatchSettings;
    const { account } = plan.secrets[0]!;
    assert.deepEqual(
      expectedRotations?.find(({ name }) => name === "sales/prod/crm"),
      {
        name: "sales/prod/crm",
        partner: {
          type: "SalesforceClientSecret",
          role: `arn:aws:iam::${account}:role/platform/${partnerRoleName("sales/prod/crm")}`,
          metadata: { apiVersion: "v65.0" },
        },
        expression: "rate(30 days)",
        longestDays: 30,
      },
    );
  });

  it("gives the pack nothing to refuse", () => {
    for (const { resources } of stacks) {
      const found = evaluate(rules, resources, { settings: planSettings(plan) });
      assert.deepEqual(
        found.filter(({ level }) => level === "mandatory"),
        [],
      );
    }
  });

  it("lets nobody read that is not meant to, and all that are", () => {
    const { unexpected, weakened, grants } = proveAccess(plan, stacks);
    assert.deepEqual([unexpected, weakened], [[], []]);
    const role = `role/platform/${partnerRoleName("sales/prod/crm")}`;
    assert.deepEqual(
      grants
        .filter(({ principal }) => principal.endsWith(role))
        .map(({ item }) => item.replace(/^.*:secret:(.*)-.{6}$/, "$1")),
      ["sales/prod/crm"],
    );
  });

  for (const [what, change] of [
    ["every secret", ({ Sid }: Statement) => (Sid === "RotateSecret" ? { Resource: "*" } : {})],
    [
      "no secret",
      ({ Sid }: Statement) => (Sid === "RotateSecret" ? { Action: "secretsmanager:DescribeSecret" } : {}),
    ],
    [
      "its key without a condition",
      ({ Sid }: Statement) => (Sid === "EncryptSecret" ? { Condition: {} } : {}),
    ],
  ] as const) {
    it(`notices a role that may read ${what}`, () => {
      const name = partnerRoleName("sales/prod/crm");
      let changed = 0;
      const tampered = stacks.map((one) => ({
        ...one,
        resources: one.resources.map((resource) => {
          if (resource.name !== `${name}-policy`) return resource;
          changed++;
          const policy = JSON.parse(String(resource.inputs["policy"])) as { Statement: Statement[] };
          const Statement = policy.Statement.map((statement) => ({ ...statement, ...change(statement) }));
          const properties = { policy: JSON.stringify({ ...policy, Statement }) };
          return {
            ...resource,
            inputs: { ...resource.inputs, ...properties },
            outputs: { ...resource.outputs, ...properties },
          };
        }),
      }));
      assert.equal(changed, 1);
      const { unexpected, weakened } = proveAccess(plan, tampered);
      assert.ok(unexpected.length + weakened.length > 0);
      assert.ok(
        weakened.every(({ policy }) => policy.includes(name)),
        JSON.stringify(weakened),
      );
    });
  }
});
