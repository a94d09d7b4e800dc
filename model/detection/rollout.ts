import { rolloutAttempts } from "../functions/settings";
import {
  lambdaLogGroupName,
  platformFunctionNames,
  rolloutQueueNames,
  rotationBusName,
  rotationEventsRule,
} from "../plan/names";
import { rolloutsIn } from "../plan/rollouts";
import type { Family } from "./declaration";
import { drift } from "./drift";
import type { Alarm, Metric } from "./types";
import { undeliveredBy } from "./undelivered";

const { rollout: rolloutFunction, rotationEvents } = platformFunctionNames;

/**
 * What tells that services were not restarted after a rotation: each link from the security account's rule to the
 * function that deploys. Nothing where no manifest asks for it.
 */
export const rollout: Family = ({ plan, stack }) => {
  const restarted = (environment: string) => rolloutsIn(plan, environment).length > 0;
  const alarms =
    stack.kind === "security"
      ? stack.environments.filter(restarted).map((environment) => notHandedOn(environment, stack.name))
      : restarted(stack.environment)
        ? inWorkload
        : [];
  return alarms.map((alarm) => ({ alarm }));
};

function notHandedOn(environment: string, stack: string): Alarm {
  const rule = rotationEventsRule(environment);
  return undeliveredBy(
    { rule },
    `EventBridge could not hand rotations of ${environment} on to its account, so that services there were not restarted.`,
    `${drift.putBackIn(stack)} puts the role ${rotationEvents} back, and ${drift.putBack} in the environment's stack its bus ${rotationBusName}; ${byHand}`,
  );
}

/** What brings a service the values it should have, whatever broke. */
const byHand =
  "then restart the services whose secrets `npx platform status` shows as rotated meanwhile: `aws ecs update-service --force-new-deployment`.";

const inFunction = (name: string): Metric => ({
  namespace: "AWS/Lambda",
  name,
  dimensions: { FunctionName: rolloutFunction },
});

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
const inQueue = (QueueName: string, name: string): Metric => ({
  namespace: "AWS/SQS",
  name,
  dimensions: { QueueName },
});

const why = `the log group ${lambdaLogGroupName(rolloutFunction)} says why`;

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
const inWorkload: readonly Alarm[] = [
  {
    id: "rollout-failed",
    runbook:
      `After a rotation a service could not be redeployed; it is tried ${rolloutAttempts} times. ` +
      `First: ${why}. A deployment that never ends is its team's to end; a service that is not there has another name in the manifest's \`rollout\`, or was deleted; ` +
      `what is refused ${drift.putBack} grants again. Until then the service runs with the value before.`,
    metric: inFunction("Errors"),
    trigger: { kind: "count", atLeast: 1, minutes: 5 },
  },
  {
    id: "rollout-throttled",
    runbook:
      "The function that redeploys services after rotations was not let run: the account has no concurrency left, or somebody took the function's. " +
      `First: see in the Lambda console what uses the account's concurrency, and ask AWS for more (docs/quotas.md); ${drift.putBack} puts the function's settings back. Rotations wait in the queue meanwhile.`,
    metric: inFunction("Throttles"),
    trigger: { kind: "count", atLeast: 1, minutes: 5 },
  },
  {
    id: "rollout-given-up",
    runbook:
      `Rotations are in the queue ${rolloutQueueNames.failed}, after ${rolloutAttempts} attempts: the services of those secrets were not restarted and run with the value before. ` +
      `First: ${why}, and each message names its secret. Fix it, then \`aws sqs start-message-move-task --source-arn\` with the ARN of that queue tries them once more.`,
    metric: inQueue(rolloutQueueNames.failed, "ApproximateNumberOfMessagesVisible"),
    trigger: { kind: "count", atLeast: 1, minutes: 5 },
  },
  {
    id: "rollout-late",
    runbook:
      `A rotation has waited for two hours in the queue ${rolloutQueueNames.waiting} to have its services restarted: what is before it takes long, or nobody takes any. ` +
      `First: ${why}; ${drift.putBack} puts function, role and what connects them with the queue back.`,
    metric: inQueue(rolloutQueueNames.waiting, "ApproximateAgeOfOldestMessage"),
    trigger: { kind: "level", atLeast: 2 * 3600, minutes: 5, unit: "seconds" },
  },
  undeliveredBy(
    { rule: rolloutFunction, bus: rotationBusName },
    "EventBridge could not hand rotations to the queue of the function that restarts services, so that none was.",
    `${drift.putBack} puts rule, queue and the queue's policy back; ${byHand}`,
  ),
];
