import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  interpolate,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random";
import { type TextRule } from "../../model/aws/textRules";
import { pendingDeletionDays } from "../../model/aws/pendingDeletion";
import type { PolicyDocument } from "../../model/documents/policy";
import { accessLogSuffix, archiveKeyAlias } from "../../model/plan/names";
import { encryptionKey } from "../account/encryptionKey";
import { aliasNames, checkTags, type Tags } from "../argumentRules";
import { checkPolicy, policyLimits } from "../policyArgument";
import { check, checkText, checkWholeNumber, type ArgumentProblem, rejectProblems } from "../validation";
import { accessLogBucket } from "./accessLogBucket";
import { archiveBucket } from "./archiveBucket";

export interface LogArchiveArgs {
  /** What the bucket's name begins with; eight random characters follow, as names are unique in the whole world. */
  readonly bucketPrefix: string;
  /** Policy of the bucket of the name given (`logArchiveBucketPolicy`). */
  readonly bucketPolicy: (bucket: string) => PolicyDocument;
  /** Policy of the bucket of the first name, where requests to that of the second are logged (`accessLogPolicy`). */
  readonly accessLogPolicy: (bucket: string, archive: string) => PolicyDocument;
  /** Policy of the key over it (`logArchiveKeyPolicy`). */
  readonly keyPolicy: Input<PolicyDocument>;
  /** @default `alias/log-archive` */
  readonly keyAlias?: string;
  /** Days between the key's deletion and its end, 7 to 30. */
  readonly deletionWindowDays: number;
  /** Days each object is locked against deletion and change, in GOVERNANCE mode. */
  readonly lockDays: number;
  /** Days until objects expire; more than `lockDays`. Versions that are hidden by then, or before, stay as many again. */
  readonly keepDays: number;
  /** At least `service`, `environment` and `owner`. */
  readonly tags: Tags;
}

/**
 * The organisation's audit bucket: under a key of its own, versioned, each object locked for a time, closed to the
 * public and to plain HTTP. In GOVERNANCE mode a lock is lifted with
 * `s3:BypassGovernanceRetention`, which the bucket's policy denies to everybody. Beside it stands a bucket in which every
 * request to it is logged, kept for as long.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export class LogArchive extends ComponentResource {
  readonly bucketName: Output<string>;
  /** ARN of the key that trails encrypt with. */
  readonly keyArn: Output<string>;
  /** What must exist before a trail writes to the bucket. */
  readonly ready: Resource;

  constructor(name: string, args: LogArchiveArgs, opts?: ComponentResourceOptions) {
    rejectProblems("LogArchive", name, problemsOf(args));
    super("secrets-platform:security:LogArchive", name, {}, opts);
    const key = encryptionKey(
      name,
      {
        alias: args.keyAlias ?? archiveKeyAlias,
        description: "Trails of all accounts",
        policy: args.keyPolicy,
        deletionWindowDays: args.deletionWindowDays,
        tags: args.tags,
      },
      this,
    );
    const suffix = new RandomId(`${name}-suffix`, { byteLength: 4 }, { parent: this });
    const { bucket, policy } = archiveBucket(
      name,
      { ...args, bucketName: interpolate`${args.bucketPrefix}-${suffix.hex}`, keyArn: key.arn },
      this,
    );
    accessLogBucket(
      `${name}-access`,
      { of: bucket, policy: args.accessLogPolicy, keepDays: args.keepDays, tags: args.tags },
      this,
    );
    this.bucketName = bucket.bucket;
    this.keyArn = key.arn;
    this.ready = policy;
    this.registerOutputs({ bucketName: this.bucketName, keyArn: this.keyArn });
  }
}

/** 63 characters in all: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucketPrefixes: TextRule = {
  pattern: /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]{1,46}$/,
  allowed: "2 to 47 lower-case letters, digits and `-` are allowed, beginning with a letter or digit",
  remedy: "shorten it or replace the other characters",
};

const days = { from: 1, to: 36_500, unit: "days" };

function problemsOf(args: LogArchiveArgs): ArgumentProblem[] {
  return [
    ...checkText("bucketPrefix", args.bucketPrefix, bucketPrefixes),
    ...checkPolicy("bucketPolicy", args.bucketPolicy(`${args.bucketPrefix}-00000000`), policyLimits.bucket),
    ...checkPolicy(
      "accessLogPolicy",
      args.accessLogPolicy(
        `${args.bucketPrefix}-00000000${accessLogSuffix}`,
        `${args.bucketPrefix}-00000000`,
      ),
      policyLimits.bucket,
    ),
    ...checkPolicy("keyPolicy", args.keyPolicy, policyLimits.key),
    ...checkText("keyAlias", args.keyAlias, aliasNames),
    ...checkWholeNumber("deletionWindowDays", args.deletionWindowDays, pendingDeletionDays),
    ...checkWholeNumber("lockDays", args.lockDays, days),
    ...checkWholeNumber("keepDays", args.keepDays, days),
    ...check(args.keepDays > args.lockDays, "keepDays", {
      found: `${args.keepDays} was found`,
      allowed: `objects locked for ${args.lockDays} days cannot expire before that`,
      remedy: "keep them longer, or lock them for less",
    }),
    ...checkTags("tags", args.tags),
  ];
}
