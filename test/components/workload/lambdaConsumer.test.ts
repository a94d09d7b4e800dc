import { asset } from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LambdaConsumer, type LambdaConsumerArgs } from "../../../components/workload/lambdaConsumer";
import { rejected } from "../support/problems";
import { settle } from "../support/settle";
import { runProgram } from "../support/harness";
import { tags } from "../support/organisation";
import {
  boundary,
  logs,
  operationsKeyArn,
  referenceEnvironment,
  references,
  roleArgs,
  roleInputs,
} from "./support/consumer";

const code = {
  code: "examples/typescript/lambda/dist",
  handler: "index.handler",
  runtime: "nodejs22.x",
  memoryMiB: 256,
  timeoutSeconds: 30,
  subnetIds: ["subnet-a", "subnet-b"],
  securityGroupId: "sg-consumers",
};

function args(change: Partial<LambdaConsumerArgs> = {}): LambdaConsumerArgs {
  return {
    name: "orders-prod-api",
    boundary: boundary(),
    references,
    role: roleArgs("orders-prod-api"),
    logs,
    tags,
    ...change,
  };
}

const roleAndLogs = [
  "aws:cloudwatch/logGroup:LogGroup api-logs",
  "aws:iam/policy:Policy boundary",
  "aws:iam/role:Role api-role",
  "aws:iam/rolePolicy:RolePolicy api-policy",
];

describe("LambdaConsumer", () => {
  it("builds for the processors it is told, with layers, plain variables and room in /tmp", async () => {
    const layer = "arn:aws:lambda:eu-west-1:222222222222:layer:fonts:3";
    const more = { architecture: "x86_64" as const, layers: [layer], ephemeralStorageMiB: 1024 };
    const { named } = await runProgram(
      () => new LambdaConsumer("api", args({ function: { ...code, ...more, variables: { STAGE: "prod" } } })),
    );
    const { architectures, layers, ephemeralStorage, environment } = named("api-function").inputs;
    assert.deepEqual(
      { architectures, layers, ephemeralStorage },
      { architectures: ["x86_64"], layers: [layer], ephemeralStorage: { size: 1024 } },
    );
    assert.deepEqual(environment, { variables: { ...referenceEnvironment, STAGE: "prod" } });
    const wrong = { layers: [...Array<string>(5).fill(layer), "fonts"], ephemeralStorageMiB: 511 };
    const { result } = await runProgram(() =>
      rejected(() => new LambdaConsumer("api", args({ function: { ...code, ...wrong } }))),
    );
    assert.deepEqual(Object.keys(result), [
      "function.layers[5]",
      "function.layers",
      "function.ephemeralStorageMiB",
    ]);
  });

  it("makes role, policy and log group where there is no code", async () => {
    const { created, named, result } = await runProgram(() => new LambdaConsumer("api", args()));
    assert.deepEqual(created, roleAndLogs);
    assert.deepEqual(named("api-role").inputs, roleInputs("orders-prod-api", tags));
    assert.deepEqual(named("api-role").dependsOn, ["boundary"]);
    assert.deepEqual(named("api-policy").inputs, {
      name: "configuration",
      role: "orders-prod-api",
      policy: JSON.stringify(roleArgs("").policy),
    });
    assert.deepEqual(named("api-logs").inputs, {
      name: "/aws/lambda/orders-prod-api",
      retentionInDays: 365,
      kmsKeyId: operationsKeyArn,
      tags,
    });
    assert.equal(result.functionArn, undefined);
    assert.equal(result.roleArn, roleArgs("orders-prod-api").arn);
  });

  it("makes a function in the network whose environment holds references only", async () => {
    const { created, named, result } = await runProgram(
      () => new LambdaConsumer("api", args({ function: code })),
    );
    assert.deepEqual(created, [...roleAndLogs, "aws:lambda/function:Function api-function"]);
    assert.deepEqual(await settle(result.functionArn!), [
      "arn:aws:lambda:eu-west-1:111111111111:function:orders-prod-api",
    ]);
    const { code: archive, ...inputs } = named("api-function").inputs;
    assert(archive instanceof asset.AssetArchive);
    const files = await archive.assets;
    assert.deepEqual(Object.keys(files), ["charge.mjs", "index.mjs"]);
    const first = files["index.mjs"];
    assert(first instanceof asset.FileAsset);
    assert.equal(await first.path, "examples/typescript/lambda/dist/index.mjs");
    assert.deepEqual(inputs, {
      name: "orders-prod-api",
      role: roleArgs("orders-prod-api").arn,
      architectures: ["arm64"],
      runtime: "nodejs22.x",
      handler: "index.handler",
      memorySize: 256,
      timeout: 30,
      environment: { variables: referenceEnvironment },
      kmsKeyArn: operationsKeyArn,
      vpcConfig: { subnetIds: ["subnet-a", "subnet-b"], securityGroupIds: ["sg-consumers"] },
      loggingConfig: {
        logFormat: "JSON",
        logGroup: "/aws/lambda/orders-prod-api",
        applicationLogLevel: "INFO",
        systemLogLevel: "INFO",
      },
      tags,
    });
  });

  it("looks at the code again by itself, whatever was checked before", async () => {
    const root = mkdtempSync(join(tmpdir(), "lambda-"));
    try {
      mkdirSync(join(root, "code"));
      symlinkSync("/etc/hostname", join(root, "code/index.mjs"));
      const { result } = await runProgram(() =>
        rejected(() => new LambdaConsumer("api", args({ function: { ...code, code: "code", root } }))),
      );
      assert.match(result["function.code"] ?? "", /^`index.mjs` is a link that leads out of the folder;/);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it("makes the function last, since Lambda would make a log group without a key", async () => {
    const { named } = await runProgram(() => new LambdaConsumer("api", args({ function: code })));
    assert.deepEqual(named("api-function").dependsOn, ["api-logs", "api-policy", "api-role"]);
  });

  it("keeps its children under itself", async () => {
    const { registrations } = await runProgram(() => new LambdaConsumer("api", args({ function: code })));
    const children = registrations.filter(({ name }) => name.startsWith("api-"));
    assert.deepEqual([...new Set(children.map(({ parent }) => parent))], ["api"]);
  });

  it("shows everything rules judge in a first preview", async () => {
    const { named } = await runProgram(() => new LambdaConsumer("api", args({ function: code })), {
      preview: true,
    });
    assert.equal(named("api-function").inputs["role"], roleArgs("orders-prod-api").arn);
    assert.deepEqual(named("api-function").inputs["environment"], { variables: referenceEnvironment });
    assert.deepEqual(named("api-role").inputs, roleInputs("orders-prod-api", tags));
    assert.equal(named("api-policy").inputs["policy"], JSON.stringify(roleArgs("").policy));
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new LambdaConsumer(
            "api",
            args({
              name: "a".repeat(65),
              references: [
                { item: "Level", arn: "log-level" },
                ...references,
                { item: "billing-token", arn: references[1]?.arn ?? "" },
              ],
              role: {
                ...roleArgs("orders-prod-api"),
                path: "/",
                arn: "arn:aws:iam::333333333333:role/services/orders/another",
              },
              logs: { retentionDays: 100, keyArn: "alias/operations" },
              function: {
                ...code,
                code: "examples/none",
                handler: "",
                runtime: "nodejs12.x",
                memoryMiB: 64,
                timeoutSeconds: 901,
              },
              tags: {},
            }),
          ),
      ),
    );
    assert.deepEqual(Object.keys(result), [
      "name",
      "references[0].item",
      "references[0].arn",
      "tags",
      "references[4]",
      "role.path",
      "role.arn",
      "logs.retentionDays",
      "logs.keyArn",
      "function.code",
      "function.handler",
      "function.runtime",
      "function.memoryMiB",
      "function.timeoutSeconds",
    ]);
    assert.match(
      result["references[4]"] ?? "",
      /^billing-token would take the variable BILLING_TOKEN_ARN of billing\/token;/,
    );
  });
});
