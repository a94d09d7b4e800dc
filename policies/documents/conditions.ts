import { namesNothing } from "../../model/aws/patterns";
import { unknown } from "../view/values";
import type { Condition, Statement } from "./document";
import { withoutKind } from "./kinds";

/** Operators that demand a value of the list; `null` and the negated ones demand the absence of one. */
const demanding = new Set([
  "stringequals",
  "stringequalsignorecase",
  "stringlike",
  "arnequals",
  "arnlike",
  "ipaddress",
  "bool",
  "numericequals",
]);

const refusing = new Set([
  "stringnotequals",
  "stringnotequalsignorecase",
  "stringnotlike",
  "arnnotequals",
  "arnnotlike",
  "notipaddress",
]);

/**
 * The conditions that a request must meet by having one of their values for the key: no `…IfExists` (true without the
 * key) and no `ForAllValues:` (true for no value at all).
 */
export function demands(statement: Statement, ...keys: readonly string[]): readonly Condition[] {
  return statement.conditions.filter(
    (condition) =>
      demanding.has(condition.operator) &&
      !condition.ifExists &&
      condition.qualifier !== "forallvalues" &&
      keys.includes(condition.key),
  );
}

/** Keys without which a request cannot meet the conditions. */
export function neededKeys({ conditions }: Statement): readonly string[] {
  return conditions
    .filter(({ operator, qualifier, ifExists, values }) => {
      if (operator === "null") return values.every((value) => value === "false");
      return demanding.has(operator) && !ifExists && qualifier !== "forallvalues";
    })
    .map(({ key }) => key);
}

/** Keys whose lack alone meets the conditions, all of them; none where a condition on any other key could spare. */
export function barringKeys({ conditions }: Statement): readonly string[] {
  const met = conditions.every(({ operator, qualifier, ifExists, values }) => {
    if (operator === "null") return values.every((value) => value === "true");
    return refusing.has(operator) || ifExists || qualifier === "forallvalues";
  });
  return met ? conditions.map(({ key }) => key) : [];
}

/** Conditions that are met unless the request has one of their values for the key. */
export function refuses(statement: Statement, ...keys: readonly string[]): readonly Condition[] {
  return statement.conditions.filter(
    (condition) => refusing.has(condition.operator) && keys.includes(condition.key),
  );
}

/** A demand with values that leave something out: no pattern of everything, nor nothing at all. An unknown value counts. */
export function isLimitedBy(statement: Statement, ...keys: readonly string[]): boolean {
  return demands(statement, ...keys).some(
    ({ key, values }) =>
      values.length > 0 && values.every((value) => value === unknown || !isOpen(key, value)),
  );
}

/** `*`, `arn:aws:ecs:*:*:*`, `arn:aws:iam::*:role/*`, `alias/*`: a pattern that names neither an account nor a thing. */
function isOpen(key: string, value: string): boolean {
  const [fixed = ""] = value.split(/[*?]/);
  if (fixed !== value && beginnings.some((one) => one.startsWith(fixed) && fixed.length < one.length))
    return true;
  if (services.has(key)) return isAnyService(value);
  // Who may set tags of the session names the alias.
  if (key === "kms:resourcealiases" && value.includes("${")) return true;
  const parts = value.split(":");
  if (parts[0] !== "arn") return namesNothing(value.replace(/^(?:alias\/|o-)/, ""));
  // What stands before the account names nobody; behind it, the kind of a thing does not.
  const [, , service = "", , account = "", ...resource] = parts;
  if (parts.length < 6) return value.endsWith("*") && namesNothing(account);
  return namesNothing(account) && namesNothing(withoutKind({ service, resource: resource.join(":") }));
}

/** What every value of some keys begins with: `a*` is every ARN and every alias. */
const beginnings = ["arn:", "alias/"];

/** Keys whose values are services, such as `secretsmanager.eu-west-1.amazonaws.com`. */
const services: ReadonlySet<string> = new Set(["kms:viaservice", "iam:passedtoservice"]);

/** A wildcard stands where the service is named, with too little before it to name one: `s*`, `*.amazonaws.com`. */
function isAnyService(value: string): boolean {
  const [fixed = ""] = value.split(/[*?]/);
  return fixed !== value && !fixed.includes(".") && fixed.length < 3;
}
