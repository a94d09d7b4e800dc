import { EventBus, EventBusPolicy, EventRule, EventTarget } from "@pulumi/aws/cloudwatch";
import { FunctionEventInvokeConfig, Permission } from "@pulumi/aws/lambda";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import type { PolicyDocument } from "../../model/documents/policy";
import { rolloutConcurrency } from "../../model/functions/settings";
import { invokedByService } from "../account/invokedByService";
import { functionFailures, platformFunction, type PlatformFunctionArgs } from "../account/platformFunction";
import { policyJson } from "../policyArgument";
import { checkText, rejectFailures, type TextRule } from "../validation";

export interface RotationRolloutArgs extends Omit<PlatformFunctionArgs, "timeoutSeconds"> {
  /** Name of the bus that the security account hands its events to. */
  readonly busName: string;
  /** Who may put events on it (`rotationBusPolicy`). */
  readonly busPolicy: PolicyDocument;
  /** Which events start a rollout (`rotationSucceeded`). */
  readonly eventPattern: object;
}

/** Longest that Lambda runs: a deployment under way is waited for. */
const timeoutSeconds = 900;

/** Lambda repeats a call that failed twice; in between a deployment under way comes to its end. */
const repeat = { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 6 * 3600 };

const busNames: TextRule = {
  pattern: /^(?!default$)[A-Za-z0-9._-]{1,256}$/,
  allowed: "1 to 256 letters, digits and `._-` are allowed, and not the account's default bus",
  remedy: "name a bus of its own",
};

/**
 * Deploys ECS services anew when a secret that was injected at their start has been rotated in the security account. One
 * call runs at a time, so no service is deployed twice at once.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 */
export class RotationRollout extends ComponentResource {
  readonly functionArn: Output<string>;

  constructor(name: string, args: RotationRolloutArgs, opts?: ComponentResourceOptions) {
    const functionArgs = { ...args, timeoutSeconds, reservedConcurrency: rolloutConcurrency };
    rejectFailures(
      "RotationRollout",
      name,
      functionFailures(functionArgs),
      checkText("busName", args.busName, busNames),
    );
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
        description: "Rotations after which services are deployed anew",
        eventBusName: bus.name,
        eventPattern: JSON.stringify(args.eventPattern),
        tags,
      },
      parent,
    );
    const created = platformFunction(name, functionArgs, this);
    new FunctionEventInvokeConfig(`${name}-repeat`, { functionName: created.name, ...repeat }, parent);
    new Permission(
      `${name}-invoke`,
      {
        statementId: "RotationInvokes",
        action: "lambda:InvokeFunction",
        function: created.name,
        ...invokedByService("events", { "aws:SourceArn": rule.arn }),
      },
      parent,
    );
    new EventTarget(`${name}-target`, { rule: rule.name, eventBusName: bus.name, arn: created.arn }, parent);
    this.functionArn = created.arn;
    this.registerOutputs({ functionArn: this.functionArn });
  }
}
