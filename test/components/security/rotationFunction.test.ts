import assert from "node:assert/strict";
import { asset } from "@pulumi/pulumi";
import { RotationFunction, type RotationFunctionArgs } from "../../../components/security/rotationFunction";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { keyArn, policyNamed, policyTooLong, tags } from "../support/organisation";
import { settle } from "../support/settle";

const args: RotationFunctionArgs = {
  functionName: "rotation-prod-generated",
  roleName: "rotation-prod-generated",
  description: "Rotates generated secrets of prod",
  policy: policyNamed("Rotate"),
  code: new asset.AssetArchive({ "index.js": new asset.StringAsset("exports.handler = () => {};") }),
  logs: { retentionDays: 365, keyArn },
  account: "111111111111",
  tags,
};

describe("RotationFunction", () => {
  it("takes the time that a step is given, within Lambda's", async () => {
    const { named } = await runProgram(
      () => new RotationFunction("generated", { ...args, timeoutSeconds: 600 }),
    );
    assert.equal(named("generated-function").inputs.timeout, 600);
    const wrong = rejected(() => new RotationFunction("generated", { ...args, timeoutSeconds: 901 }));
    assert.deepEqual(Object.keys(wrong), ["timeoutSeconds"]);
  });

  it("makes role, log group, function and the permission to call it", async () => {
    const { created, named, result } = await runProgram(() => new RotationFunction("generated", args));
    assert.deepEqual(created, [
      "aws:cloudwatch/logGroup:LogGroup generated-logs",
      "aws:iam/role:Role generated-role",
      "aws:iam/rolePolicy:RolePolicy generated-policy",
      "aws:lambda/function:Function generated-function",
      "aws:lambda/permission:Permission generated-invoke",
    ]);
    const { code, ...inputs } = named("generated-function").inputs;
    assert(asset.AssetArchive.isInstance(code));
    assert.deepEqual(inputs, {
      name: "rotation-prod-generated",
      description: "Rotates generated secrets of prod",
      role: "arn:aws:iam::111111111111:role/platform/rotation-prod-generated",
      handler: "index.handler",
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      timeout: 60,
      memorySize: 256,
      tags,
    });
    assert.deepEqual(named("generated-invoke").inputs, {
      statementId: "SecretsManagerRotates",
      action: "lambda:InvokeFunction",
      function: "rotation-prod-generated",
      principal: "secretsmanager.amazonaws.com",
      sourceAccount: "111111111111",
    });
    assert.deepEqual(await settle(result.functionArn), [
      "arn:aws:lambda:eu-west-1:111111111111:function:rotation-prod-generated",
    ]);
  });

  it("is run by Lambda alone, under /platform/, with its own policy", async () => {
    const { named } = await runProgram(() => new RotationFunction("generated", args));
    const { inputs } = named("generated-role");
    assert.equal(inputs.path, "/platform/");
    const trust = JSON.parse(String(inputs.assumeRolePolicy)) as { Statement: { Principal: unknown }[] };
    assert.deepEqual(
      trust.Statement.map(({ Principal }) => Principal),
      [{ Service: "lambda.amazonaws.com" }],
    );
    assert.equal(named("generated-policy").inputs.policy, JSON.stringify(policyNamed("Rotate")));
  });

  it("keeps encrypted logs, and waits for them and its policy", async () => {
    const { named } = await runProgram(() => new RotationFunction("generated", args));
    assert.deepEqual(named("generated-logs").inputs, {
      name: "/aws/lambda/rotation-prod-generated",
      retentionInDays: 365,
      kmsKeyId: keyArn,
      tags,
    });
    assert.deepEqual(named("generated-function").dependsOn, [
      "generated-logs",
      "generated-policy",
      "generated-role",
    ]);
  });

  it("runs in a network, with variables encrypted and calls limited, where asked to", async () => {
    const network = {
      subnetIds: ["subnet-0a1b2c3d4e5f60003"],
      securityGroupIds: ["sg-0a1b2c3d4e5f60002"],
    };
    const { named } = await runProgram(
      () =>
        new RotationFunction("postgres", {
          ...args,
          network,
          environment: { LOG_LEVEL: "info" },
          reservedConcurrency: 5,
          memoryMegabytes: 512,
        }),
    );
    const { inputs } = named("postgres-function");
    assert.deepEqual(inputs.vpcConfig, network);
    assert.deepEqual(inputs.environment, { variables: { LOG_LEVEL: "info" } });
    assert.equal(inputs.kmsKeyArn, keyArn);
    assert.equal(inputs.reservedConcurrentExecutions, 5);
    assert.equal(inputs.memorySize, 512);
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new RotationFunction("generated", {
            ...args,
            functionName: "a/b",
            roleName: "",
            description: "x".repeat(257),
            policy: policyTooLong(),
            environment: { "1st": "hidden".repeat(1000) },
            memoryMegabytes: 64,
            logs: { retentionDays: 42, keyArn: "key" },
            network: { subnetIds: [], securityGroupIds: ["sg-1", "sg-1"] },
            reservedConcurrency: 0,
            account: "1111",
            tags: {},
          }),
      ),
    );
    assert.deepEqual(Object.keys(result), [
      "functionName",
      "roleName",
      "description",
      "policy",
      "environment",
      "memoryMegabytes",
      "logs.retentionDays",
      "logs.keyArn",
      "network.subnetIds",
      "network.securityGroupIds",
      "reservedConcurrency",
      "tags",
      "account",
    ]);
    assert.match(result.environment ?? "", /^1st was found;.*\n6003 characters were found;/);
    assert(!JSON.stringify(result).includes("hidden"), "no variable's value may be repeated");
  });
});
