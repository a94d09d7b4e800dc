import assert from "node:assert/strict";
import { detectionsOf } from "../../../model/detection/account";
import { detectionProblems } from "../../../model/detection/limits";
import { managedAdministratorPlan, managedArns } from "../plan/support/managedAdministrator";
import type { Happening } from "./support/corpus";
import { raised } from "./support/raised";
import { rulesTold } from "./support/rulesTold";

const plan = managedAdministratorPlan();
const role = "arn:aws:iam::333333333333:role/platform/rotation-administrators";

function session(account: string, pathAndName: string) {
  const name = pathAndName.split("/").at(-1)!;
  return {
    type: "AssumedRole",
    principalId: `AROA4BE03836226752A27:${name}`,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${name}`,
    accountId: account,
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        arn: `arn:aws:iam::${account}:role/${pathAndName}`,
        accountId: account,
        userName: name,
      },
    },
  };
}

const rotator = session("111111111111", "platform/rotation-prod-postgres");
/** As the role's account records a caller of another account. */
const foreign = (accountId: string) => ({
  type: "AWSAccount",
  principalId: "AROA4BE03836226752A27:x",
  accountId,
});

function happening(
  account: "security" | "prod",
  title: string,
  [trips, tells]: readonly [string[], string[]],
  record: Record<string, unknown>,
): Happening {
  return {
    ...{ name: title, title, account, trips, counts: [], tells },
    record: {
      eventVersion: "1.11",
      eventTime: "2026-03-03T10:00:20Z",
      eventID: "dd30be72-3deb-c766-71de-ce6d9556d26a",
      awsRegion: "eu-west-1",
      sourceIPAddress: "198.51.100.20",
      readOnly: true,
      eventType: "AwsApiCall",
      managementEvent: true,
      eventCategory: "Management",
      recipientAccountId: account === "security" ? "111111111111" : "333333333333",
      ...record,
    },
  };
}

const assumed = (userIdentity: object, roleArn = role) => ({
  eventSource: "sts.amazonaws.com",
  eventName: "AssumeRole",
  userIdentity,
  requestParameters: { roleArn, roleSessionName: "x" },
});
const read = (userIdentity: object) => ({
  eventSource: "secretsmanager.amazonaws.com",
  eventName: "GetSecretValue",
  userIdentity,
  requestParameters: { secretId: managedArns.prod },
});

const nothing = [[], []] as const satisfies [string[], string[]];
const takenOver: readonly [string[], string[]] = [["reader-taken-over"], ["reader-taken-over"]];
/** Of that very role a rule of its own tells. */
const administrator: typeof takenOver = [["reader-taken-over"], ["administrator-taken-over"]];
const consumer = "arn:aws:iam::333333333333:role/services/stock/stock-prod-api";
const deployer = (account: string) => session(account, "platform-deployer");

const happenings: readonly Happening[] = [
  happening("security", "the function takes on the role", [...nothing], assumed(rotator)),
  happening(
    "prod",
    "the function takes on the role, its account",
    [...nothing],
    assumed(foreign("111111111111")),
  ),
  happening(
    "prod",
    "the role reads",
    [...nothing],
    read(session("333333333333", "platform/rotation-administrators")),
  ),
  happening("security", "somebody else takes it on", administrator, assumed(deployer("111111111111"))),
  happening("prod", "somebody of its account takes it on", administrator, assumed(deployer("333333333333"))),
  happening("prod", "another account takes it on", administrator, assumed(foreign("999999999999"))),
  happening("security", "the function takes on a consumer's", takenOver, assumed(rotator, consumer)),
  happening(
    "prod",
    "the security account takes on a consumer's",
    takenOver,
    assumed(foreign("111111111111"), consumer),
  ),
  happening(
    "security",
    "somebody takes on the function's",
    takenOver,
    assumed(deployer("111111111111"), "arn:aws:iam::111111111111:role/platform/rotation-prod-postgres"),
  ),
  happening(
    "prod",
    "somebody takes on the rollout's",
    takenOver,
    assumed(deployer("333333333333"), "arn:aws:iam::333333333333:role/platform/rotation-rollout"),
  ),
  happening(
    "prod",
    "another role reads",
    [["unexpected-role"], []],
    read(session("333333333333", "platform/rotation-administrators-2")),
  ),
];

describe("the role by which administrators' logins of database services are read", function () {
  this.timeout(120_000);

  for (const one of happenings)
    it(`${one.title}: sets off ${one.trips.join() || "nothing"}`, () => {
      const stack = plan.organisation.stacks.find(({ name }) => name === one.account)!;
      for (const missingDiffers of [true, false]) {
        const { trips } = raised(detectionsOf(plan, stack), [one], { missingDiffers });
        assert.deepEqual(trips, one.trips, String(missingDiffers));
      }
    });

  it("is told of at once when anybody but the function takes it on", async () => {
    const told = await rulesTold(plan, happenings);
    for (const one of happenings) assert.deepEqual(told.get(one), one.tells, one.title);
  });

  it("leaves patterns within AWS's limits", () => {
    assert.deepEqual(detectionProblems(plan), []);
  });
});
