import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { detectionsOf } from "../../model/detection/account";
import { planOf } from "../model/plan/support/samples";
import { provided } from "../support/leftOut";
import { type CloudResource, Emulator, Engine, type Project, repositoryRoot } from "./support/workspace";

/** Minutes that the first build of the CLI on a machine may take. */
const buildMinutes = 30;

const stack = "security";
const account = "111111111111";

/** What somebody did by hand, to one thing that this platform made. */
interface Tampering {
  readonly what: string;
  /** Type of the resource, and the end of its URN. */
  readonly type: string;
  readonly name: string;
  /** What the thing has in place of ours; undefined: it was deleted. */
  readonly now: Readonly<Record<string, unknown>> | undefined;
}

const open = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "444444444444" }, Action: "*", Resource: "*" }],
});

/** Alarms whose runbook is followed, and what each is told of. */
const tamperings: Readonly<Record<string, readonly Tampering[]>> = {
  "policy-changed": [
    {
      what: "the policy of a secret",
      type: "aws:secretsmanager/secretPolicy:SecretPolicy",
      name: "orders/prod/signing-key-policy",
      now: { policy: open },
    },
    {
      what: "the policy of a key",
      type: "aws:kms/key:Key",
      name: "prod/configuration-key",
      now: { policy: open },
    },
  ],
  "rotation-changed": [
    {
      what: "who rotates a secret",
      type: "aws:secretsmanager/secretRotation:SecretRotation",
      name: "orders/prod/signing-key-rotation",
      now: { rotationLambdaArn: `arn:aws:lambda:eu-west-1:${account}:function:theirs` },
    },
    {
      what: "the settings of a function",
      type: "aws:lambda/function:Function",
      name: "expiry-watch-function",
      now: { handler: "theirs.handler" },
    },
  ],
  "recording-changed": [
    {
      what: "an alarm, deleted",
      type: "aws:cloudwatch/metricAlarm:MetricAlarm",
      name: "access-alarms-policy-changed",
      now: undefined,
    },
    {
      what: "a rule, disabled",
      type: "aws:cloudwatch/eventRule:EventRule",
      name: "event-notices-sensitive-calls",
      now: { state: "DISABLED" },
    },
  ],
  "reader-taken-over": [
    {
      what: "whom a role trusts",
      type: "aws:iam/role:Role",
      name: "rotation-prod-generated-role",
      now: { assumeRolePolicy: open },
    },
  ],
  "local-reader": [
    {
      what: "the policy of a secret",
      type: "aws:secretsmanager/secretPolicy:SecretPolicy",
      name: "billing/prod/ledger-policy",
      now: undefined,
    },
  ],
};

describe("runbooks, followed to the letter after a change by hand", function () {
  this.timeout(240_000);
  let emulator: Emulator;
  let engine: Engine;
  let project: Project;
  const manifests = join(__dirname, "manifests");

  before(async function () {
    this.timeout(buildMinutes * 60_000);
    emulator = await provided(this, () => Emulator.start());
    engine = await provided(this, () => Engine.start(emulator.options));
    project = await engine.project({ from: repositoryRoot, services: manifests });
    await project.up(stack);
  });

  after(async () => {
    await engine?.stop();
    await emulator?.stop();
  });

  for (const [id, things] of Object.entries(tamperings)) {
    it(`${id}: ${things.map(({ what }) => what).join("; ")}`, async () => {
      const before = things.map(found);
      things.forEach(tamper);
      const [preview, up] = ["preview", "up"].map((command) => commandOf(id, command));
      assert.ok(up !== undefined, "its runbook names no update");
      if (preview !== undefined) {
        const { changes } = await project.preview(stack, { args: preview });
        const named = [...changes.create, ...changes.update.map(({ urn }) => urn)];
        assert.deepEqual(named.sort(), before.map(({ urn }) => urn).sort());
      }
      await project.up(stack, { args: up });
      assert.deepEqual(
        things.map((thing) => comparable(found(thing))),
        before.map(comparable),
      );
    });
  }

  it("rotation-changed: another code shows nowhere, and is gone with the function", async () => {
    const type = "aws:lambda/function:Function";
    const thing = { what: "code", type, name: "rotation-prod-generated-function", now: undefined };
    const { code } = found(thing).inputs;
    engine.cloud.put({ ...found(thing), inputs: { ...found(thing).inputs, code: "theirs" } });
    const { changes } = await project.preview(stack, {
      args: commandOf("rotation-changed", "preview") ?? [],
    });
    assert.deepEqual([changes.create, changes.update], [[], []]);

    // With a function its permissions go.
    tamper(thing);
    tamper({ ...thing, type: "aws:lambda/permission:Permission", name: "rotation-prod-generated-invoke" });
    await project.up(stack, { args: commandOf("rotation-changed", "up") ?? [] });
    assert.deepEqual(found(thing).inputs["code"], code);
  });

  it("the daily look fails on a difference, and on nothing else", async () => {
    const guide = readFileSync(join(repositoryRoot, "docs", "operations.md"), "utf8");
    const [, args = ""] =
      /`pulumi preview (--refresh --expect-no-changes) --stack security`/.exec(guide) ?? [];
    const daily = { args: args.split(" ") };
    await project.preview(stack, daily);
    const type = "aws:cloudwatch/metricAlarm:MetricAlarm";
    tamper({ what: "an alarm", type, name: "access-alarms-trail-silent", now: { actionsEnabled: false } });
    const { stdout, stderr } = await project.preview(stack, { ...daily, expectFailure: true });
    assert.match(stdout + stderr, /no changes were expected/);
    await project.up(stack, { refresh: true });
  });

  /** Arguments of a command that a runbook names, without the command and the stack. */
  function commandOf(id: string, command: string): string[] | undefined {
    const plan = planOf(project.folder);
    const security = plan.organisation.stacks.find(({ name }) => name === stack);
    assert.ok(security);
    const alarm = detectionsOf(plan, security).alarms.find((one) => one.id === id);
    const [, args] = new RegExp(`\`pulumi ${command}([^\`]*)\``).exec(alarm?.runbook ?? "") ?? [];
    return args
      ?.replace(/ --stack \w+/, "")
      .split(" ")
      .filter((word) => word !== "");
  }

  function found({ type, name }: Tampering): CloudResource {
    const resource = engine.cloud.list({ type, account }).find(({ urn }) => urn.endsWith(`::${name}`));
    assert.ok(resource, `there is no ${name}`);
    return resource;
  }

  function tamper(thing: Tampering): void {
    const resource = found(thing);
    if (thing.now === undefined) engine.cloud.remove(resource);
    else {
      const { inputs, outputs } = resource;
      engine.cloud.put({
        ...resource,
        inputs: { ...inputs, ...thing.now },
        outputs: { ...outputs, ...thing.now },
      });
    }
  }

  /** Without what AWS makes up. */
  function comparable({ urn, inputs }: CloudResource) {
    return { urn, inputs };
  }
});
