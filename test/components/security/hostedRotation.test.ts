import assert from "node:assert/strict";
import { HostedRotation } from "../../../components/security/hostedRotation";
import type { HostedRotationArgs } from "../../../components/security/hostedRotationArgs";
import { rotationApplication } from "../../../components/security/rotationApplications";
import { databaseEngines, databaseStrategies } from "../../../model/catalogue/types";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { keyArn, tags } from "../support/organisation";
import { settle } from "../support/settle";

const adminArn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/database-admin-AbCdEf";

const args: HostedRotationArgs = {
  engine: "postgres",
  strategy: "alternating-users",
  partition: "aws",
  region: "eu-west-1",
  stackName: "sp1234567",
  functionName: "rotation-prod-postgres-alternating-users-orders-database-admin",
  network: {
    subnetIds: ["subnet-0a1b2c3d4e5f60003", "subnet-0a1b2c3d4e5f60004"],
    securityGroupIds: ["sg-0a1b2c3d4e5f60002"],
  },
  keyArn,
  logs: { retentionDays: 365, keyArn },
  admin: { secretArn: adminArn, keyArn },
  tags,
};

const singleUser: HostedRotationArgs = { ...args, strategy: "single-user", admin: undefined };

describe("HostedRotation", () => {
  it("deploys AWS's application at a pinned version", async () => {
    const { created, named, result } = await runProgram(() => new HostedRotation("orders", args));
    assert.deepEqual(created, [
      "aws:cloudwatch/logGroup:LogGroup orders-logs",
      "aws:serverlessrepository/cloudFormationStack:CloudFormationStack orders-stack",
    ]);
    assert.deepEqual(named("orders-stack").inputs, {
      name: "sp1234567",
      applicationId:
        "arn:aws:serverlessrepo:us-east-1:297356227824:applications/SecretsManagerRDSPostgreSQLRotationMultiUser",
      semanticVersion: "1.1.671",
      capabilities: ["CAPABILITY_IAM", "CAPABILITY_RESOURCE_POLICY"],
      parameters: {
        functionName: "rotation-prod-postgres-alternating-users-orders-database-admin",
        endpoint: "https://secretsmanager.eu-west-1.amazonaws.com",
        vpcSubnetIds: "subnet-0a1b2c3d4e5f60003,subnet-0a1b2c3d4e5f60004",
        vpcSecurityGroupIds: "sg-0a1b2c3d4e5f60002",
        kmsKeyArn: keyArn,
        excludeCharacters: "!\"#$%&'()*+,/:;<=>?@[\\]^`{|}",
        masterSecretArn: adminArn,
        masterSecretKmsKeyArn: keyArn,
      },
      tags,
    });
    assert.deepEqual(await settle(result.functionArn), [
      "arn:aws:lambda:eu-west-1:111111111111:function:rotation-prod-postgres-alternating-users-orders-database-admin",
    ]);
  });

  it("makes the log group that Lambda would make by itself", async () => {
    const { named } = await runProgram(() => new HostedRotation("orders", args));
    assert.deepEqual(named("orders-logs").inputs, {
      name: "/aws/lambda/rotation-prod-postgres-alternating-users-orders-database-admin",
      retentionInDays: 365,
      kmsKeyId: keyArn,
      tags,
    });
  });

  it("excludes all punctuation that would have to be escaped, and nothing else", async () => {
    const { named } = await runProgram(() => new HostedRotation("orders", args));
    const { excludeCharacters } = named("orders-stack").inputs.parameters as { excludeCharacters: string };
    const printable = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
    const left = printable.filter((character) => !excludeCharacters.includes(character)).join("");
    assert.equal(left, encodeURIComponent(left));
    assert.match(left, /^-\.0-?[0-9A-Z_a-z~]*$/);
  });

  it("names no administrator for a single user", async () => {
    const { named } = await runProgram(() => new HostedRotation("admin", singleUser));
    const { parameters, applicationId } = named("admin-stack").inputs;
    assert.deepEqual(
      Object.keys(parameters as object).filter((key) => key.startsWith("master")),
      [],
    );
    assert.match(String(applicationId), /SecretsManagerRDSPostgreSQLRotationSingleUser$/);
  });

  it("takes another version and other characters", async () => {
    const { named } = await runProgram(
      () => new HostedRotation("orders", { ...args, version: "1.2.3", excludedCharacters: "/@" }),
    );
    assert.equal(named("orders-stack").inputs.semanticVersion, "1.2.3");
    assert.equal((named("orders-stack").inputs.parameters as Record<string, string>).excludeCharacters, "/@");
  });

  it("goes to the publisher and the domain of each partition", async () => {
    const china = await runProgram(
      () => new HostedRotation("orders", { ...singleUser, partition: "aws-cn", region: "cn-north-1" }),
    );
    const { inputs } = china.named("orders-stack");
    assert.equal(
      inputs.applicationId,
      "arn:aws-cn:serverlessrepo:cn-north-1:193023089310:applications/SecretsManagerRDSPostgreSQLRotationSingleUser",
    );
    assert.equal(
      (inputs.parameters as Record<string, string>).endpoint,
      "https://secretsmanager.cn-north-1.amazonaws.com.cn",
    );
    const government = await runProgram(
      () => new HostedRotation("orders", { ...singleUser, partition: "aws-us-gov", region: "us-gov-west-1" }),
    );
    assert.match(
      String(government.named("orders-stack").inputs.applicationId),
      /^arn:aws-us-gov:serverlessrepo:us-gov-west-1:023102451235:/,
    );
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new HostedRotation("orders", {
            ...singleUser,
            region: "Ireland",
            stackName: "serverlessrepo-sp",
            functionName: "a b",
            network: { subnetIds: [], securityGroupIds: ["subnet-0a1b2c3d4e5f60003"] },
            keyArn: "alias/prod",
            logs: { retentionDays: 2, keyArn: "alias/operations" },
            admin: { secretArn: "orders/prod/database-admin", keyArn: "x" },
            version: "latest",
            excludedCharacters: "ä",
            tags: {},
          }),
      ),
    );
    assert.deepEqual(Object.keys(result), [
      "region",
      "stackName",
      "functionName",
      "network.subnetIds",
      "network.securityGroupIds[0]",
      "keyArn",
      "logs.retentionDays",
      "logs.keyArn",
      "admin",
      "admin.secretArn",
      "admin.keyArn",
      "version",
      "excludedCharacters",
      "tags",
    ]);
  });

  it("needs an administrator for alternating users, and takes none for a single user", async () => {
    const refused = async (wrong: HostedRotationArgs) =>
      (await runProgram(() => rejected(() => new HostedRotation("orders", wrong)))).result;
    const rule = "alternating users need one, a single user takes none";
    assert.deepEqual(await refused({ ...args, admin: undefined }), {
      admin: `none was found; ${rule}; name the secret that may change passwords`,
    });
    assert.deepEqual(await refused({ ...singleUser, admin: args.admin }), {
      admin: `an administrator's secret was found; ${rule}; leave it out`,
    });
  });
});

describe("rotationApplication", () => {
  it("knows one application for each engine and strategy, under AWS's names", () => {
    const names = databaseEngines.flatMap((engine) =>
      databaseStrategies.map((strategy) => rotationApplication("aws", engine, strategy).id.split("/")[1]),
    );
    assert.deepEqual(names, [
      "SecretsManagerRDSPostgreSQLRotationSingleUser",
      "SecretsManagerRDSPostgreSQLRotationMultiUser",
      "SecretsManagerRDSMySQLRotationSingleUser",
      "SecretsManagerRDSMySQLRotationMultiUser",
      "SecretsManagerRDSMariaDBRotationSingleUser",
      "SecretsManagerRDSMariaDBRotationMultiUser",
      "SecretsManagerRDSSQLServerRotationSingleUser",
      "SecretsManagerRDSSQLServerRotationMultiUser",
      "SecretsManagerRDSOracleRotationSingleUser",
      "SecretsManagerRDSOracleRotationMultiUser",
      "SecretsManagerRedshiftRotationSingleUser",
      "SecretsManagerRedshiftRotationMultiUser",
      "SecretsManagerMongoDBRotationSingleUser",
      "SecretsManagerMongoDBRotationMultiUser",
    ]);
  });

  it("pins a version of each in every partition", () => {
    for (const partition of ["aws", "aws-cn", "aws-us-gov"] as const) {
      for (const engine of databaseEngines) {
        for (const strategy of databaseStrategies) {
          assert.match(rotationApplication(partition, engine, strategy).version, /^1\.1\.\d{3}$/);
        }
      }
    }
  });
});
