import type { Statement } from "../documents/document";
import { unknown } from "../values";

/** The services a trust statement names, without the partition's ending: `ecs-tasks`, `lambda`. */
export function servicesIn(statement: Statement): readonly string[] {
  return statement.principals.flatMap(({ kind, value }) =>
    kind === "Service" && value !== unknown ? [value.replace(/\.amazonaws\.com(?:\.cn)?$/, "")] : [],
  );
}

/**
 * Services that say on whose behalf they assume a role, each by the page that documents the condition. Lambda and EC2
 * send neither key when they assume a role (https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html).
 */
export const servicesThatSendSource: ReadonlySet<string> = new Set([
  "bedrock",
  "codebuild",
  "config",
  "ecs-tasks",
  "events",
  "iot",
  "monitoring.rds",
  "pipes",
  "sagemaker",
  "scheduler",
  "ssm",
  "states",
  "transfer",
  "vpc-flow-logs",
]);
