import { type PolicyDocument, policyText } from "./policy";

/** In characters, as AWS counts. */
export function sizeOf(document: PolicyDocument): number {
  return policyText(document).length;
}

export function over(size: number, limit: number, unit = "characters"): string {
  return `${format(size)} ${unit}, ${format(size - limit)} too many`;
}

export function format(count: number): string {
  return count.toLocaleString("en-US");
}

/** The first few of many names. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
