import { Trail } from "@pulumi/aws/cloudtrail";
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  interpolate,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import { keyArns, type TextRule } from "../../model/aws/textRules";
import type { PolicyDocument } from "../../model/documents/policy";
import { checkTags, roleNames, type Tags } from "../argumentRules";
import { checkLogSettings, encryptedLogGroup, logGroupNames, type LogSettings } from "../logGroup";
import { checkPolicy, policyLimits } from "../policyArgument";
import { checkText, type ArgumentProblem, rejectProblems } from "../validation";
import { roleWithPolicy } from "./roleWithPolicy";

export interface AuditTrailArgs {
  /** Unique in the account and region; policies of bucket and key name the trail by it. */
  readonly trailName: string;
  /** Where its files go, and the key they are encrypted with; both may be another account's. */
  readonly archive: TrailArchive;
  /**
   * What the ARNs of objects of Amazon S3 begin with, `arn:aws:s3:::BUCKET/`, whose changes it records as well: those of
   * the archive, in the account that holds it. CloudTrail's own deliveries are among them, one event a file.
   * @default none
   */
  readonly changesOf?: Input<string>;
  /** Where alarms look at its records. */
  readonly logGroupName: string;
  readonly logs: LogSettings;
  /** Role by which it writes there, under `/platform/`. */
  readonly role: { readonly name: string; readonly trust: PolicyDocument; readonly policy: PolicyDocument };
  /** At least `service`, `environment` and `owner`. */
  readonly tags: Tags;
}

export interface TrailArchive {
  readonly bucketName: Input<string>;
  readonly keyArn: Input<string>;
  /** What must exist before CloudTrail may write there. @default nothing: it is there already */
  readonly ready?: Resource;
}

/**
 * Records every management event of the account, in every region, reads and uses of keys included: validated,
 * encrypted, to the archive and to a log group.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html
 */
export class AuditTrail extends ComponentResource {
  readonly arn: Output<string>;
  /** Of the log group, once it exists. */
  readonly logGroupName: Output<string>;

  constructor(name: string, args: AuditTrailArgs, opts?: ComponentResourceOptions) {
    rejectProblems("AuditTrail", name, problemsOf(args));
    super("secrets-platform:account:AuditTrail", name, {}, opts);
    const { archive, tags } = args;
    const logGroup = encryptedLogGroup(
      name,
      { logGroupName: args.logGroupName, logs: args.logs, tags },
      this,
    );
    const { role, ready } = roleWithPolicy(
      name,
      {
        roleName: args.role.name,
        description: "Writes the trail's records to its log group",
        trust: args.role.trust,
        policy: args.role.policy,
        tags,
      },
      this,
    );
    const trail = new Trail(
      `${name}-trail`,
      {
        name: args.trailName,
        s3BucketName: archive.bucketName,
        kmsKeyId: archive.keyArn,
        cloudWatchLogsGroupArn: interpolate`${logGroup.arn}:*`,
        cloudWatchLogsRoleArn: role.arn,
        enableLogging: true,
        enableLogFileValidation: true,
        isMultiRegionTrail: true,
        includeGlobalServiceEvents: true,
        advancedEventSelectors: [everyManagementEvent, ...changesOfObjects(args.changesOf)],
        tags,
      },
      { parent: this, dependsOn: [ready, ...(archive.ready ? [archive.ready] : [])] },
    );
    this.arn = trail.arn;
    this.logGroupName = logGroup.name;
    this.registerOutputs({ arn: this.arn, logGroupName: this.logGroupName });
  }
}

/** What a trail records by default, said so that a selector put in its place shows as a difference. */
const everyManagementEvent = {
  name: "Every management event, reads and uses of keys included",
  fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }],
};

/**
 * Reads are left out: a query reads a whole archive's files, each of which would be a record in it.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-recursive-logging.html
 */
function changesOfObjects(prefix: Input<string> | undefined) {
  if (prefix === undefined) return [];
  return [
    {
      name: "Every change of an object in the audit bucket",
      fieldSelectors: [
        { field: "eventCategory", equals: ["Data"] },
        { field: "resources.type", equals: ["AWS::S3::Object"] },
        { field: "resources.ARN", startsWiths: [prefix] },
        { field: "readOnly", equals: ["false"] },
      ],
    },
  ];
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-naming-requirements.html */
const trailNames: TextRule = {
  pattern: /^(?!.*[._-]{2})[A-Za-z0-9][A-Za-z0-9._-]{1,126}[A-Za-z0-9]$/,
  allowed: "3 to 128 letters, digits and single `.`, `_` or `-` between them are allowed",
  remedy: "shorten it or replace the other characters",
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucketNames: TextRule = {
  pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  allowed: "the name of a bucket is needed",
  remedy: "pass the name, not the ARN",
};

/** Of all buckets would be anybody's. */
const objectPrefixes: TextRule = {
  pattern: /^arn:[a-z-]+:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/$/,
  allowed: "the ARN of one bucket and a slash are needed",
  remedy: "write the ARN of the bucket with a slash behind it",
};

function problemsOf(args: AuditTrailArgs): ArgumentProblem[] {
  return [
    ...checkText("trailName", args.trailName, trailNames),
    ...checkText("archive.bucketName", args.archive.bucketName, bucketNames),
    ...checkText("archive.keyArn", args.archive.keyArn, keyArns),
    ...checkText("logGroupName", args.logGroupName, logGroupNames),
    ...checkLogSettings("logs", args.logs),
    ...checkText("role.name", args.role.name, roleNames),
    ...checkPolicy("role.trust", args.role.trust, policyLimits.trust),
    ...checkPolicy("role.policy", args.role.policy, policyLimits.role),
    ...checkText("changesOf", args.changesOf, objectPrefixes),
    ...checkTags("tags", args.tags),
  ];
}
