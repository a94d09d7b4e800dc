import assert from "node:assert/strict";
import { asset } from "@pulumi/pulumi";
import { type Built, built, ofType, stackNamed } from "./support/built";
import { runStack } from "./support/runStack";

describe("a security account split by environment", function () {
  this.timeout(240_000);
  let all: Built;

  before(async () => {
    all = await built("sharded");
  });

  it("is built stack by stack, all that hold values before those that read them", () => {
    assert.deepEqual(
      all.stacks.map(({ stack, account }) => `${stack} ${account}`),
      ["security 111111111111", "security-prod 444444444444", "staging 222222222222", "prod 333333333333"],
    );
  });

  it("holds each environment's secrets, keys and `home: security` parameters once, where its stack says", () => {
    for (const [name, environment] of [
      ["security", "staging"],
      ["security-prod", "prod"],
    ] as const) {
      const stack = stackNamed(all, name);
      const secrets = ofType(stack, "aws:secretsmanager/secret:Secret").map(({ inputs }) =>
        String(inputs["name"]),
      );
      const planned = all.plan.secrets.filter((secret) => secret.environment === environment);
      assert.ok(planned.length > 5);
      assert.deepEqual(secrets.sort(), planned.map((secret) => secret.name).sort());
      const aliases = ofType(stack, "aws:kms/alias:Alias").map(({ inputs }) => String(inputs["name"]));
      assert.deepEqual(
        [
          ...new Set(aliases.filter((alias) => alias !== "alias/operations" && !alias.includes("archive"))),
        ].sort(),
        [`alias/${environment}/configuration`, `alias/${environment}/payments`],
      );
      const central = ofType(stack, "secrets-platform:index:ExpiringParameter").map(({ inputs }) =>
        String(inputs["name"]),
      );
      assert.deepEqual(central.sort(), [
        `/orders/${environment}/partner-token`,
        `/payments/${environment}/merchant-certificate`,
      ]);
    }
  });

  it("makes nothing of the one without the archive before that is there, and names the command to run", async () => {
    const made: string[] = [];
    const functionCode = (entry: string) => {
      made.push(entry);
      return new asset.StringAsset(entry);
    };
    await assert.rejects(
      runStack(all.plan, "security-prod", { functionCode }),
      /the audit bucket is not exported by stack security\. Deploy it first: pulumi up --stack security --policy-pack policies$/,
    );
    assert.deepEqual(made, []);
    const { resources } = await runStack(all.plan, "security-prod", { functionCode, dryRun: true });
    assert.ok(resources.length > 100 && made.length > 0);
  });

  it("names the stack they are of in what alarms say to do", () => {
    for (const name of ["security", "security-prod"]) {
      const said = ofType(stackNamed(all, name), "aws:cloudwatch/metricAlarm:MetricAlarm")
        .flatMap(({ inputs }) => [...String(inputs["alarmDescription"]).matchAll(/--stack ([\w-]+)/g)])
        .map(([, stack]) => stack);
      assert.deepEqual([...new Set(said)], [name]);
    }
  });

  it("has one archive, in the stack whose settings ask for it", () => {
    const archives = all.stacks.filter(
      (stack) => ofType(stack, "secrets-platform:security:LogArchive").length > 0,
    );
    assert.deepEqual(
      archives.map(({ stack }) => stack),
      ["security"],
    );
  });

  it("is recorded in that archive by the trails of all accounts", () => {
    const { bucketName, keyArn } = stackNamed(all, "security").outputs["logArchive"] as Record<
      string,
      string
    >;
    assert.match(bucketName!, /^secrets-platform-trails-[0-9a-f]{8}$/);
    for (const stack of all.stacks) {
      const [trail, ...others] = ofType(stack, "aws:cloudtrail/trail:Trail");
      assert.equal(others.length, 0);
      assert.equal(trail?.inputs["s3BucketName"], bucketName, stack.stack);
      assert.equal(trail?.inputs["kmsKeyId"], keyArn, stack.stack);
    }
  });

  it("lets each workload stack take ARNs from its own security stack alone", () => {
    for (const [name, own, other] of [
      ["prod", "444444444444", "111111111111"],
      ["staging", "111111111111", "444444444444"],
    ] as const) {
      // Trails of all accounts write to the one archive.
      const values = stackNamed(all, name)
        .resources.filter(({ type }) => type !== "aws:cloudtrail/trail:Trail")
        .map(({ inputs }) => JSON.stringify(inputs))
        .join("\n");
      assert.ok(
        new RegExp(`:secretsmanager:eu-west-1:${own}:secret:payments/${name}/ledger-[0-9a-f]{6}`).test(
          values,
        ),
      );
      assert.ok(new RegExp(`:kms:eu-west-1:${own}:key/[0-9a-f-]{36}`).test(values));
      assert.ok(!new RegExp(`:(?:secretsmanager|kms|ssm):eu-west-1:${other}:`).test(values));
    }
  });
});
