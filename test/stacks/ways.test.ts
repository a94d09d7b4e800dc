import assert from "node:assert/strict";
import { asset } from "@pulumi/pulumi";
import { parseRotations } from "../../functions/rollout/event";
import { servicesFor } from "../../functions/rollout/targets";
import { expiryWatchMetrics, metricNamespace } from "../../model/functions/metrics";
import {
  type ExpiryWatchSettings,
  type RolloutSettings,
  rolloutTimeoutSeconds,
  settingsFile,
  topicArnVariable,
} from "../../model/functions/settings";
import { rolloutsIn } from "../../model/plan/rollouts";
import type { Plan } from "../../model/plan/types";
import type { FunctionCode } from "../../stacks/account/functionCode";
import { samplePlan } from "../model/plan/support/samples";
import { runStack } from "./support/runStack";
import { allows, codeOf, eventMatches, World } from "./support/world";

/**
 * Ways on which one resource hands something to the next over several accounts: each is followed from its event to the
 * call at its end, and to who is told when a link breaks. Then each link is taken out in turn: none may be missing unseen.
 */

const organisation = "o-exampleorgid";
const [functions, rules, targets] = [
  "aws:lambda/function:Function",
  "aws:cloudwatch/eventRule:EventRule",
  "aws:cloudwatch/eventTarget:EventTarget",
];

/** A rotation of a secret that services are restarted after, from Secrets Manager's event to ECS. */
function followRollout(world: World, plan: Plan, environment: string): void {
  const { security } = plan.environments.find(({ name }) => name === environment)!;
  const [here, there] = [world.account(security.stack), world.account(environment)];
  const rollouts = rolloutsIn(plan, environment);
  assert.ok(rollouts.length > 0);
  const events = rollouts.map(({ secretArnPattern }) => ({
    source: "aws.secretsmanager",
    "detail-type": "AWS Service Event via CloudTrail",
    account: here,
    detail: {
      eventName: "RotationSucceeded",
      eventTime: "2026-03-03T04:00:00Z",
      additionalEventData: { SecretId: secretArnPattern.replace("??????", "AbCdEf") },
    },
  }));
  const elsewhere = otherOf(environment);
  const others = events.map((event) => ({
    ...event,
    detail: {
      ...event.detail,
      additionalEventData: {
        SecretId: event.detail.additionalEventData.SecretId.replace(`/${environment}/`, `/${elsewhere}/`),
      },
    },
  }));
  const failed = events.map((event) => ({
    ...event,
    detail: { ...event.detail, eventName: "RotationFailed" },
  }));
  const picks = (pattern: unknown): void => {
    const read = JSON.parse(String(pattern)) as unknown;
    for (const event of events) assert.ok(eventMatches(read, event), JSON.stringify(event));
    for (const event of [...others, ...failed]) assert.ok(!eventMatches(read, event), JSON.stringify(event));
  };
  const isOn = (state: unknown): void => assert.ok(state === undefined || state === "ENABLED");

  // Out of the security account.
  const leaving = world.one(security.stack, rules, { name: `rotation-events-${environment}` });
  assert.equal(leaving.inputs["eventBusName"], undefined, "AWS's own events are on the default bus");
  picks(leaving.inputs["eventPattern"]);
  isOn(leaving.inputs["state"]);
  const outward = world.one(security.stack, targets, { rule: leaving.inputs["name"] }).inputs;
  const busArn = `arn:aws:events:eu-west-1:${there}:event-bus/secrets-platform-rotations`;
  assert.equal(outward["arn"], busArn);
  const ruleArn = (account: string, name: string) => `arn:aws:events:eu-west-1:${account}:rule/${name}`;
  world.roleServes(
    security.stack,
    outward["roleArn"],
    {
      service: "events.amazonaws.com",
      source: {
        "aws:SourceAccount": here,
        "aws:SourceArn": ruleArn(here, String(leaving.inputs["name"])),
      },
    },
    [["events:PutEvents", busArn]],
  );

  // Into the workload account.
  const busName = "secrets-platform-rotations";
  world.one(environment, "aws:cloudwatch/eventBus:EventBus", { name: busName });
  const busPolicy = world.one(environment, "aws:cloudwatch/eventBusPolicy:EventBusPolicy", {
    eventBusName: busName,
  });
  allows(busPolicy.inputs["policy"], {
    caller: { arn: String(outward["roleArn"]), account: here, organisation },
    action: "events:PutEvents",
    resource: busArn,
  });
  const arriving = world.one(environment, rules, { eventBusName: busName });
  picks(arriving.inputs["eventPattern"]);
  isOn(arriving.inputs["state"]);

  // Into the queue.
  const inward = world.one(environment, targets, { eventBusName: busName, rule: arriving.inputs["name"] });
  const queue = world
    .all(environment, "aws:sqs/queue:Queue")
    .find(({ outputs }) => outputs["arn"] === inward.inputs["arn"]);
  assert.ok(queue, "the rule's target is a queue");
  assert.equal(queue.inputs["fifoQueue"], true);
  assert.deepEqual(inward.inputs["sqsTarget"], { messageGroupId: "rotations" }, "one after the other");
  const queuePolicy = world.one(environment, "aws:sqs/queuePolicy:QueuePolicy", {
    queueUrl: queue.outputs["url"],
  });
  allows(queuePolicy.inputs["policy"], {
    caller: { arn: "", account: "", organisation: "", service: "events.amazonaws.com" },
    action: "sqs:SendMessage",
    resource: String(queue.outputs["arn"]),
    context: {
      "aws:SourceArn": ruleArn(there, `${busName}/${String(arriving.inputs["name"])}`),
      "aws:SourceAccount": there,
      "aws:SecureTransport": "true",
    },
  });
  assert.ok(Number(queue.inputs["visibilityTimeoutSeconds"]) > rolloutTimeoutSeconds);

  // Out of the queue, to ECS.
  const source = world.one(environment, "aws:lambda/eventSourceMapping:EventSourceMapping", {
    eventSourceArn: queue.outputs["arn"],
  });
  assert.notEqual(source.inputs["enabled"], false);
  const rollout = world.one(environment, functions, { name: source.inputs["functionName"] });
  const { entry, settings } = codeOf(rollout);
  assert.equal(entry, "rollout/entry");
  const services = events.map((event) => {
    const [rotation] = parseRotations({ Records: [{ body: JSON.stringify(event) }] });
    return servicesFor(settings as RolloutSettings, rotation!.secretArn);
  });
  assert.deepEqual(
    services,
    rollouts.map((one) => one.services),
  );
  const taking = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"].map(
    (action) => [action, String(queue.outputs["arn"])] as const,
  );
  const deploying = services
    .flat()
    .flatMap(({ cluster, service }) =>
      ["ecs:DescribeServices", "ecs:UpdateService"].map(
        (action) => [action, `arn:aws:ecs:eu-west-1:${there}:service/${cluster}/${service}`] as const,
      ),
    );
  world.roleServes(environment, rollout.inputs["role"], { service: "lambda.amazonaws.com" }, [
    ...taking,
    ...deploying,
    ...logging(world, environment, String(rollout.inputs["name"])),
  ]);

  // Whatever breaks, somebody hears of it.
  const dead = world
    .all(environment, "aws:sqs/queue:Queue")
    .find(
      ({ outputs }) =>
        outputs["arn"] ===
        (JSON.parse(String(queue.inputs["redrivePolicy"])) as { deadLetterTargetArn: string })
          .deadLetterTargetArn,
    );
  assert.ok(dead, "what fails again and again is kept");
  const FunctionName = rollout.inputs["name"];
  world.isWatched(security.stack, "AWS/Events", "FailedInvocations", { RuleName: leaving.inputs["name"] });
  world.isWatched(environment, "AWS/Events", "FailedInvocations", {
    EventBusName: busName,
    RuleName: arriving.inputs["name"],
  });
  world.isWatched(environment, "AWS/Lambda", "Errors", { FunctionName });
  world.isWatched(environment, "AWS/Lambda", "Throttles", { FunctionName });
  world.isWatched(environment, "AWS/SQS", "ApproximateNumberOfMessagesVisible", {
    QueueName: dead.inputs["name"],
  });
  world.isWatched(environment, "AWS/SQS", "ApproximateAgeOfOldestMessage", {
    QueueName: queue.inputs["name"],
  });
}

function otherOf(environment: string): string {
  return environment === "prod" ? "staging" : "prod";
}

/** The daily look through an account, from its schedule to the topic. */
function followWatch(world: World, plan: Plan, stack: string): void {
  const account = world.account(stack);
  const watch = world.one(stack, functions, { name: "expiry-watch" });
  const schedule = world.one(stack, rules, { name: "expiry-watch" });
  assert.equal(schedule.inputs["scheduleExpression"], "cron(0 6 * * ? *)");
  assert.ok([undefined, "ENABLED"].includes(schedule.inputs["state"] as string | undefined));
  world.one(stack, targets, { rule: "expiry-watch", arn: watch.outputs["arn"] });
  const permission = world.one(stack, "aws:lambda/permission:Permission", {
    function: "expiry-watch",
  }).inputs;
  assert.deepEqual(
    [permission["principal"], permission["action"], permission["sourceArn"]],
    ["events.amazonaws.com", "lambda:InvokeFunction", schedule.outputs["arn"]],
  );
  const { entry, settings } = codeOf(watch);
  assert.equal(entry, "expiryWatch/entry");
  const told = settings as ExpiryWatchSettings;
  const names = (items: readonly { readonly name: string }[] = []) => items.map(({ name }) => name).sort();
  const held = <T extends { readonly account: string }>(items: readonly T[]) =>
    items.filter((item) => item.account === account);
  const secrets = held(plan.secrets);
  const replicated = secrets.filter(({ replicas }) => replicas.length > 0);
  assert.deepEqual(
    {
      parameters: names(told.expectedParameters),
      rotations: names(told.expectedRotations),
      replicas: names(told.expectedReplicas),
      forms: names(told.expectedForms),
    },
    {
      parameters: names(held(plan.parameters).filter(({ type }) => type === "SecureString")),
      rotations: names(secrets),
      replicas: names(replicated),
      forms: names(secrets.filter(({ shape }) => shape.form === "database")),
    },
  );
  const topic = `arn:aws:sns:eu-west-1:${account}:secrets-platform-notices`;
  assert.deepEqual((watch.inputs["environment"] as { variables: object } | undefined)?.variables, {
    [topicArnVariable]: topic,
  });
  const key = (use: string) =>
    [
      `kms:${use}`,
      `arn:aws:kms:eu-west-1:${account}:key/any`,
      {
        "kms:ResourceAliases": ["alias/operations"],
        "kms:ViaService": "sns.eu-west-1.amazonaws.com",
        "kms:EncryptionContext:aws:sns:topicArn": topic,
      },
    ] as const;
  world.roleServes(stack, watch.inputs["role"], { service: "lambda.amazonaws.com" }, [
    ["secretsmanager:ListSecrets", "*"],
    ["ssm:DescribeParameters", "*"],
    ["ssm:ListTagsForResource", `arn:aws:ssm:eu-west-1:${account}:parameter/any`],
    ...replicated.map(({ arnPattern }) => ["secretsmanager:DescribeSecret", arnPattern] as const),
    ["sns:Publish", topic],
    key("Decrypt"),
    key("GenerateDataKey"),
    ...logging(world, stack, "expiry-watch"),
  ]);
  world.reaches(stack, topic);
  // It counts what it looked at; without that, because it failed or never ran, the alarm goes off.
  const silence = world.isWatched(stack, metricNamespace, expiryWatchMetrics.watched, {
    Function: "expiry-watch",
  });
  assert.equal(silence.inputs["treatMissingData"], "breaching");
  world.isWatched(stack, metricNamespace, expiryWatchMetrics.noticesFailed, { Function: "expiry-watch" });
}

/** A function writes into its own group, which is there. */
function logging(world: World, stack: string, name: string) {
  const group = world.one(stack, "aws:cloudwatch/logGroup:LogGroup", { name: `/aws/lambda/${name}` });
  const streams = `arn:aws:logs:eu-west-1:${world.account(stack)}:log-group:${String(group.inputs["name"])}:log-stream:any`;
  return [
    ["logs:CreateLogStream", streams],
    ["logs:PutLogEvents", streams],
  ] as const;
}

/** As deployed, with the settings beside the code. */
const functionCode: FunctionCode = (entry, settings) =>
  new asset.AssetArchive({
    "index.js": new asset.StringAsset(entry),
    [settingsFile]: new asset.StringAsset(JSON.stringify(settings)),
  });

const plan = samplePlan();

/** Which way, its places, and what belongs to nothing but it: children of these components. */
const ways = [
  ...["staging", "prod"].map((environment) => ({
    name: `from a rotation to a new deployment in ${environment}`,
    follow: (world: World) => followRollout(world, plan, environment),
    own: (urn: string) =>
      (urn.startsWith(`urn:pulumi:${environment}::`) && urn.includes(":RotationRollout$")) ||
      (urn.includes(":RotationEvents$") && !urn.includes(`::rotation-events-${otherOf(environment)}`)),
  })),
  ...["security", "staging", "prod"].map((stack) => ({
    name: `from the schedule to what owners are told in ${stack}`,
    follow: (world: World) => followWatch(world, plan, stack),
    own: (urn: string) =>
      urn.startsWith(`urn:pulumi:${stack}::`) &&
      (urn.includes(":ExpiryWatch$") || urn.includes(":NoticesTopic$")),
  })),
];

describe("each way over the accounts", function () {
  this.timeout(120_000);
  let world: World;

  before(async () => {
    const security = await runStack(plan, "security", { functionCode });
    const workloads: World["stacks"][number][] = [];
    for (const stack of ["staging", "prod"])
      workloads.push(await runStack(plan, stack, { functionCode, security: security.outputs }));
    world = new World([security, ...workloads]);
  });

  for (const { name, follow, own } of ways) {
    describe(name, () => {
      it("leads from its beginning to its end", () => follow(world));

      it("breaks where any of its resources is taken out", () => {
        follow(world);
        const links = world.stacks.flatMap(({ resources }) =>
          resources.filter(({ urn, custom }) => custom && own(urn)),
        );
        assert.ok(links.length >= 7, `only ${links.length} links`);
        const unseen = links.filter(({ urn }) => leads(follow, world.without(urn)));
        assert.deepEqual(
          unseen.map(({ urn }) => urn),
          [],
        );
      });

      it("breaks where any of its alarms is taken out", () => {
        follow(world);
        const before = world.stacks.flatMap(({ resources }) =>
          resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm"),
        );
        const needed = before.filter(({ urn }) => !leads(follow, world.without(urn)));
        assert.ok(needed.length >= 2, `only ${needed.length} alarms`);
      });

      it("breaks where what leads from one to the next names something else", () => {
        follow(world);
        const unseen = world.stacks.flatMap(({ resources }) =>
          resources
            .filter(({ urn, custom }) => custom && own(urn))
            .flatMap(({ urn, inputs }) =>
              leadingOn
                .filter((property) => inputs[property] !== undefined)
                .filter((property) =>
                  leads(follow, world.changed(urn, { ...inputs, [property]: otherwise(inputs[property]) })),
                )
                .map((property) => `${urn} ${property}`),
            ),
        );
        assert.deepEqual(unseen, []);
      });
    });
  }
});

/** Inputs by which a resource names another, says when it acts, or who may use it. */
const leadingOn = [
  "arn",
  "assumeRolePolicy",
  "eventBusName",
  "eventPattern",
  "eventSourceArn",
  "functionName",
  "policy",
  "principal",
  "queueUrl",
  "redrivePolicy",
  "role",
  "roleArn",
  "rule",
  "scheduleExpression",
  "sourceArn",
  "sqsTarget",
  "topic",
];

/** Something of the same kind that means something else. */
function otherwise(value: unknown): unknown {
  if (typeof value !== "string") return {};
  if (!value.startsWith("{")) return `${value}-other`;
  return JSON.stringify({ Version: "2012-10-17", Statement: [], source: ["other"] });
}

function leads(follow: (world: World) => void, world: World): boolean {
  try {
    follow(world);
    return true;
  } catch {
    return false;
  }
}
