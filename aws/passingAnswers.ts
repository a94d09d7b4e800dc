import { awsErrorCodes } from "./errors";
import type { JustMade } from "./justMade";

/** Answers of AWS that are over within seconds without anybody doing anything. */
export interface PassingAnswer {
  /** As the SDK names the errors. */
  readonly codes: readonly string[];
  /** Beginnings of IAM actions. @default any */
  readonly services?: readonly string[];
  /** Passes only after this was just made. @default always */
  readonly after?: JustMade;
  /** Passes only with such a message. */
  readonly saying?: RegExp;
  /** Stays with such a message. */
  readonly butNot?: RegExp;
  /** Where AWS says so. */
  readonly page: string;
}

const kmsConsistency =
  "https://docs.aws.amazon.com/kms/latest/developerguide/accessing-kms.html#programming-eventual-consistency";

/** "All Secrets Manager operations are eventually consistent." */
const secretsConsistency =
  "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html";

/** States of a key that do not pass. https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
const keyIsGone = /pending (replica )?deletion|disabled/i;

const busy: readonly PassingAnswer[] = [
  {
    // The SDK does not count it as throttling. "There are concurrent updates for a resource that supports one update at
    // a time"; also while tags of a parameter of that name that was deleted are still there.
    codes: ["TooManyUpdates"],
    services: ["ssm"],
    page: "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html",
  },
  {
    // The SDK waits these out first, until its own count or its quota of repetitions ends.
    codes: awsErrorCodes.throttled,
    page: "https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html",
  },
  {
    codes: ["InvalidRequestException"],
    services: ["secretsmanager"],
    saying: /in progress|try again/i,
    page: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html",
  },
  {
    // "The operation cannot be performed at this time": the function is pending, or being updated.
    codes: [
      "CodeArtifactUserPendingException",
      "EC2ThrottledException",
      "ENINotReadyException",
      "ResourceConflictException",
      "ResourceNotReadyException",
      "SnapStartNotReadyException",
    ],
    services: ["lambda"],
    page: "https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html",
  },
];

/** Of AWS's own making; "you can retry the request". */
const faults: readonly PassingAnswer[] = [
  {
    codes: awsErrorCodes["aws-fault"],
    page: "https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html",
  },
];

const young: readonly PassingAnswer[] = [
  {
    // RotateSecret says the same of a function that is not there.
    codes: ["ResourceNotFoundException"],
    services: ["secretsmanager"],
    after: "target",
    butNot: /function/i,
    page: secretsConsistency,
  },
  {
    // For a moment after RestoreSecret.
    codes: ["InvalidRequestException"],
    services: ["secretsmanager"],
    after: "target",
    saying: /marked for deletion|scheduled for deletion/i,
    page: secretsConsistency,
  },
  {
    codes: ["InvalidResourceId", "ParameterNotFound"],
    services: ["ssm"],
    after: "target",
    page: "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AddTagsToResource.html",
  },
  {
    codes: ["ResourceNotFoundException"],
    services: ["lambda"],
    after: "target",
    page: "https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html",
  },
  {
    codes: ["ClusterNotFoundException", "ServiceNotActiveException", "ServiceNotFoundException"],
    services: ["ecs"],
    after: "target",
    page: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html",
  },
  {
    codes: ["NotFound", "NotFoundException"],
    services: ["sns"],
    after: "target",
    page: "https://docs.aws.amazon.com/sns/latest/api/API_Publish.html",
  },
  { codes: ["NotFoundException"], services: ["kms"], after: "target", page: kmsConsistency },
  {
    codes: [
      "DecryptionFailure",
      "EncryptionFailure",
      "InvalidKeyId",
      "KMSInvalidState",
      "KMSInvalidStateException",
      "KMSNotFound",
      "KMSNotFoundException",
    ],
    after: "key",
    butNot: keyIsGone,
    page: kmsConsistency,
  },
  {
    // How Parameter Store and Secrets Manager pass on that a key's policy is not known everywhere yet.
    codes: ["AccessDenied", "AccessDeniedException", "KMSAccessDenied", "KMSAccessDeniedException"],
    after: "key",
    saying: /kms/i,
    page: kmsConsistency,
  },
  {
    codes: ["AccessDenied", "AccessDeniedException", "AuthorizationError", "AuthorizationErrorException"],
    after: "rights",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency",
  },
];

export const passingAnswers: readonly PassingAnswer[] = [...busy, ...faults, ...young];

/**
 * Whether an HTTP status alone says so: too many requests, and each fault of the server but what it does not implement.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html,
 * https://www.rfc-editor.org/rfc/rfc9110#name-server-error-5xx
 */
export function isPassingStatus(status: number): boolean {
  return status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

/**
 * Told with status 502 though it is somebody's to fix: the function's network, code or key.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors
 */
export const stayingFaults: readonly string[] = [
  ...awsErrorCodes.denied,
  ...awsErrorCodes.key,
  ...awsErrorCodes.limit,
  "EC2AccessDeniedException",
  "ENILimitReachedException",
  "InvalidRuntimeException",
  "InvalidSecurityGroupIDException",
  "InvalidSubnetIDException",
  "InvalidZipFileException",
  "SubnetIPAddressLimitReachedException",
];
