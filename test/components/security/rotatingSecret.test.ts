import assert from "node:assert/strict";
import { Permission } from "@pulumi/aws/lambda";
import { isUnknown } from "@pulumi/pulumi";
import { RotatingSecret } from "../../../components/security/rotatingSecret";
import type { RotatingSecretArgs } from "../../../components/security/rotatingSecretArgs";
import { SecretValue } from "../../../components/values/secretValue";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { keyArn, policyNamed, policyTooLong, tags } from "../support/organisation";
import { settle } from "../support/settle";

const functionArn = "arn:aws:lambda:eu-west-1:111111111111:function:rotation-prod-generated";

const args: RotatingSecretArgs = {
  secretName: "orders/prod/webhook-signing-key",
  description: "Signs the webhooks we send",
  keyArn,
  policy: policyNamed("Readers"),
  recoveryWindowDays: 30,
  rotation: { functionArn, scheduleExpression: "rate(90 days)", immediately: true },
  tags,
};

const secretArn =
  "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/webhook-signing-key-AbCdEf";

describe("RotatingSecret", () => {
  it("makes the secret, its policy and its rotation", async () => {
    const { created, named, result } = await runProgram(() => new RotatingSecret("key", args));
    assert.deepEqual(created, [
      "aws:secretsmanager/secret:Secret key-secret",
      "aws:secretsmanager/secretPolicy:SecretPolicy key-policy",
      "aws:secretsmanager/secretRotation:SecretRotation key-rotation",
    ]);
    assert.deepEqual(named("key-secret").inputs, {
      name: "orders/prod/webhook-signing-key",
      description: "Signs the webhooks we send",
      kmsKeyId: keyArn,
      recoveryWindowInDays: 30,
      forceOverwriteReplicaSecret: false,
      replicas: [],
      tags,
    });
    assert.deepEqual(named("key-policy").inputs, {
      secretArn,
      policy: JSON.stringify(policyNamed("Readers")),
      blockPublicPolicy: true,
    });
    assert.deepEqual(named("key-rotation").inputs, {
      secretId: secretArn,
      rotationLambdaArn: functionArn,
      rotationRules: { scheduleExpression: "rate(90 days)" },
      rotateImmediately: true,
    });
    assert.deepEqual(await settle(result.arn), [secretArn]);
  });

  it("replicates under a key of each region", async () => {
    const replicas = [{ region: "eu-central-1", keyArn: keyArn.replace("eu-west-1", "eu-central-1") }];
    const { named } = await runProgram(() => new RotatingSecret("key", { ...args, replicas }));
    assert.deepEqual(named("key-secret").inputs.replicas, [
      { region: "eu-central-1", kmsKeyId: keyArn.replace("eu-west-1", "eu-central-1") },
    ]);
  });

  it("leaves a password that cannot log in yet alone", async () => {
    const rotation = { ...args.rotation, immediately: false };
    const { named } = await runProgram(() => new RotatingSecret("key", { ...args, rotation }));
    assert.equal(named("key-rotation").inputs.rotateImmediately, false);
  });

  it("gives the rotation window in AWS's form", async () => {
    const rotation = { ...args.rotation, scheduleExpression: "cron(0 4 ? * SUN *)", windowHours: 3 };
    const { named } = await runProgram(() => new RotatingSecret("key", { ...args, rotation }));
    assert.deepEqual(named("key-rotation").inputs.rotationRules, {
      scheduleExpression: "cron(0 4 ? * SUN *)",
      duration: "3h",
    });
  });

  it("puts the first value after the policy and before the rotation", async () => {
    const { named } = await runProgram(() => {
      const after = new Permission("invoke", {
        action: "lambda:InvokeFunction",
        function: functionArn,
        principal: "secretsmanager.amazonaws.com",
      });
      return new RotatingSecret("key", {
        ...args,
        rotation: { ...args.rotation, after },
        firstValue: (name, secretId, opts) =>
          new SecretValue(name, { secretId, shape: { form: "string" } }, opts),
      });
    });
    assert.deepEqual(named("key-policy").dependsOn, ["key-secret"]);
    assert.deepEqual(named("key-value").dependsOn, ["key-policy", "key-secret"]);
    assert.equal(named("key-value").parent, "key");
    assert.equal(named("key-value").inputs.secretId, secretArn);
    assert.deepEqual(named("key-rotation").dependsOn, ["invoke", "key-secret", "key-value"]);
  });

  it("turns rotation on after the policy where nothing puts a value", async () => {
    const { named } = await runProgram(() => new RotatingSecret("key", args));
    assert.deepEqual(named("key-rotation").dependsOn, ["key-policy", "key-secret"]);
  });

  it("takes over a restored secret without insisting on what an import cannot tell", async () => {
    const { named } = await runProgram(() => new RotatingSecret("key", { ...args, importArn: secretArn }));
    assert.equal(named("key-secret").importId, secretArn);
    assert.deepEqual(named("key-secret").ignoreChanges, [
      "description",
      "forceOverwriteReplicaSecret",
      "kmsKeyId",
      "recoveryWindowInDays",
      "replicas",
      "tags",
      "tagsAll",
    ]);
    const { named: made } = await runProgram(() => new RotatingSecret("key", args));
    assert.equal(made("key-secret").importId, "");
    assert.deepEqual(made("key-secret").ignoreChanges, []);
  });

  it("hands protection on to every child", async () => {
    const { registrations } = await runProgram(() => new RotatingSecret("key", args, { protect: true }));
    assert.deepEqual(
      registrations.map(({ protect }) => protect),
      [true, true, true, true],
    );
  });

  it("shows the policy in a first preview", async () => {
    const { named } = await runProgram(() => new RotatingSecret("key", args), { preview: true });
    assert.equal(named("key-policy").inputs.policy, JSON.stringify(policyNamed("Readers")));
    assert(isUnknown(named("key-policy").inputs.secretArn), "what AWS makes up must be unknown here");
  });

  it("rotates a partner's secret by a role, and refuses what has not the one thing that goes with it", async () => {
    const roleArn = "arn:aws:iam::111111111111:role/platform/rotation-prod-partner-orders-crm-0a1b2c3d";
    const { functionArn: by, ...schedule } = args.rotation;
    const partner = { roleArn, metadata: { apiVersion: "v65.0" } };
    const type = "SalesforceClientSecret" as const;
    const { named } = await runProgram(
      () => new RotatingSecret("key", { ...args, type, rotation: { ...schedule, partner } }),
    );
    assert.equal(named("key-secret").inputs.type, type);
    assert.equal(named("key-rotation").inputs.externalSecretRotationRoleArn, roleArn);
    assert.equal("rotationLambdaArn" in named("key-rotation").inputs, false);
    for (const [wrong, said] of [
      [{ type, rotation: args.rotation }, /^functionArn was found with a type.*`rotation\.partner` alone/],
      [
        { rotation: { ...schedule, partner } },
        /^partner was found without a type.*`rotation\.functionArn` alone/,
      ],
      [{ type, rotation: { ...schedule, partner, functionArn: by! } }, /^functionArn and partner was found/],
      [{ rotation: schedule }, /^nothing that rotates it was found without a type/],
    ] as const) {
      const { result } = await runProgram(() =>
        rejected(() => new RotatingSecret("key", { ...args, ...wrong })),
      );
      assert.deepEqual(Object.keys(result), ["rotation"]);
      assert.match(result["rotation"] ?? "", said);
    }
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new RotatingSecret("key", {
            secretName: "orders/prod/key-abcdef",
            description: "",
            keyArn: "alias/prod/configuration",
            policy: policyTooLong(),
            recoveryWindowDays: 0,
            replicas: [
              { region: "eu-central-1", keyArn: "x" },
              { region: "eu-central-1", keyArn },
            ],
            rotation: {
              functionArn: `${functionArn}:1`,
              scheduleExpression: "rate(91 days)",
              windowHours: 25,
              immediately: true,
            },
            importArn: secretArn,
            tags: {},
          }),
      ),
    );
    assert.deepEqual(Object.keys(result), [
      "secretName",
      "description",
      "keyArn",
      "policy",
      "recoveryWindowDays",
      "replicas[0].keyArn",
      "replicas",
      "rotation.functionArn",
      "rotation.scheduleExpression",
      "rotation.windowHours",
      "importArn",
      "tags",
    ]);
  });

  for (const [scheduleExpression, accepted] of [
    ["rate(4 hours)", true],
    ["rate(3 hours)", false],
    ["rate(2160 hours)", true],
    ["rate(2161 hours)", false],
    ["rate(90 days)", true],
    ["rate(0 days)", false],
    ["rate(1 week)", false],
    ["cron(0 8 1 * ? *)", true],
    ["cron(30 8 1 * ? *)", false],
    ["every 30 days", false],
  ] as const) {
    it(`${accepted ? "accepts" : "rejects"} ${scheduleExpression}`, async () => {
      const rotation = { ...args.rotation, scheduleExpression };
      const construct = () => new RotatingSecret("key", { ...args, rotation });
      const { result } = await runProgram(() => (accepted ? {} : rejected(construct)));
      if (accepted) await runProgram(construct);
      else assert.deepEqual(Object.keys(result), ["rotation.scheduleExpression"]);
    });
  }

  it("says of a schedule that is none how to write one, and of another how often a secret is rotated", async () => {
    const refused = async (scheduleExpression: string) => {
      const wrong = { ...args, rotation: { ...args.rotation, scheduleExpression } };
      return (await runProgram(() => rejected(() => new RotatingSecret("key", wrong)))).result;
    };
    assert.deepEqual(await refused("rate(91 days)"), {
      "rotation.scheduleExpression":
        '"rate(91 days)" was found; a secret is rotated every 4 hours at most and every 90 days at least; choose a time between',
    });
    const unread = await refused("every 30 days");
    assert.match(
      unread["rotation.scheduleExpression"] ?? "",
      /^"every 30 days" was found; .*; write it like `cron\(/,
    );
  });
});
