import { EventBus, EventBusPolicy, EventRule, EventTarget } from "@pulumi/aws/cloudwatch";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { type TextRule } from "../../model/aws/textRules";
import type { PolicyDocument } from "../../model/documents/policy";
import { rolloutTimeoutSeconds } from "../../model/functions/settings";
import { functionProblems, platformFunction, type PlatformFunctionArgs } from "../account/platformFunction";
import { checkPolicy, policyJson, policyLimits } from "../policyArgument";
import { type ArgumentProblem, checkText, rejectProblems } from "../validation";
import { calledInTurn, messageGroupId, queueProblems, rolloutQueue } from "./rolloutQueue";

export interface RotationRolloutArgs extends Omit<PlatformFunctionArgs, "timeoutSeconds"> {
  /** Name of the bus that the security account hands its events to. */
  readonly busName: string;
  /** Who may put events on it (`rotationBusPolicy`). */
  readonly busPolicy: PolicyDocument;
  /** Which events start a rollout (`rotationSucceeded`). */
  readonly eventPattern: object;
  /** Queues of rotations that wait, and of those given up; each name ends in `.fifo`. */
  readonly queueNames: { readonly waiting: string; readonly failed: string };
  /** Who may put rotations into the first (`rolloutQueuePolicy`). */
  readonly queuePolicy: PolicyDocument;
}

const busNames: TextRule = {
  pattern: /^(?!default$)[A-Za-z0-9._-]{1,256}$/,
  allowed: "1 to 256 letters, digits and `._-` are allowed, and not the account's default bus",
  remedy: "name a bus of its own",
};

/**
 * Redeploys ECS services when a secret that was injected at their start has been rotated in the security account. The
 * rotations wait in a queue that hands over one at a time, so that two of one service's secrets do not start two
 * deployments of it side by side; one that fails again and again ends in a queue of its own.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 */
export class RotationRollout extends ComponentResource {
  readonly functionArn: Output<string>;

  constructor(name: string, args: RotationRolloutArgs, opts?: ComponentResourceOptions) {
    const functionArgs = { ...args, timeoutSeconds: rolloutTimeoutSeconds };
    rejectProblems("RotationRollout", name, problemsOf(args));
    super("secrets-platform:workload:RotationRollout", name, {}, opts);
    const { tags } = args;
    const parent = { parent: this };
    const bus = new EventBus(`${name}-bus`, { name: args.busName, tags }, parent);
    new EventBusPolicy(
      `${name}-bus-policy`,
      { eventBusName: bus.name, policy: policyJson(args.busPolicy) },
      parent,
    );
    const rule = new EventRule(
      `${name}-rule`,
      {
        name: args.functionName,
        description: "Rotations after which services are redeployed",
        eventBusName: bus.name,
        eventPattern: JSON.stringify(args.eventPattern),
        tags,
      },
      parent,
    );
    const queue = rolloutQueue(name, { names: args.queueNames, policy: args.queuePolicy, tags }, this);
    const created = platformFunction(name, functionArgs, this);
    calledInTurn(name, created.name, queue.arn, this);
    new EventTarget(
      `${name}-target`,
      { rule: rule.name, eventBusName: bus.name, arn: queue.arn, sqsTarget: { messageGroupId } },
      { parent: this, dependsOn: queue.ready },
    );
    this.functionArn = created.arn;
    this.registerOutputs({ functionArn: this.functionArn });
  }
}

function problemsOf(args: RotationRolloutArgs): ArgumentProblem[] {
  return [
    functionProblems({ ...args, timeoutSeconds: rolloutTimeoutSeconds }),
    checkText("busName", args.busName, busNames),
    queueProblems(args.queueNames),
    checkPolicy("queuePolicy", args.queuePolicy, policyLimits.queue),
  ].flat();
}
