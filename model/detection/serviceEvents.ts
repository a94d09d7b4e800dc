import { drift } from "./drift";
import { serviceRecords } from "./eventPattern";
import type { Family } from "./declaration";
import type { EventRule } from "./types";

/** Rotations that failed, as Secrets Manager says by itself. */
const rotationFailedRule: EventRule = {
  id: "rotation-failed",
  description: "A rotation failed: its function's log says why",
  pattern: {
    source: ["aws.secretsmanager"],
    "detail-type": [serviceRecords],
    detail: { eventName: ["RotationFailed"] },
  },
  includesReads: false,
  message: {
    fields: { secret: "$.detail.additionalEventData.SecretId", time: "$.time", account: "$.account" },
    title: "A rotation failed in account <account>",
    description: "The rotation of <secret> failed at <time>. Its readers still have the version before.",
    nextSteps: [
      "Read why in the log group of its rotation function",
      "Fix it, then `npx platform rotate` the secret; `npx platform unstick` gives the pending version up",
    ],
  },
};

/**
 * What IAM Access Analyzer finds that can be used from outside the account, unless an archive rule of the platform says
 * that it is meant. It sends these within the hour.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html
 */
const externalAccessRule: EventRule = {
  id: "external-access",
  description:
    "Something can be used from outside the account that the platform did not open: is it known to you?",
  pattern: {
    source: ["aws.access-analyzer"],
    "detail-type": ["Access Analyzer Finding"],
    detail: { status: ["ACTIVE"], isDeleted: [false] },
  },
  includesReads: false,
  message: {
    fields: {
      resource: "$.detail.resource",
      type: "$.detail.resourceType",
      finding: "$.detail.id",
      time: "$.time",
      account: "$.account",
    },
    title: "Something in account <account> can be used from outside it",
    description: "<resource> (<type>) can be used from outside the account. Seen at <time>.",
    nextSteps: [
      "See who, and how: finding <finding> in the console of IAM Access Analyzer",
      `If nobody meant it: ${drift.putBack} closes what the platform made; anything else is to be closed by hand`,
      "If it is meant, archive the finding, so that another one stands out",
    ],
  },
};

/**
 * Parameters that expire, have expired, or were not changed for long. AWS sends these as best effort; the daily watch
 * says the same again.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-cwe.html
 */
const parameterExpiryRule: EventRule = {
  id: "parameter-expiry",
  description:
    "A parameter expires, has expired, or was not changed for long: renew it with `npx platform set`",
  pattern: { source: ["aws.ssm"], "detail-type": ["Parameter Store Policy Action"] },
  includesReads: false,
  message: {
    fields: {
      parameter: "$.detail.parameter-name",
      policy: "$.detail.policy-type",
      status: "$.detail.action-status",
      time: "$.time",
      account: "$.account",
    },
    title: "A parameter of account <account> wants renewing",
    description: "<policy> (<status>) for parameter <parameter> at <time>. After its Expiration it is gone.",
    nextSteps: [
      "Renew it with `npx platform set`",
      `If it has expired: ${drift.putBack} first, which makes it again`,
    ],
  },
};

/** Of the secrets that this platform makes; a workload account holds none. */
export const rotationFailed: Family = ({ environment }) =>
  environment === undefined ? [{ rule: rotationFailedRule }] : [];

export const externalAccess: Family = () => [{ rule: externalAccessRule }];

export const parameterExpiry: Family = () => [{ rule: parameterExpiryRule }];
