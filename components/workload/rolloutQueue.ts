import { EventSourceMapping } from "@pulumi/aws/lambda";
import { Queue, QueuePolicy } from "@pulumi/aws/sqs";
import { jsonStringify, type Input, type Output, type Resource } from "@pulumi/pulumi";
import { type TextRule } from "../../model/aws/textRules";
import type { PolicyDocument } from "../../model/documents/policy";
import { rolloutAttempts, rolloutTimeoutSeconds } from "../../model/functions/settings";
import type { Tags } from "../argumentRules";
import { policyJson } from "../policyArgument";
import { checkText, type ArgumentProblem } from "../validation";

export interface RolloutQueueArgs {
  /** Names of the queue and of the one for what was given up; each ends in `.fifo`. */
  readonly names: { readonly waiting: string; readonly failed: string };
  /** Who may put messages into it (`rolloutQueuePolicy`). */
  readonly policy: PolicyDocument;
  readonly tags: Tags;
}

/** Messages of one group are handed over one after the other, and there is one group. */
export const messageGroupId = "rotations";

/**
 * Hidden from others while a call works on it: a little longer than a call may take, since all the others wait for it
 * too when it fails.
 */
const visibilityTimeoutSeconds = rolloutTimeoutSeconds + 60;

/** SQS's most, in seconds: 14 days. */
const longestRetention = 14 * 24 * 3600;

/** Messages name secrets and hold no value, so the key is SQS's own. */
const queue = { fifoQueue: true, sqsManagedSseEnabled: true, messageRetentionSeconds: longestRetention };

/**
 * Rotations in the order they happened, and beside them those that were given up: children `{name}-queue`,
 * `{name}-queue-policy` and `{name}-failed` of a component.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-message-order.html
 */
export function rolloutQueue(
  name: string,
  { names, policy, tags }: RolloutQueueArgs,
  parent: Resource,
): { readonly arn: Output<string>; readonly ready: Resource } {
  const failed = new Queue(`${name}-failed`, { name: names.failed, ...queue, tags }, { parent });
  const waiting = new Queue(
    `${name}-queue`,
    {
      name: names.waiting,
      ...queue,
      // EventBridge gives no identifier of its own; the event's is in the message.
      contentBasedDeduplication: true,
      visibilityTimeoutSeconds,
      redrivePolicy: jsonStringify({ deadLetterTargetArn: failed.arn, maxReceiveCount: rolloutAttempts }),
      tags,
    },
    { parent },
  );
  const ready = new QueuePolicy(
    `${name}-queue-policy`,
    { queueUrl: waiting.url, policy: policyJson(policy) },
    { parent },
  );
  return { arn: waiting.arn, ready };
}

/**
 * Has a function called with one message after the other. That is what the one group does; it takes no concurrency out
 * of the account's, which new accounts have little of.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export function calledInTurn(
  name: string,
  functionName: Input<string>,
  queueArn: Input<string>,
  parent: Resource,
): void {
  new EventSourceMapping(
    `${name}-source`,
    { functionName, eventSourceArn: queueArn, batchSize: 1 },
    { parent },
  );
}

const queueNames: TextRule = {
  pattern: /^[A-Za-z0-9_-]{1,75}\.fifo$/,
  allowed: "1 to 75 letters, digits, `_` and `-`, and `.fifo` behind them are allowed",
  remedy: "shorten it or replace the other characters",
};

export function queueProblems({ waiting, failed }: RolloutQueueArgs["names"]): ArgumentProblem[] {
  return [
    ...checkText("queueNames.waiting", waiting, queueNames),
    ...checkText("queueNames.failed", failed, queueNames),
  ];
}
