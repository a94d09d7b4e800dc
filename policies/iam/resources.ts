import { hasWildcard, namesNothing } from "../../model/aws/patterns";
import { parseArn } from "../documents/arn";
import { isLimitedBy } from "../documents/conditions";
import type { Statement } from "../documents/document";
import { withoutKind } from "../documents/kinds";

/** Does the pattern of a `Resource` element stand for everything there is, in any service? */
export function isEveryResource(pattern: string): boolean {
  if (isOpen(pattern)) return true;
  const arn = parseArn(pattern);
  return arn === undefined ? isShortenedArn(pattern) : isOpen(arn.service) && isOpen(arn.resource);
}

/**
 * Does the pattern stand for everything of a service, or of one kind of it, in any account: `arn:aws:s3:::*`,
 * `arn:aws:secretsmanager:*:*:secret:*`, `arn:aws:logs:*:*:log-group:*`? ARNs of buckets have no account.
 */
export function isEveryResourceOfService(pattern: string): boolean {
  const arn = parseArn(pattern);
  if (arn === undefined) return isCutShort(pattern);
  return (arn.account === "" || isAny(arn.account)) && isAny(withoutKind(arn).replace(innerKind, ""));
}

/** Kinds inside of things: an index of a table. */
const innerKind = /[:/](?:backup|execution|export|index|log-stream|stream)(?=[:/])/;

/**
 * Does the last part of an ARN, or a text that is none, stand for any of its kind: `role/*`, `secret:?*`, and
 * `automation-definition/*:*`, any version of any document?
 */
export function isAnyOfKind(name: string): boolean {
  const kindEnd = name.search(/[/:]/);
  return kindEnd < 0 ? hasWildcard(name) : /^[*?/:]*\*[*?/:]*$/.test(name.slice(kindEnd + 1));
}

/** `arn:aws:s3:*`: nothing but a wildcard behind the service. */
function isCutShort(pattern: string): boolean {
  const [arn, , service = "", ...others] = pattern.split(":");
  return arn === "arn" && others.length > 0 && service !== "" && isAny(others.join(":"));
}

/** Nothing but wildcards and what parts names, one wildcard at least. */
function isAny(text: string): boolean {
  return hasWildcard(text) && namesNothing(text);
}

/** `arn:*` or `arn:aws:*`: an ARN cut short by a wildcard before it names a service. */
function isShortenedArn(pattern: string): boolean {
  const parts = pattern.split(":");
  return parts[0] === "arn" && parts.length <= 3 && pattern.endsWith("*");
}

function isOpen(text: string): boolean {
  return text.includes("*") && text.split("").every((letter) => letter === "*" || letter === "?");
}

/** Conditions that stand for naming resources: by their tags, or keys by their aliases. */
export function namesResources(statement: Statement): boolean {
  const tags = statement.conditions.map(({ key }) => key).filter((key) => key.includes(":resourcetag/"));
  return isLimitedBy(statement, "kms:resourcealiases", ...tags);
}
