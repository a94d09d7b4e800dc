import assert from "node:assert/strict";
import type { RegisteredResource } from "../../cli/inMemory/registeredResource";
import { rotationSucceeded } from "../../model/plan/rotationPattern";
import type { Plan } from "../../model/plan/types";
import { type Built, built, ofType, stackNamed } from "./support/built";
import { runStack } from "./support/runStack";
import { some } from "../support/some";

const workloads = ["staging", "prod"];

describe("from a rotation to a new deployment, over the accounts", function () {
  this.timeout(240_000);
  let all: Built;

  before(async () => {
    all = await built("aws");
  });

  /** The one resource of a stack of a type that has these inputs. */
  function one(stack: string, type: string, inputs: Readonly<Record<string, unknown>>): RegisteredResource {
    const found = ofType(stackNamed(all, stack), type).filter((resource) =>
      Object.entries(inputs).every(([key, value]) => resource.inputs[key] === value),
    );
    assert.equal(found.length, 1, `${found.length} of ${type} in ${stack} have ${JSON.stringify(inputs)}`);
    return found[0]!;
  }

  const targetOf = (stack: string, rule: string) =>
    one(stack, "aws:cloudwatch/eventTarget:EventTarget", { rule }).inputs;

  const alarmsOn = (stack: string, namespace: string, metricName: string, dimensions: object) =>
    ofType(stackNamed(all, stack), "aws:cloudwatch/metricAlarm:MetricAlarm").filter(
      ({ inputs }) =>
        inputs["namespace"] === namespace &&
        inputs["metricName"] === metricName &&
        JSON.stringify(inputs["dimensions"]) === JSON.stringify(dimensions) &&
        JSON.stringify(inputs["alarmActions"]) ===
          JSON.stringify([
            `arn:aws:sns:eu-west-1:${stackNamed(all, stack).account}:secrets-platform-notices`,
          ]),
    );

  for (const environment of workloads) {
    it(`${environment}: each link hands it to the next`, () => {
      const { account } = stackNamed(all, environment);
      const place = { partition: "aws" as const, region: "eu-west-1", account: "111111111111" };
      const eventPattern = JSON.stringify(rotationSucceeded(place, environment));
      const leaving = `rotation-events-${environment}`;
      one("security", "aws:cloudwatch/eventRule:EventRule", { name: leaving, eventPattern });
      const bus = one(environment, "aws:cloudwatch/eventBus:EventBus", {
        name: "secrets-platform-rotations",
      });
      assert.equal(
        targetOf("security", leaving)["arn"],
        `arn:aws:events:eu-west-1:${account}:event-bus/secrets-platform-rotations`,
      );

      const eventBusName = bus.inputs["name"];
      one(environment, "aws:cloudwatch/eventRule:EventRule", {
        name: "rotation-rollout",
        eventBusName,
        eventPattern,
      });
      const target = targetOf(environment, "rotation-rollout");
      assert.equal(target["eventBusName"], eventBusName);
      const queue = one(environment, "aws:sqs/queue:Queue", { name: "rotation-rollout.fifo" });
      assert.equal(target["arn"], queue.outputs["arn"]);
      assert.deepEqual(target["sqsTarget"], { messageGroupId: "rotations" });

      const source = one(environment, "aws:lambda/eventSourceMapping:EventSourceMapping", {}).inputs;
      assert.equal(source["eventSourceArn"], queue.outputs["arn"]);
      assert.equal(source["functionName"], "rotation-rollout");
      one(environment, "aws:lambda/function:Function", { name: "rotation-rollout" });

      const policy = one(environment, "aws:sqs/queuePolicy:QueuePolicy", {}).inputs;
      assert.equal(policy["queueUrl"], queue.outputs["url"]);
      assert.match(String(policy["policy"]), new RegExp(`"${String(queue.outputs["arn"])}"`));
      assert.match(
        String(policy["policy"]),
        new RegExp(`"arn:aws:events:eu-west-1:${account}:rule/secrets-platform-rotations/rotation-rollout"`),
      );
      const role = one(environment, "aws:iam/rolePolicy:RolePolicy", { role: "rotation-rollout" }).inputs;
      const { Statement } = JSON.parse(String(role["policy"])) as {
        Statement: { Sid: string; Resource: unknown }[];
      };
      assert.deepEqual(
        Statement.filter(({ Sid }) => Sid === "TakeRotations").map(({ Resource }) => Resource),
        [queue.outputs["arn"]],
      );
    });

    it(`${environment}: an alarm hears of each link that breaks`, () => {
      const failed = one(environment, "aws:sqs/queue:Queue", { name: "rotation-rollout-failed.fifo" });
      const queue = one(environment, "aws:sqs/queue:Queue", { name: "rotation-rollout.fifo" });
      const redrive = JSON.parse(String(queue.inputs["redrivePolicy"])) as object;
      assert.deepEqual(redrive, { deadLetterTargetArn: failed.outputs["arn"], maxReceiveCount: 5 });
      assert.equal(failed.inputs["sqsManagedSseEnabled"], true);

      const FunctionName = "rotation-rollout";
      const links = [
        ["security", "AWS/Events", "FailedInvocations", { RuleName: `rotation-events-${environment}` }],
        [
          environment,
          "AWS/Events",
          "FailedInvocations",
          { EventBusName: "secrets-platform-rotations", RuleName: "rotation-rollout" },
        ],
        [environment, "AWS/Lambda", "Errors", { FunctionName }],
        [environment, "AWS/Lambda", "Throttles", { FunctionName }],
        [environment, "AWS/SQS", "ApproximateNumberOfMessagesVisible", { QueueName: failed.inputs["name"] }],
        [environment, "AWS/SQS", "ApproximateAgeOfOldestMessage", { QueueName: queue.inputs["name"] }],
      ] as const;
      for (const [stack, namespace, metric, dimensions] of links) {
        assert.equal(alarmsOn(stack, namespace, metric, dimensions).length, 1, `${metric} in ${stack}`);
      }
    });
  }

  it("is not there where no manifest asks for it, nor are its alarms", async () => {
    const consumers = all.plan.consumers.filter(
      ({ settings }) => settings.kind !== "ecs" || settings.rollout === undefined,
    );
    const plan: Plan = { ...all.plan, consumers };
    for (const name of ["security", "prod"]) {
      const stack = await runStack(plan, name, name === "prod" ? { security: "deployed" } : {});
      const names = stack.resources.map(({ name: each }) => each);
      assert.deepEqual(
        names.filter((each) => /rollout|rotation-events/.test(each)),
        [],
      );
    }
  });
});

describe("what an account has to have quotas for", function () {
  this.timeout(240_000);

  it("is no concurrency, unless the stack's file asks for some", async () => {
    const { plan, stacks } = await built("aws");
    const each = (type: string) =>
      some(
        stacks.flatMap((stack) => ofType(stack, type)),
        type,
      );
    for (const { inputs } of each("aws:lambda/function:Function"))
      assert.equal(inputs["reservedConcurrentExecutions"], undefined);
    for (const { inputs } of each("aws:codebuild/project:Project"))
      assert.equal(inputs["concurrentBuildLimit"], undefined);
    const organisation = {
      ...plan.organisation,
      stacks: plan.organisation.stacks.map((stack) => ({
        ...stack,
        concurrency: { functions: 7, ...(stack.kind === "workload" && { builds: 3 }) },
      })),
    };
    for (const name of ["security", "prod"]) {
      const surroundings = name === "prod" ? { security: "deployed" as const } : {};
      const stack = await runStack({ ...plan, organisation }, name, surroundings);
      const ours = ofType(stack, "aws:lambda/function:Function").filter(
        ({ inputs }) => !String(inputs["role"]).includes(":role/services/"),
      );
      assert.ok(ours.length >= 2, `${ours.length} functions in ${name}`);
      for (const { inputs } of ours) assert.equal(inputs["reservedConcurrentExecutions"], 7);
      const projects = ofType(stack, "aws:codebuild/project:Project");
      assert.equal(projects.length > 0, name === "prod");
      for (const { inputs } of projects) assert.equal(inputs["concurrentBuildLimit"], 3);
    }
  });
});
