import { rolloutQueuePolicy, rotationBusPolicy } from "../../../../../model/documents/rolloutPolicies";
import {
  type DecidedDocuments,
  organisation,
  plainText,
  prod,
  role,
  rule,
  security,
  service,
  stranger,
  there,
  tls,
  withContext,
} from "./decided";

const queue = `arn:aws:sqs:eu-west-1:${prod}:rotation-rollout.fifo`;
const waiting = { ...tls, "aws:SourceArn": rule("secrets-platform-rotations/rotation-rollout") };
const bus = `arn:aws:events:eu-west-1:${prod}:event-bus/secrets-platform-rotations`;

/** How consumers come to know of a rotation. */
export const rollout: DecidedDocuments = {
  "the rollout's queue": {
    document: rolloutQueuePolicy(there),
    calls: [
      {
        who: "the rule hands a rotation on",
        caller: service("events"),
        action: "sqs:SendMessage",
        resource: queue,
        context: waiting,
        but: {
          "another rule": withContext(waiting, { "aws:SourceArn": rule("any") }),
          "in plain text": { ...withContext(waiting, plainText), is: "deny" },
        },
      },
    ],
  },
  "the rollout's bus": {
    document: rotationBusPolicy(organisation, there, security),
    calls: [
      {
        who: "the security account hands an event on",
        caller: role(security, "platform/rotation-events"),
        action: "events:PutEvents",
        resource: bus,
        but: {
          "another of its roles": { caller: role(security, "platform-deployer") },
          "the role of a stranger": { caller: role(stranger, "platform/rotation-events") },
          "after it left the organisation": {
            caller: role(security, "platform/rotation-events", "o-otherotherot"),
          },
        },
      },
    ],
  },
};
