import type { PolicyDocument } from "../../../model/documents/policy";
import type { Place } from "../../../model/plan/arns";

/** The sample organisation's security account. */
export const place: Place = { partition: "aws", region: "eu-west-1", account: "111111111111" };

export const tags = { service: "orders", environment: "prod", owner: "orders-team@example.com" };

export const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555";

/** A policy to tell apart from others by its only statement's name. */
export function policyNamed(sid: string): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [{ Sid: sid, Effect: "Deny", Principal: { AWS: "*" }, Action: "kms:*", Resource: "*" }],
  };
}

/** Of more characters than any policy may have. */
export function policyTooLong(): PolicyDocument {
  return policyNamed("A".repeat(40_000));
}
