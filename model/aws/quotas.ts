/**
 * AWS's limits on policies, in characters without white space.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const policyLimits = {
  secret: 20_480,
  /** Bytes; our documents are ASCII, so characters. */
  key: 32_768,
  /** All inline policies of a role; ours has one. */
  role: 10_240,
  /** A managed policy, which the boundary is. */
  boundary: 6_144,
  /** A role's trust policy, unless the account's quota was raised. */
  trust: 2_048,
} as const;

/** As `policyLimits`, of what AWS keeps elsewhere. */
export const furtherPolicyLimits = {
  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html */
  bucket: 20_480,
  /** https://docs.aws.amazon.com/general/latest/gr/sns.html */
  topic: 30_720,
  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html */
  queue: 8_192,
  /** A service control policy. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
  organisation: 5_120,
} as const;

/** Bytes of UTF-8 that a parameter holds, by tier. https://docs.aws.amazon.com/general/latest/gr/ssm.html#limits_ssm */
export const parameterBytes = { Standard: 4_096, Advanced: 8_192 } as const;

/** Bytes of a secret's value. https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
export const secretBytes = 65_536;

/** What a Lambda function takes. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const lambdaMemory = { from: 128, to: 10_240, unit: "MiB" } as const;
export const lambdaTimeout = { from: 1, to: 900, unit: "seconds" } as const;
/** Bytes of all environment variables of a function, as JSON. */
export const longestLambdaEnvironment = 4_096;
/** Layers of a function, extensions among them. */
export const mostLayers = 5;
/** Of the folder `/tmp`. https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html */
export const lambdaStorage = { from: 512, to: 10_240, unit: "MiB" } as const;
