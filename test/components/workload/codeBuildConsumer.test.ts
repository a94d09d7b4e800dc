import assert from "node:assert/strict";
import { buildSpecification } from "../../../components/workload/buildSpecification";
import {
  type BuildProjectArgs,
  CodeBuildConsumer,
  type CodeBuildConsumerArgs,
} from "../../../components/workload/codeBuildConsumer";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { tags } from "../support/organisation";
import {
  boundary,
  databaseArn,
  injected,
  levelArn,
  logs,
  operationsKeyArn,
  references,
  roleArgs,
  roleInputs,
  sharedArn,
} from "./support/consumer";

const commands = ["npm run release"];
const repository = {
  type: "CODECOMMIT",
  location: "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/orders",
} as const;

function args(change: Partial<CodeBuildConsumerArgs> = {}): CodeBuildConsumerArgs {
  return {
    name: "orders-prod-release",
    boundary: boundary(),
    references,
    role: roleArgs("orders-prod-release"),
    logs,
    project: projectArgs(),
    tags,
    ...change,
  };
}

function projectArgs(change: Partial<BuildProjectArgs> = {}): BuildProjectArgs {
  return {
    injected,
    build: { commands },
    image: "aws/codebuild/amazonlinux-aarch64-standard:3.0",
    ...change,
  };
}

function project(change: Partial<BuildProjectArgs>): CodeBuildConsumerArgs {
  return args({ project: projectArgs(change) });
}

const plain = [
  { name: "BILLING_TOKEN_ARN", type: "PLAINTEXT", value: sharedArn },
  { name: "DATABASE_ARN", type: "PLAINTEXT", value: databaseArn },
  { name: "LOG_LEVEL_ARN", type: "PLAINTEXT", value: levelArn },
];

describe("CodeBuildConsumer", () => {
  it("makes role, log group and a project of commands that stand alone", async () => {
    const { created, named } = await runProgram(() => new CodeBuildConsumer("release", args()));
    assert.deepEqual(created, [
      "aws:cloudwatch/logGroup:LogGroup release-logs",
      "aws:codebuild/project:Project release-project",
      "aws:iam/policy:Policy boundary",
      "aws:iam/role:Role release-role",
      "aws:iam/rolePolicy:RolePolicy release-policy",
    ]);
    assert.deepEqual(named("release-role").inputs, roleInputs("orders-prod-release", tags));
    assert.equal(named("release-logs").inputs["name"], "/aws/codebuild/orders-prod-release");
    assert.deepEqual(named("release-project").inputs, {
      name: "orders-prod-release",
      serviceRole: roleArgs("orders-prod-release").arn,
      source: { type: "NO_SOURCE", buildspec: buildSpecification({ commands }, injected) },
      environment: {
        type: "ARM_CONTAINER",
        image: "aws/codebuild/amazonlinux-aarch64-standard:3.0",
        imagePullCredentialsType: "CODEBUILD",
        computeType: "BUILD_GENERAL1_SMALL",
        privilegedMode: false,
        environmentVariables: plain,
      },
      artifacts: { type: "NO_ARTIFACTS" },
      encryptionKey: operationsKeyArn,
      logsConfig: {
        cloudwatchLogs: { status: "ENABLED", groupName: "/aws/codebuild/orders-prod-release" },
        s3Logs: { status: "DISABLED" },
      },
      buildTimeout: 60,
      queuedTimeout: 60,
      tags,
    });
    assert.deepEqual(named("release-project").dependsOn, ["release-logs", "release-policy", "release-role"]);
  });

  it("makes role and log group alone for builds that are set up by other means", async () => {
    const { created, result } = await runProgram(
      () => new CodeBuildConsumer("release", args({ project: undefined })),
    );
    assert.deepEqual(created, [
      "aws:cloudwatch/logGroup:LogGroup release-logs",
      "aws:iam/policy:Policy boundary",
      "aws:iam/role:Role release-role",
      "aws:iam/rolePolicy:RolePolicy release-policy",
    ]);
    assert.equal(result.projectName, undefined);
  });

  it("limits how many builds run at once only where it is told to, since AWS refuses what the account has no quota for", async () => {
    const limited = await runProgram(
      () => new CodeBuildConsumer("release", project({ concurrentBuilds: 3 })),
    );
    assert.equal(limited.named("release-project").inputs["concurrentBuildLimit"], 3);
    assert.deepEqual(
      Object.keys(rejected(() => new CodeBuildConsumer("release", project({ concurrentBuilds: 0 })))),
      ["project.concurrentBuilds"],
    );
  });

  it("injects by project variables where the specification is a file of the source", async () => {
    const { named } = await runProgram(
      () =>
        new CodeBuildConsumer("release", project({ source: repository, build: { file: "buildspec.yml" } })),
    );
    const { source, environment } = named("release-project").inputs as {
      source: unknown;
      environment: { environmentVariables: unknown };
    };
    assert.deepEqual(source, {
      ...repository,
      buildspec: "buildspec.yml",
      gitCloneDepth: 1,
      insecureSsl: false,
    });
    assert.deepEqual(environment.environmentVariables, [
      ...plain,
      { name: "DB_PASSWORD", type: "SECRETS_MANAGER", value: `${databaseArn}:password` },
      { name: "LOG_LEVEL", type: "PARAMETER_STORE", value: "/orders/prod/log-level" },
      { name: "BILLING_TOKEN", type: "SECRETS_MANAGER", value: sharedArn },
    ]);
  });

  it("sets plain variables beside where the values are, and no variable twice", async () => {
    const { named } = await runProgram(
      () => new CodeBuildConsumer("release", project({ variables: { STAGE: "prod" } })),
    );
    const { environment } = named("release-project").inputs as {
      environment: { environmentVariables: unknown };
    };
    assert.deepEqual(environment.environmentVariables, [
      ...plain,
      { name: "STAGE", type: "PLAINTEXT", value: "prod" },
    ]);
    const { result } = await runProgram(() =>
      rejected(
        () => new CodeBuildConsumer("release", project({ variables: { LOG_LEVEL: "a", "1ST": "b" } })),
      ),
    );
    assert.deepEqual(Object.keys(result), ["project.variables.1ST", "project.variables.LOG_LEVEL"]);
  });

  it("takes a source from S3", async () => {
    const source = { type: "S3", location: "orders-releases/source.zip" } as const;
    const { named } = await runProgram(() => new CodeBuildConsumer("release", project({ source })));
    assert.deepEqual(named("release-project").inputs["source"], {
      ...source,
      buildspec: buildSpecification({ commands }, injected),
    });
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new CodeBuildConsumer(
            "release",
            args({
              name: "-",
              project: projectArgs({ build: { file: "../buildspec.yml" }, image: "" }),
              logs: { ...logs, keyArn: "operations" },
              tags: {},
            }),
          ),
      ),
    );
    assert.deepEqual(Object.keys(result), [
      "name",
      "tags",
      "logs.keyArn",
      "project.image",
      "project.build.file",
      "project.source",
    ]);
  });

  it("rejects a build without commands, and locations of the wrong kind", async () => {
    const reasons = async (change: Partial<BuildProjectArgs>) =>
      (await runProgram(() => rejected(() => new CodeBuildConsumer("release", project(change))))).result;
    assert.deepEqual(Object.keys(await reasons({ build: { commands: [] } })), ["project.build.commands"]);
    assert.deepEqual(Object.keys(await reasons({ build: { commands: ["make", " "] } })), [
      "project.build.commands",
    ]);
    const s3 = { type: "S3", location: "s3://orders-releases/source.zip" } as const;
    assert.deepEqual(Object.keys(await reasons({ source: s3 })), ["project.source.location"]);
    const location = "https://robot:ghp_example@github.com/example/orders";
    const withToken = await reasons({ source: { type: "GITHUB", location } });
    assert.deepEqual(Object.keys(withToken), ["project.source.location"]);
    assert(!JSON.stringify(withToken).includes("ghp_"), "a token in a URL must not be repeated");
  });
});
