import assert from "node:assert/strict";
import type { ObservedSecret } from "../../../aws/secret";
import { describedItem } from "../../../cli/describe/item";
import { rollbackWay } from "../../../cli/rollback/way";
import { rotationObstacle } from "../../../cli/rotate/rotation";
import { secretStatus } from "../../../cli/status/secretStatus";
import { firstVersionId } from "../../../model/values/firstVersion";
import { observedRotation } from "../../../model/values/plannedRotation";
import { partnerSecret } from "../../model/plan/support/partners";
import type { Cloud } from "./support/cloud";
import { partnerServices, planFrom } from "./support/plan";
import { type Environment, platform } from "./support/platform";
import { rotationCloud } from "./support/rotationCloud";
import type { OperationsDouble } from "./support/secretsManager";

const plan = planFrom(partnerServices);
const crm = partnerSecret(plan, "store/prod/crm");
const { role } = crm.rotation.partner;

describe("a partner's credential", function () {
  this.timeout(240_000);
  let cloud: Cloud;
  let double: OperationsDouble;
  let env: Environment;
  rotationCloud((made) => ({ cloud, double, env } = made));

  const run = (command: string, ...flags: string[]) =>
    platform([command, "store/prod/crm", "--services", partnerServices, ...flags], { env });
  const calls = (name: string) => cloud.proxy.calls.filter(({ action }) => action === name);

  it("is rotated by Secrets Manager itself, and a command says so", async () => {
    const secret = double.create("store/prod/crm");
    double.service.secrets.put(secret, "old", "a", ["AWSCURRENT"]);
    const { code, stdout, stderr } = await run("rotate", "--dry-run");
    assert.equal(code, 0, stderr);
    assert.ok(
      stdout.includes(`gets a new version from Secrets Manager itself at Salesforce, as ${role}.`),
      stdout,
    );
    assert.equal(calls("RotateSecret").length, 0);
  });

  it("is rolled back by its label alone, and only the partner knows whether the older one works", async () => {
    assert.equal(rollbackWay(crm), "move-label");
    const secret = double.create("store/prod/crm");
    const { secrets } = double.service;
    secrets.put(secret, "old", "a", ["AWSCURRENT"]);
    secrets.put(secret, "new", "b", ["AWSCURRENT"]);
    const { code, stdout, stderr } = await run("rollback", "--dry-run");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /Whether Salesforce still takes the older value is for Salesforce to say/);
  });

  it("is never rolled back to its stand-in", async () => {
    const secret = double.create("store/prod/crm");
    const { secrets } = double.service;
    secrets.put(secret, firstVersionId(secret.arn), "a", ["AWSCURRENT"]);
    secrets.put(secret, "new", "b", ["AWSCURRENT"]);
    const { code, stderr } = await run("rollback", "--yes");
    assert.equal(code, 1);
    assert.match(stderr, /is the stand-in it was deployed with.*put the value that is to hold/);
    assert.equal(calls("UpdateSecretVersionStage").length, 0);
  });

  it("is not rotated by another role than the manifest's", async () => {
    const secret = double.create("store/prod/crm");
    double.service.secrets.put(secret, "old", "a", ["AWSCURRENT"]);
    secret.rotationFunction = "arn:aws:lambda:eu-west-1:111111111111:function:mine";
    const { code, stderr } = await run("rotate", "--yes");
    assert.equal(code, 1);
    assert.match(
      stderr,
      /is rotated by arn:aws:lambda:.*:function:mine, and the manifest names Secrets Manager/,
    );
    assert.equal(calls("RotateSecret").length, 0);
  });

  it("that is stuck may be the only one that the partner takes", async () => {
    const secret = double.create("store/prod/crm");
    const { secrets } = double.service;
    secrets.put(secret, "old", "a", ["AWSCURRENT"]);
    secrets.put(secret, "new", "b", ["AWSPENDING"]);
    const { code, stdout, stderr } = await run("unstick", "--dry-run");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /This credential is Salesforce's: .* that version holds the only one that works/);
  });
});

describe("status and description of a partner's credential", () => {
  const now = new Date("2027-03-01T12:00:00Z");
  const days = (count: number) => new Date(now.getTime() + count * 86_400_000);
  const observed = (change: object = {}, rest: Partial<ObservedSecret> = {}): ObservedSecret => ({
    name: crm.name,
    arn: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:store/prod/crm-AbCdEf",
    tags: {},
    stages: {},
    isUnset: false,
    rotates: true,
    rules: observedRotation({
      RotationEnabled: true,
      RotationRules: { ScheduleExpression: "rate(30 days)" },
      Type: "SalesforceClientSecret",
      ExternalSecretRotationRoleArn: role,
      ExternalSecretRotationMetadata: [{ Key: "apiVersion", Value: "v65.0" }],
      ...change,
    }),
    dates: { next: days(20), last: days(-10), everyDays: 30 },
    lastRotated: days(-10),
    lastChanged: days(-10),
    current: "v2",
    previous: "v1",
    ...rest,
  });
  const status = (secret: ObservedSecret) => secretStatus(crm, secret, { stack: "security", now });

  it("is in order as the manifest says it", () => {
    const { state, findings } = status(observed());
    assert.deepEqual([state, findings], ["ok", []]);
  });

  it("says that another role, partner or metadata rotates it", () => {
    for (const change of [
      { ExternalSecretRotationRoleArn: "arn:aws:iam::111111111111:role/theirs" },
      { Type: "BigIDClientSecret" },
      { ExternalSecretRotationMetadata: [] },
    ])
      assert.equal(status(observed(change)).state, "not as planned", JSON.stringify(change));
  });

  it("is not rotated before the partner is told what the manifest says, in words that name no one else", () => {
    const obstacle = (change: object) => rotationObstacle(crm, observed(change), "security");
    assert.equal(obstacle({}), undefined);
    assert.equal(
      obstacle({ ExternalSecretRotationMetadata: [{ Key: "apiVersion", Value: "v66.0" }] }),
      "store/prod/crm rotates with the metadata apiVersion=v66.0 in place of apiVersion=v65.0: " +
        "pulumi up --refresh --stack security --policy-pack policies makes it what the manifest says",
    );
    assert.match(
      obstacle({ Type: "BigIDClientSecret" }) ?? "",
      /^store\/prod\/crm rotates as BigIDClientSecret in place of SalesforceClientSecret: /,
    );
    assert.match(
      obstacle({ ExternalSecretRotationRoleArn: "arn:aws:iam::111111111111:role/theirs" }) ?? "",
      /is rotated by arn:aws:iam::111111111111:role\/theirs, and the manifest names .* hand the value to the former/,
    );
  });

  it("points to CloudTrail where a rotation is late: there is no function's log", () => {
    const { state, findings } = status(observed({}, { dates: { next: days(-5) } }));
    assert.equal(state, "overdue");
    assert.match(findings[0]?.remedy ?? "", /^aws cloudtrail lookup-events .*RotationFailed says why/);
  });

  it("tells type, role, metadata and the fields that every value has", () => {
    const { rotation, fields } = describedItem(crm);
    assert.deepEqual(rotation, {
      schedule: "rate(30 days)",
      longestDays: 30,
      partner: { type: "SalesforceClientSecret", role, metadata: { apiVersion: "v65.0" } },
    });
    assert.deepEqual(fields, ["consumerKey", "consumerSecret", "baseUri", "appId", "consumerId"]);
  });
});
