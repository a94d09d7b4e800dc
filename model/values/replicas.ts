import { printable } from "../printable";

/** One copy of a secret in another region, as DescribeSecret tells of it. */
export interface ObservedReplica {
  readonly region: string;
  /** `InSync`, `InProgress`, `Failed`, or a word AWS adds. */
  readonly status: string;
  /** AWS's reason, in its own words. */
  readonly message: string;
}

/** `ReplicationStatus` of a DescribeSecret; ListSecrets has none. */
interface ReplicationStatus {
  readonly Region?: string | undefined;
  readonly Status?: string | undefined;
  readonly StatusMessage?: string | undefined;
}

/**
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicationStatusType.html
 */
export function observedReplicas(statuses: readonly ReplicationStatus[] = []): ObservedReplica[] {
  return statuses.map(({ Region: region = "", Status: status = "", StatusMessage: message = "" }) => ({
    region,
    status,
    message,
  }));
}

/** A copy that does not follow its secret. */
export interface FailedReplica {
  readonly region: string;
  /** As a sentence's beginning, with AWS's reason. */
  readonly matter: string;
  readonly cause: ReplicaFailure;
}

/**
 * What AWS's page on failed replication names; `none`: there is no copy at all.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets_troubleshoot.html
 */
export type ReplicaFailure = "name" | "key" | "region" | "none" | "other";

/** What follows its secret, or is about to. */
const following = ["InSync", "InProgress", "Pending"];

/** Characters of AWS's reason that are passed on. */
const longestReason = 200;

/** Those of the wanted regions that have no copy, and every copy that is there and does not follow. */
export function failedReplicas(
  wanted: readonly string[],
  observed: readonly ObservedReplica[],
): FailedReplica[] {
  const missing = wanted.filter((region) => observed.every((replica) => replica.region !== region));
  return [
    ...observed.filter(({ status }) => !following.includes(status)).map(failed),
    ...missing.map((region): FailedReplica => ({
      region,
      matter: `it has no copy in ${region}`,
      cause: "none",
    })),
  ];
}

function failed({ region, status, message }: ObservedReplica): FailedReplica {
  const reason = printable(message, longestReason);
  return {
    region: printable(region, 40),
    matter: `its copy in ${printable(region, 40)} is ${printable(status, 40) || "in no known state"}, and keeps what it had${reason === "" ? "" : ` (AWS: ${reason})`}`,
    cause: causeOf(message),
  };
}

/** AWS documents the causes and not the words, so what is not clear stays open. */
function causeOf(message: string): ReplicaFailure {
  if (/already exists/i.test(message)) return "name";
  if (/kms|\bkey\b|decrypt/i.test(message)) return "key";
  return /(?:\bnot|n't) enabled|\bopt(?:ed)?[- ]in\b/i.test(message) ? "region" : "other";
}
