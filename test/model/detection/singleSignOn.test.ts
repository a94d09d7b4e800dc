import assert from "node:assert/strict";
import { detectionsOf } from "../../../model/detection/account";
import type { Plan } from "../../../model/plan/types";
import { provided } from "../../support/leftOut";
import { samplePlan } from "../plan/support/samples";
import { corpus, type Happening } from "./support/corpus";
import { rulesTold } from "./support/rulesTold";
import { raised } from "./support/raised";

/** Deployer and administrators may be roles of IAM Identity Center, whose names end otherwise in each account. */
const paths = ["aws-reserved/sso.amazonaws.com/eu-west-1/", "aws-reserved/sso.amazonaws.com/"];

const roles = [
  ["platform-deployer", "AWSReservedSSO_Deployer_0123456789abcdef"],
  ["platform-administrator", "AWSReservedSSO_Administrator_fedcba9876543210"],
] as const;

const pattern = (name: string) =>
  `aws-reserved/sso.amazonaws.com/*/${name.replace(/[0-9a-f]{16}$/, "?".repeat(16))}`;

function singleSignOnPlan(): Plan {
  const plan = samplePlan();
  const [deployer, administrator] = roles.map(([, name]) => pattern(name)) as [string, string];
  const principals = { ...plan.organisation.principals, deployer, administrators: [administrator] };
  return { ...plan, organisation: { ...plan.organisation, principals } };
}

/** What is recorded when those roles are single sign-on's. */
function renamed(happening: Happening, path: string): Happening {
  let text = JSON.stringify(happening);
  for (const [from, to] of roles) {
    text = text.replaceAll(`:role/${from}`, `:role/${path}${to}`);
    text = text.replaceAll(`"${from}"`, `"${to}"`).replaceAll(`assumed-role/${from}/`, `assumed-role/${to}/`);
  }
  return JSON.parse(text) as Happening;
}

const deployer = "arn:aws:iam::333333333333:role/platform-deployer";

const issuerIs = (arn: string) =>
  `"sessionIssuer":{"type":"Role","principalId":"AROA8C24E3E72D1A94D53","arn":"${arn}"`;

/** What is recorded when another role does it. */
function by(happening: Happening, role: string): Happening {
  const text = JSON.stringify(happening);
  const other = `arn:aws:iam::333333333333:role/${role}`;
  return JSON.parse(text.replace(issuerIs(deployer), issuerIs(other))) as Happening;
}

describe("alarms and notices where single sign-on deploys", function () {
  this.timeout(300_000);
  const plan = singleSignOnPlan();
  const concerned = corpus().filter((one) => roles.some(([name]) => JSON.stringify(one).includes(name)));
  const all = paths.flatMap((path) => concerned.map((one) => renamed(one, path)));
  const detections = new Map(
    plan.organisation.stacks.map((stack) => [stack.name, detectionsOf(plan, stack)]),
  );

  it("are the same as for any other role: alarms", () => {
    assert.ok(concerned.length > 100);
    for (const happening of all) {
      for (const missingDiffers of [true, false]) {
        const { trips } = raised(detections.get(happening.account)!, [happening], { missingDiffers });
        assert.deepEqual(trips, [...happening.trips].sort(), happening.name);
      }
    }
  });

  it("do not take for the deployer a set whose name begins or ends like its own: notices", async function () {
    const deployments = concerned.filter(({ record }) => JSON.stringify(record).includes(issuerIs(deployer)));
    const sets = ["AWSReservedSSO_Deployer_Viewers", "AWSReservedSSO_AWSReservedSSO_Deployer"];
    const resembling = paths.flatMap((path) => sets.map((set) => `${path}${set}_0123456789abcdef`));
    const others = [...resembling, "teams/another"].map((role) => deployments.map((one) => by(one, role)));
    const told = await provided(this, () => rulesTold(plan, others.flat()));
    const tells = others.map((happenings) => happenings.map((one) => told.get(one)));
    const [strangers, ...own] = [tells.at(-1)!, deployments.map((one) => one.tells)];
    for (const [index, role] of resembling.entries()) assert.deepEqual(tells[index], strangers, role);
    assert.notDeepEqual(strangers, own[0]);
  });

  it("are the same as for any other role: notices", async function () {
    const told = await provided(this, () => rulesTold(plan, all));
    for (const happening of all) assert.deepEqual(told.get(happening), happening.tells, happening.name);
  });
});
