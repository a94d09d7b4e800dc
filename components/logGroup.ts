import { LogGroup } from "@pulumi/aws/cloudwatch";
import type { Input, Resource } from "@pulumi/pulumi";
import { keyArns, type Tags } from "./argumentRules";
import { check, checkText, type Failure } from "./validation";

export interface LogSettings {
  /** Days logs are kept: one of the lengths CloudWatch offers. */
  readonly retentionDays: number;
  /** ARN of the account's key for operations. */
  readonly keyArn: Input<string>;
}

/** The log group a service would otherwise make by itself, unencrypted and kept for ever. */
export function encryptedLogGroup(
  name: string,
  logGroupName: string,
  { retentionDays, keyArn }: LogSettings,
  tags: Tags,
  parent: Resource,
): LogGroup {
  return new LogGroup(
    `${name}-logs`,
    { name: logGroupName, retentionInDays: retentionDays, kmsKeyId: keyArn, tags },
    { parent },
  );
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export function checkLogSettings(propertyPath: string, { retentionDays, keyArn }: LogSettings): Failure[] {
  return [
    ...check(
      retentions.includes(retentionDays),
      `${propertyPath}.retentionDays`,
      `${retentionDays} days was found`,
      `CloudWatch keeps logs for ${retentions.join(", ")} days`,
      "choose one of them",
    ),
    ...checkText(`${propertyPath}.keyArn`, keyArn, keyArns),
  ];
}
