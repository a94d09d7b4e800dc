import { parseArn } from "../documents/arn";

/** Does the pattern of a `Resource` element stand for everything there is, in any service? */
export function isEveryResource(pattern: string): boolean {
  if (isOpen(pattern)) return true;
  const arn = parseArn(pattern);
  return arn === undefined ? isShortenedArn(pattern) : isOpen(arn.service) && isOpen(arn.resource);
}

/** `arn:*` or `arn:aws:*`: an ARN cut short by a wildcard before it names a service. */
function isShortenedArn(pattern: string): boolean {
  const parts = pattern.split(":");
  return parts[0] === "arn" && parts.length <= 3 && pattern.endsWith("*");
}

function isOpen(text: string): boolean {
  return text.includes("*") && text.split("").every((letter) => letter === "*" || letter === "?");
}
