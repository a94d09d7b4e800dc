import { parseArn } from "../documents/arn";
import { unknown, type Value } from "./values";

export type KeyChoice = "none" | "aws-managed" | "customer-managed";

/**
 * Whose key a property names. A value that is not known yet comes from something this update makes, and AWS's own keys
 * are never made by a program: so it is the customer's.
 */
export function keyChoice(value: Value): KeyChoice {
  if (value === unknown) return "customer-managed";
  if (typeof value !== "string" || value === "") return "none";
  const name = parseArn(value)?.resource ?? value;
  return name.startsWith("alias/aws/") ? "aws-managed" : "customer-managed";
}
