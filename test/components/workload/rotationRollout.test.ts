import assert from "node:assert/strict";
import { asset } from "@pulumi/pulumi";
import { RotationRollout, type RotationRolloutArgs } from "../../../components/workload/rotationRollout";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { policyNamed, policyTooLong, tags } from "../support/organisation";

const args: RotationRolloutArgs = {
  functionName: "rotation-rollout",
  roleName: "rotation-rollout",
  description: "Redeploys",
  policy: policyNamed("Deploy"),
  code: new asset.AssetArchive({}),
  logs: { retentionDays: 365, keyArn: "arn:aws:kms:eu-west-1:111111111111:key/operations" },
  busName: "rotations",
  busPolicy: policyNamed("Bus"),
  eventPattern: { source: ["aws.secretsmanager"] },
  queueNames: { waiting: "rotation-rollout.fifo", failed: "rotation-rollout-failed.fifo" },
  queuePolicy: policyNamed("Queue"),
  tags,
};

describe("RotationRollout", () => {
  it("hands rotations from the bus to the function through a queue, one at a time", async () => {
    const { created, named } = await runProgram(() => new RotationRollout("rollout", args));
    assert.deepEqual(created, [
      "aws:cloudwatch/eventBus:EventBus rollout-bus",
      "aws:cloudwatch/eventBusPolicy:EventBusPolicy rollout-bus-policy",
      "aws:cloudwatch/eventRule:EventRule rollout-rule",
      "aws:cloudwatch/eventTarget:EventTarget rollout-target",
      "aws:cloudwatch/logGroup:LogGroup rollout-logs",
      "aws:iam/role:Role rollout-role",
      "aws:iam/rolePolicy:RolePolicy rollout-policy",
      "aws:lambda/eventSourceMapping:EventSourceMapping rollout-source",
      "aws:lambda/function:Function rollout-function",
      "aws:sqs/queue:Queue rollout-failed",
      "aws:sqs/queue:Queue rollout-queue",
      "aws:sqs/queuePolicy:QueuePolicy rollout-queue-policy",
    ]);
    const queue = "arn:aws:sqs:eu-west-1:111111111111:rotation-rollout.fifo";
    const target = named("rollout-target");
    assert.deepEqual(target.inputs, {
      rule: "rotation-rollout",
      eventBusName: "rotations",
      arn: queue,
      sqsTarget: { messageGroupId: "rotations" },
    });
    assert.ok(target.dependsOn.includes("rollout-queue-policy"));
    assert.deepEqual(named("rollout-source").inputs, {
      functionName: "rotation-rollout",
      eventSourceArn: queue,
      batchSize: 1,
    });
    assert.deepEqual(
      JSON.parse(String(named("rollout-queue-policy").inputs["policy"])),
      policyNamed("Queue"),
    );
  });

  it("keeps a rotation that is being worked on from a second call, and those given up for 14 days", async () => {
    const { named } = await runProgram(() => new RotationRollout("rollout", args));
    const { inputs } = named("rollout-queue");
    assert.deepEqual(inputs, {
      name: "rotation-rollout.fifo",
      fifoQueue: true,
      contentBasedDeduplication: true,
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: 1_209_600,
      visibilityTimeoutSeconds: 960,
      redrivePolicy: JSON.stringify({
        deadLetterTargetArn: "arn:aws:sqs:eu-west-1:111111111111:rotation-rollout-failed.fifo",
        maxReceiveCount: 5,
      }),
      tags,
    });
    assert.ok(
      Number(inputs["visibilityTimeoutSeconds"]) > Number(named("rollout-function").inputs["timeout"]),
    );
    assert.deepEqual(named("rollout-failed").inputs, {
      name: "rotation-rollout-failed.fifo",
      fifoQueue: true,
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: 1_209_600,
      tags,
    });
  });

  it("takes no concurrency out of the account's unless it is told to", async () => {
    const { named } = await runProgram(() => new RotationRollout("rollout", args));
    assert.equal(named("rollout-function").inputs["reservedConcurrentExecutions"], undefined);
    const reserving = await runProgram(
      () => new RotationRollout("rollout", { ...args, reservedConcurrency: 2 }),
    );
    assert.equal(reserving.named("rollout-function").inputs["reservedConcurrentExecutions"], 2);
  });

  it("refuses names AWS does not take, and a policy it has no room for", () => {
    const problems = rejected(
      () =>
        new RotationRollout("rollout", {
          ...args,
          busName: "default",
          queueNames: { waiting: "rotation-rollout", failed: "a b.fifo" },
          queuePolicy: policyTooLong(),
        }),
    );
    assert.deepEqual(Object.keys(problems), [
      "busName",
      "queueNames.waiting",
      "queueNames.failed",
      "queuePolicy",
    ]);
  });
});
