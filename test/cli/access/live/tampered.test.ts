import assert from "node:assert/strict";
import { CreateVpcCommand } from "@aws-sdk/client-ec2";
import { isUnread, readAccount } from "../../../../cli/access/live/readAccount";
import type { BuiltStack } from "../../../../cli/inMemory/buildStack";
import type { Plan } from "../../../../model/plan/types";
import { compareDeployed, type LiveAnswer } from "../../../../model/proof/live/compareDeployed";
import type { DeployedAccount } from "../../../../model/proof/live/deployed";
import { registeredDocuments } from "../../../../model/proof/registered/documents";
import { built } from "../../../stacks/support/built";
import { provided } from "../../../support/leftOut";
import { type Moto, startMoto } from "../../../support/moto/startMoto";
import { canary, deploy, type Deployed } from "./support/deploy";
import { type StandIn, startStandIn } from "./support/standIn";
import { allow } from "./support/edits";
import { handsOn } from "./support/hands";
import { accounts, prod, security } from "./support/names";
import { secretStates } from "./support/states/secrets";
import { keyStates } from "./support/states/keys";
import { roleStates } from "./support/states/roles";
import { parameterStates } from "./support/states/parameters";
import { endpointStates } from "./support/states/endpoints";

describe("platform access --live", function () {
  this.timeout(600_000);
  let moto: Moto | undefined;
  let standIn: StandIn;
  let deployed: Deployed;
  let plan: Plan;
  let stacks: readonly BuiltStack[];
  const clean = new Map<string, DeployedAccount>();

  before(async function () {
    moto = await provided(this, startMoto);
    standIn = await startStandIn(moto.endpoint);
    ({ plan, stacks } = await built("aws"));
    const registered = registeredDocuments(stacks, plan.organisation.id);
    const managed = plan.managedSecrets.map(({ arn }) => arn);
    deployed = await deploy(registered, managed, moto, standIn);
    for (const account of Object.values(accounts)) clean.set(account, await read(account));
  });

  after(async () => {
    await standIn?.stop();
    await moto?.stop();
  });

  async function read(account: string): Promise<DeployedAccount> {
    const found = await readAccount(plan, deployed.auditor(account));
    if (isUnread(found)) assert.fail(found.reasons.join("\n"));
    return found;
  }

  async function answer(account?: string): Promise<LiveAnswer> {
    const now = new Map(clean);
    if (account !== undefined) now.set(account, await read(account));
    return compareDeployed(plan, stacks, [...now.values()]);
  }

  it("finds nothing where all is as the stacks made it", async () => {
    const { differences, undecided, pairs, open, layers } = await answer();
    assert.deepEqual(differences, []);
    assert.deepEqual(undecided, []);
    assert.ok(pairs > 3_000 && open > 150 && layers > 100, `${pairs} ${open} ${layers}`);
  });

  const hands = handsOn(
    () => deployed,
    () => standIn,
    clean,
  );
  const states = [secretStates, keyStates, roleStates, parameterStates, endpointStates].flatMap((of) =>
    of(hands),
  );

  for (const { name, account, tamper, says, undecided = [] } of states) {
    it(`finds and names it where ${name}`, async () => {
      const undo = await tamper();
      let found: LiveAnswer;
      try {
        found = await answer(account);
      } finally {
        await undo();
      }
      const told = found.differences.map(({ kind, what, why }) => `${kind} ${what}: ${why}`);
      for (const one of says)
        assert.ok(
          told.some((text) => one.test(text)),
          `${one.source}\n${told.join("\n")}`,
        );
      const doubts = found.undecided.map(({ what, reasons }) => `${what} ${reasons.join()}`);
      for (const one of undecided)
        assert.ok(
          doubts.some((text) => one.test(text)),
          doubts.join("\n"),
        );
      assert.equal(found.undecided.length, undecided.length, doubts.join("\n"));
      assert.ok(!JSON.stringify(found).includes(canary));
    });
  }

  it("judges nothing of an account where a permission is missing, and says all that is missing", async () => {
    standIn.fault = ({ action }) =>
      action === "GetKeyPolicy" || action === "GetAccountAuthorizationDetails"
        ? [400, "AccessDenied"]
        : undefined;
    const found = await readAccount(plan, deployed.auditor(prod));
    standIn.fault = undefined;
    assert.ok(isUnread(found));
    assert.match(found.reasons.join("\n"), /secrets-auditors.* may not iam:GetAccountAuthorizationDetails/);
    assert.match(
      found.reasons.join("\n"),
      /may not kms:GetKeyPolicy on arn:aws:kms:eu-west-1:333333333333:key/,
    );
    const others = [...clean.values()].filter(({ account }) => account !== prod);
    const { differences, undecided, pairs } = compareDeployed(plan, stacks, others);
    assert.deepEqual(differences, []);
    assert.deepEqual(
      undecided.map(({ account, what }) => [account, what]),
      [[prod, `grants between account ${prod} and those that were read`]],
    );
    assert.ok(undecided[0]!.pairs > 10 && pairs > 0);
  });

  it("decides about one account alone, and claims nothing of grants into others", () => {
    for (const account of Object.values(accounts)) {
      const { differences, undecided } = compareDeployed(plan, stacks, [clean.get(account)!]);
      assert.deepEqual(differences, [], account);
      assert.ok(undecided.length > 0);
    }
  });

  it("reads page after page, and after what AWS throttles", async () => {
    standIn.page = 1;
    const throttled = new Set<string>();
    standIn.fault = ({ action }) => {
      if (throttled.has(action)) return undefined;
      throttled.add(action);
      return [400, "ThrottlingException"];
    };
    const found = await read(security);
    standIn.page = 100;
    standIn.fault = undefined;
    assert.deepEqual(found, clean.get(security));
    assert.ok(throttled.has("ListSecrets") && throttled.has("DescribeParameters") && throttled.size > 8);
  });

  it("leaves endpoints of networks that are not the platform's alone", async () => {
    const { ec2 } = hands.at(prod);
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.9.0.0/16" }));
    const undo = await hands.endpointIn(Vpc?.VpcId);
    const { differences } = await answer(prod);
    await undo();
    assert.deepEqual(differences, []);
  });

  it("takes a role whose policies are not modelled for one that may do everything, and says so by name", async () => {
    const broad = { Sid: "Power", Effect: "Allow", NotAction: ["iam:*"], Resource: "*" };
    const undo = await hands.role("/", "power", broad)();
    const { differences, undecided } = await answer(prod);
    await undo();
    assert.deepEqual(differences, []);
    const [found, ...others] = undecided;
    assert.deepEqual([found?.what, others], [`arn:aws:iam::${prod}:role/power`, []]);
    assert.match(found?.reasons.join() ?? "", /NotAction/);
  });

  it("takes whoever may do everything in an account for an administrator, who reads what has no gate of its own", async () => {
    const undo = await hands.role("/", "admin", allow("*", undefined, "*"))();
    const { differences, undecided } = await answer(prod);
    await undo();
    assert.deepEqual([differences, undecided], [[], []]);
  });

  it("asks for no value, and changes nothing", () => {
    const reading =
      /^(Describe|Get(ResourcePolicy|KeyPolicy|AccountAuthorizationDetails)|List|getresource|listresource)/;
    standIn.asked.length = 0;
    return read(prod).then(() => {
      assert.deepEqual(
        standIn.asked.filter(({ action }) => !reading.test(action)),
        [],
      );
      assert.ok(standIn.asked.length > 10);
    });
  });

  it("finds nothing once each was undone, so that each stood by itself", async () => {
    assert.ok(states.length >= 30);
    for (const account of Object.values(accounts)) assert.deepEqual((await answer(account)).differences, []);
  });
});
