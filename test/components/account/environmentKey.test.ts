import assert from "node:assert/strict";
import { isUnknown } from "@pulumi/pulumi";
import { EnvironmentKey, type EnvironmentKeyArgs } from "../../../components/account/environmentKey";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { policyNamed, policyTooLong, tags } from "../support/organisation";
import { settle } from "../support/settle";

const alone: EnvironmentKeyArgs = {
  alias: "alias/prod/configuration",
  description: "Configuration of prod",
  region: "eu-west-1",
  policy: policyNamed("Home"),
  deletionWindowDays: 30,
  tags,
};

const args: EnvironmentKeyArgs = {
  ...alone,
  replicaPolicies: { "eu-central-1": policyNamed("Replica") },
};

describe("EnvironmentKey", () => {
  it("makes a key and alias in its own region and in each replica's", async () => {
    const { created } = await runProgram(() => new EnvironmentKey("prod", args));
    assert.deepEqual(created, [
      "aws:kms/alias:Alias prod-alias",
      "aws:kms/alias:Alias prod-eu-central-1-alias",
      "aws:kms/key:Key prod-eu-central-1-key",
      "aws:kms/key:Key prod-key",
    ]);
  });

  it("makes one key where no region holds replicas", async () => {
    const { created } = await runProgram(() => new EnvironmentKey("prod", alone));
    assert.deepEqual(created, ["aws:kms/alias:Alias prod-alias", "aws:kms/key:Key prod-key"]);
  });

  it("rotates every key, single-region, each under its region's policy", async () => {
    const { named } = await runProgram(() => new EnvironmentKey("prod", args));
    const common = {
      description: "Configuration of prod",
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      deletionWindowInDays: 30,
      multiRegion: false,
      tags,
    };
    assert.deepEqual(named("prod-key").inputs, {
      ...common,
      region: "eu-west-1",
      policy: JSON.stringify(policyNamed("Home")),
    });
    assert.deepEqual(named("prod-eu-central-1-key").inputs, {
      ...common,
      region: "eu-central-1",
      policy: JSON.stringify(policyNamed("Replica")),
    });
    assert.deepEqual(named("prod-eu-central-1-alias").inputs, {
      region: "eu-central-1",
      name: "alias/prod/configuration",
      targetKeyId: "prod-eu-central-1-key",
    });
  });

  it("gives the ARN in each region, and an error that names them elsewhere", async () => {
    const { result } = await runProgram(() => new EnvironmentKey("prod", args));
    const arns = await settle(result.arn, result.arnIn("eu-west-1"), result.arnIn("eu-central-1"));
    assert.deepEqual(arns, [
      "arn:aws:kms:eu-west-1:111111111111:key/prod-key",
      "arn:aws:kms:eu-west-1:111111111111:key/prod-key",
      "arn:aws:kms:eu-central-1:111111111111:key/prod-eu-central-1-key",
    ]);
    assert.throws(
      () => result.arnIn("us-east-1"),
      /no key in us-east-1; there is one in eu-west-1, eu-central-1/,
    );
  });

  it("hands protection on to every child", async () => {
    const guarded = await runProgram(() => new EnvironmentKey("prod", args, { protect: true }));
    assert.deepEqual(new Set(guarded.registrations.slice(1).map(({ protect }) => protect)), new Set([true]));
    const open = await runProgram(() => new EnvironmentKey("prod", args));
    assert.deepEqual(new Set(open.registrations.slice(1).map(({ protect }) => protect)), new Set([false]));
  });

  it("keeps its children under itself", async () => {
    const { registrations } = await runProgram(() => new EnvironmentKey("prod", args));
    assert.deepEqual(new Set(registrations.slice(1).map(({ parent }) => parent)), new Set(["prod"]));
  });

  it("shows the policy in a first preview", async () => {
    const { named } = await runProgram(() => new EnvironmentKey("prod", args), { preview: true });
    assert.equal(named("prod-key").inputs.policy, JSON.stringify(policyNamed("Home")));
    assert(isUnknown(named("prod-alias").inputs.targetKeyId), "what AWS makes up must be unknown here");
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new EnvironmentKey("prod", {
            alias: "alias/aws/prod",
            description: "",
            region: "Ireland",
            policy: policyTooLong(),
            deletionWindowDays: 31,
            rotationPeriodDays: 366,
            replicaPolicies: { Ireland: { Version: "2012-10-17", Statement: [] } },
            tags: { service: "orders", environment: "prod", "platform:unset": "true", "aws:x": "1" },
          }),
      ),
    );
    assert.deepEqual(Object.keys(result), [
      "alias",
      "description",
      "region",
      "policy",
      "deletionWindowDays",
      "rotationPeriodDays",
      'replicaPolicies["Ireland"]',
      "tags",
    ]);
    assert.match(
      result.policy ?? "",
      /^401\d\d characters were found, \d+ too many; a key's policy takes at most 32768;/,
    );
    assert.match(
      result.deletionWindowDays ?? "",
      /^31 was found; a whole number of days from 7 to 30 is allowed;/,
    );
  });
});
