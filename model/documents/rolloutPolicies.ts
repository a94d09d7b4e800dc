import { type EcsServiceName, rolloutActions } from "../functions/settings";
import type { Organisation } from "../organisation/types";
import { accountPrincipal, arn, logGroupArn, type Place, roleArn } from "../plan/arns";
import {
  lambdaLogGroupName,
  platformFunctionNames,
  platformPath,
  rolloutQueueNames,
  rotationBusName,
} from "../plan/names";
import { policyDocument, type PolicyDocument } from "./policy";
import { fromService } from "./servicePrincipal";

/**
 * What the rollout function may do: take rotations from its queue, and redeploy exactly the services that manifests
 * name.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export function rolloutPolicy(place: Place, services: readonly EcsServiceName[]): PolicyDocument {
  const arns = services.map(({ cluster, service }) => arn("ecs", place, `service/${cluster}/${service}`));
  return policyDocument([
    {
      Sid: "DeployServices",
      Effect: "Allow",
      Action: rolloutActions,
      Resource: [...new Set(arns)].sort(),
    },
    {
      Sid: "TakeRotations",
      Effect: "Allow",
      Action: ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
      Resource: arn("sqs", place, rolloutQueueNames.waiting),
    },
    {
      Sid: "WriteLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `${logGroupArn(place, lambdaLogGroupName(platformFunctionNames.rollout))}:*`,
    },
  ]);
}

/** ARN of a workload account's bus for rotations. */
export function rotationBusArn(place: Place): string {
  return arn("events", place, `event-bus/${rotationBusName}`);
}

/** What the security account's role for events may do: hand them to those buses. */
export function rotationEventsPolicy(busArns: readonly string[]): PolicyDocument {
  return policyDocument([{ Sid: "HandOn", Effect: "Allow", Action: "events:PutEvents", Resource: busArns }]);
}

/**
 * Policy of such a bus: only the security account's role for events may put any.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 */
export function rotationBusPolicy(
  organisation: Organisation,
  bus: Place,
  securityAccount: string,
): PolicyDocument {
  const security = { ...bus, account: securityAccount };
  return policyDocument([
    {
      Sid: "SecurityAccountTells",
      Effect: "Allow",
      Principal: { AWS: accountPrincipal(security) },
      Action: "events:PutEvents",
      Resource: rotationBusArn(bus),
      Condition: {
        ArnEquals: {
          "aws:PrincipalArn": roleArn(security, platformPath, platformFunctionNames.rotationEvents),
        },
        StringEquals: { "aws:PrincipalOrgID": organisation.id },
      },
    },
  ]);
}

/** ARN of the rule that picks rotations from that bus. */
export function rolloutRuleArn(place: Place): string {
  return arn("events", place, `rule/${rotationBusName}/${platformFunctionNames.rollout}`);
}

/**
 * Policy of the queue that rotations wait in: that rule alone puts any.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions
 */
export function rolloutQueuePolicy(place: Place): PolicyDocument {
  const queue = arn("sqs", place, rolloutQueueNames.waiting);
  return policyDocument([
    {
      Sid: "RotationsWait",
      Effect: "Allow",
      ...fromService("queue", "events", { "aws:SourceArn": rolloutRuleArn(place) }),
      Action: "sqs:SendMessage",
      Resource: queue,
    },
    {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "sqs:*",
      Resource: queue,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
}
