import assert from "node:assert/strict";
import type { RegisteredResource } from "../../cli/inMemory/registeredResource";
import type { SecretPlan } from "../../model/plan/types";
import { type Built, built, ofType, stackNamed } from "./support/built";

/** The Plan's secrets, keys and parameters, as the samples' security stack registers them. */
describe("the security stack of the samples", function () {
  this.timeout(240_000);
  let all: Built;
  let arns: {
    readonly keys: Readonly<Record<string, string>>;
    readonly secrets: Readonly<Record<string, string>>;
  };

  before(async () => {
    all = await built("aws");
    const { keyArns, secretArns } = stackNamed(all, "security").outputs as Record<
      string,
      Record<string, string>
    >;
    arns = { keys: keyArns!, secrets: secretArns! };
  });

  it("puts each secret under its key, with its copies under the keys of their regions", () => {
    for (const { name, key, replicas, description, recoveryWindowDays, service, environment, owner } of all
      .plan.secrets) {
      const { inputs, outputs } = resource("aws:secretsmanager/secret:Secret", `${name}-secret`);
      assert.deepEqual(
        [inputs["name"], inputs["kmsKeyId"], inputs["description"], inputs["recoveryWindowInDays"]],
        [name, arns.keys[`${key.alias}@eu-west-1`], description, recoveryWindowDays],
      );
      const copies = replicas.map((region) => ({ region, kmsKeyId: arns.keys[`${key.alias}@${region}`] }));
      assert.deepEqual(inputs["replicas"], copies);
      assert.ok(copies.every(({ region, kmsKeyId }) => kmsKeyId?.includes(`:${region}:`)));
      const tags = inputs["tags"] as Readonly<Record<string, string>>;
      assert.deepEqual([tags["service"], tags["environment"], tags["owner"]], [service, environment, owner]);
      assert.equal(outputs["arn"], arns.secrets[name]);
    }
  });

  it("attaches each secret's policy before its first value, and that before its rotation", () => {
    for (const { name, shape, rotation } of all.plan.secrets) {
      const policy = resource("aws:secretsmanager/secretPolicy:SecretPolicy", `${name}-policy`);
      const value = resource("secrets-platform:index:SecretValue", `${name}-value`);
      const turned = resource("aws:secretsmanager/secretRotation:SecretRotation", `${name}-rotation`);
      assert.equal(policy.inputs["blockPublicPolicy"], true);
      assert.ok(value.dependencies.includes(policy.urn), name);
      assert.ok(turned.dependencies.includes(value.urn), name);
      assert.deepEqual(value.inputs["shape"], shape);
      const admin = rotation.admin === undefined ? undefined : arns.secrets[rotation.admin];
      assert.equal(value.inputs["masterArn"], admin);
      assert.deepEqual(
        Object.keys(value.inputs).filter((key) => !["secretId", "shape", "masterArn"].includes(key)),
        [],
      );
    }
  });

  it("rotates each by the function that the plan says, when it says, once that can be called", () => {
    const ways = new Set<string>();
    for (const secret of all.plan.secrets) {
      const { name, rotation } = secret;
      const { inputs, dependencies } = resource(
        "aws:secretsmanager/secretRotation:SecretRotation",
        `${name}-rotation`,
      );
      const { schedule, functionArn, immediately } = rotation;
      assert.deepEqual(inputs, {
        secretId: arns.secrets[name],
        rotationLambdaArn: functionArn,
        rotateImmediately: immediately,
        rotationRules: {
          scheduleExpression: schedule.expression,
          ...(schedule.windowHours !== undefined && { duration: `${schedule.windowHours}h` }),
        },
      });
      const [way, ready] = readyFor(secret);
      ways.add(way);
      if (ready !== undefined)
        assert.ok(dependencies.includes(ready.urn), `${name} does not wait for ${ready.name}`);
    }
    assert.deepEqual([...ways].sort(), [
      "AWS's application",
      "the platform's function",
      "the team's function",
    ]);
  });

  it("makes each of AWS's applications once, with the key, the administrator and the network it is for", () => {
    const applications = all.plan.rotators.flatMap((rotator) => (rotator.hosted === "aws" ? [rotator] : []));
    assert.equal(
      ofType(stackNamed(all, "security"), "aws:serverlessrepository/cloudFormationStack:CloudFormationStack")
        .length,
      applications.length,
    );
    for (const { functionName, stackName, network, keys, admins } of applications) {
      const { inputs } = resource(
        "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
        `${functionName}-stack`,
      );
      const parameters = inputs["parameters"] as Readonly<Record<string, string>>;
      const keyArn = arns.keys[`${keys[0]!.alias}@eu-west-1`];
      assert.equal(inputs["name"], stackName);
      assert.deepEqual(
        [
          parameters["functionName"],
          parameters["kmsKeyArn"],
          parameters["vpcSubnetIds"],
          parameters["vpcSecurityGroupIds"],
        ],
        [functionName, keyArn, network.subnetIds.join(","), network.securityGroupIds.join(",")],
      );
      const [admin] = admins;
      assert.deepEqual(
        [parameters["masterSecretArn"], parameters["masterSecretKmsKeyArn"]],
        admin === undefined ? [undefined, undefined] : [arns.secrets[admin], keyArn],
      );
    }
  });

  it("shares each of its parameters with the accounts that read it, inside the organisation", () => {
    const central = all.plan.parameters.filter(({ home }) => home === "security");
    assert.ok(central.length >= 4);
    assert.ok(central.some(({ keysOf }) => keysOf !== undefined));
    for (const { name, arn, key, keysOf, readers } of central) {
      const type =
        keysOf === undefined ? "secrets-platform:index:ExpiringParameter" : "aws:ssm/parameter:Parameter";
      const parameter = resource(type, `${name}-parameter`);
      assert.deepEqual([parameter.inputs["name"], parameter.outputs["arn"]], [name, arn]);
      assert.equal(parameter.inputs["keyId"], key && arns.keys[`${key.alias}@eu-west-1`]);
      assert.ok(!("value" in parameter.inputs));
      if (keysOf !== undefined) assert.equal(parameter.inputs["tier"], "Advanced");
      const shares = ofType(
        stackNamed(all, "security"),
        "aws:ram/resourceAssociation:ResourceAssociation",
      ).filter(({ inputs }) => inputs["resourceArn"] === arn);
      assert.equal(shares.length, 1);
      const share = shares[0]!.inputs["resourceShareArn"];
      const principals = ofType(
        stackNamed(all, "security"),
        "aws:ram/principalAssociation:PrincipalAssociation",
      ).filter(({ inputs }) => inputs["resourceShareArn"] === share);
      assert.deepEqual(
        principals.map(({ inputs }) => inputs["principal"]).sort(),
        [...new Set(readers.map(({ account }) => account))].sort(),
      );
    }
    for (const { inputs } of ofType(stackNamed(all, "security"), "aws:ram/resourceShare:ResourceShare")) {
      assert.equal(inputs["allowExternalPrincipals"], false);
    }
  });

  it("exports what AWS makes up, what is protected, and the settings that stay", () => {
    const { outputs } = stackNamed(all, "security");
    assert.deepEqual(
      Object.keys(arns.secrets),
      all.plan.secrets.map(({ name }) => name),
    );
    const kept = [
      ...all.plan.keys
        .filter(({ home }) => home === "security")
        .map((key) => [key.alias, key.protected] as const),
      ...[...all.plan.secrets, ...all.plan.parameters.filter(({ home }) => home === "security")].map(
        (item) => [item.name, item.protected] as const,
      ),
    ];
    assert.deepEqual(
      outputs["protectedNames"],
      kept.flatMap(([name, isKept]) => (isKept ? [name] : [])),
    );
    const { bucketName, keyArn } = outputs["logArchive"] as Readonly<Record<string, string>>;
    assert.match(bucketName!, /^secrets-platform-trails-/);
    assert.match(keyArn!, /^arn:aws:kms:eu-west-1:111111111111:key\//);
    // `pulumi up` ends in its outputs, which people read: the one long text has a command of its own.
    assert.deepEqual(Object.keys(outputs).sort(), [
      "keyArns",
      "logArchive",
      "protectedNames",
      "secretArns",
      "settings",
    ]);
  });

  it("has every request to the archive logged in a bucket that nobody but Amazon S3 writes to", () => {
    const { bucketName } = stackNamed(all, "security").outputs["logArchive"] as Readonly<
      Record<string, string>
    >;
    const { inputs } = resource("aws:s3/bucketLogging:BucketLogging", "log-archive-access-logging");
    const own = `${bucketName}-access`;
    assert.deepEqual([inputs["bucket"], inputs["targetBucket"]], [bucketName, own]);
    const policy = resource("aws:s3/bucketPolicy:BucketPolicy", "log-archive-access-bucket-policy");
    assert.equal(policy.inputs["bucket"], own);
    const { Statement } = JSON.parse(String(policy.inputs["policy"])) as {
      Statement: readonly { Effect: string; Principal: unknown; Condition: unknown }[];
    };
    assert.deepEqual(
      Statement.filter(({ Effect }) => Effect === "Allow").map(({ Principal, Condition }) => [
        Principal,
        Condition,
      ]),
      [
        [
          { Service: "logging.s3.amazonaws.com" },
          {
            StringEquals: { "aws:SourceAccount": "111111111111" },
            ArnLike: { "aws:SourceArn": `arn:aws:s3:::${bucketName}` },
          },
        ],
      ],
    );
    for (const name of ["staging", "prod"])
      assert.deepEqual(ofType(stackNamed(all, name), "aws:s3/bucketLogging:BucketLogging"), []);
  });

  it("lets the auditors of the account that holds the archive query it, and nobody else", () => {
    const { bucketName } = stackNamed(all, "security").outputs["logArchive"] as Readonly<
      Record<string, string>
    >;
    const table = resource("aws:glue/catalogTable:CatalogTable", "archive-queries-table");
    const { location } = table.inputs["storageDescriptor"] as Readonly<Record<string, string>>;
    assert.equal(location, `s3://${bucketName}/AWSLogs/`);
    const querying = all.stacks.flatMap((stack) =>
      ofType(stack, "aws:iam/rolePolicy:RolePolicy")
        .filter(({ inputs }) => String(inputs["policy"]).includes("athena:"))
        .map(({ name }) => [stack.stack, name]),
    );
    assert.deepEqual(querying, [["security", "auditors-policy"]]);
    const { inputs } = resource("aws:kms/key:Key", "log-archive-key");
    assert.match(String(inputs["policy"]), /"Sid":"ResultsEncrypt"/);
  });

  function readyFor({ rotation: { rotator } }: SecretPlan): [string, RegisteredResource | undefined] {
    if (rotator === undefined) return ["the team's function", undefined];
    return rotator.hosted === "aws"
      ? [
          "AWS's application",
          resource(
            "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
            `${rotator.functionName}-stack`,
          ),
        ]
      : [
          "the platform's function",
          resource("aws:lambda/permission:Permission", `${rotator.functionName}-invoke`),
        ];
  }

  function resource(type: string, name: string): RegisteredResource {
    const found = ofType(stackNamed(all, "security"), type).filter((candidate) => candidate.name === name);
    assert.equal(found.length, 1, `${found.length} of ${type} ${name}`);
    return found[0]!;
  }
});
