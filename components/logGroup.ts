import { LogGroup } from "@pulumi/aws/cloudwatch";
import type { Input, Resource } from "@pulumi/pulumi";
import { keyArns, type TextRule } from "../model/aws/textRules";
import { logRetentions } from "../model/aws/logRetentions";
import { type Tags } from "./argumentRules";
import { check, checkText, type ArgumentProblem } from "./validation";

export interface LogSettings {
  /** Days logs are kept: one of the lengths CloudWatch offers. */
  readonly retentionDays: number;
  /** ARN of the account's key for operations. */
  readonly keyArn: Input<string>;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export const logGroupNames: TextRule = {
  pattern: /^(?!aws\/)[A-Za-z0-9_/.#-]{1,512}$/,
  allowed: "1 to 512 letters, digits and `_/.#-` are allowed, not beginning with `aws/`",
  remedy: "replace the other characters",
};

/** The log group a service would otherwise make by itself, unencrypted and kept for ever. */
export function encryptedLogGroup(
  name: string,
  {
    logGroupName,
    logs: { retentionDays, keyArn },
    tags,
  }: { readonly logGroupName: string; readonly logs: LogSettings; readonly tags: Tags },
  parent: Resource,
): LogGroup {
  return new LogGroup(
    `${name}-logs`,
    { name: logGroupName, retentionInDays: retentionDays, kmsKeyId: keyArn, tags },
    { parent },
  );
}

export function checkLogSettings(
  propertyPath: string,
  { retentionDays, keyArn }: LogSettings,
): ArgumentProblem[] {
  return [
    ...check(
      logRetentions.some((days) => days === retentionDays),
      `${propertyPath}.retentionDays`,
      {
        found: `${retentionDays} days was found`,
        allowed: `CloudWatch keeps logs for ${logRetentions.join(", ")} days`,
        remedy: "choose one of them",
      },
    ),
    ...checkText(`${propertyPath}.keyArn`, keyArn, keyArns),
  ];
}
