import { dayMilliseconds } from "../aws/days";

/**
 * Policies of an Advanced parameter, in both directions
 * (docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-policies.html). AWS accepts them only in the
 * request that writes the value.
 */

/** How long a value lives, in days; what the manifest's `expires` comes down to. */
export type ExpiryRule =
  | { readonly never: false; readonly afterDays: number; readonly warnDays: number }
  | { readonly never: true; readonly remindDays: number };

/** What the policies of a parameter say; absent: no policy of that type. */
export interface ObservedPolicies {
  /** When the parameter is deleted, in milliseconds of the epoch. */
  readonly expiresAt?: number;
  /** Days before that for the first warning. */
  readonly warnDays?: number;
  /** Days without a new value until a reminder. */
  readonly remindDays?: number;
}

/** Date of deletion, counted from the moment the value is written; absent for one that never expires. */
export function expiryDate(expires: ExpiryRule, writtenAt: Date): Date | undefined {
  return expires.never ? undefined : new Date(writtenAt.getTime() + expires.afterDays * dayMilliseconds);
}

/** The `Policies` of a PutParameter that writes a value at this moment. */
export function parameterPolicies(expires: ExpiryRule, writtenAt: Date): string {
  return JSON.stringify(
    expires.never
      ? [policy("NoChangeNotification", { After: String(expires.remindDays), Unit: "Days" })]
      : [
          policy("Expiration", {
            Timestamp: new Date(writtenAt.getTime() + expires.afterDays * dayMilliseconds).toISOString(),
          }),
          policy("ExpirationNotification", { Before: String(expires.warnDays), Unit: "Days" }),
        ],
  );
}

function policy(type: string, attributes: Record<string, string>): object {
  return { Type: type, Version: "1.0", Attributes: attributes };
}

/**
 * Reads the `PolicyText`s that DescribeParameters gives. Of several warnings the earliest counts. A text of another
 * form is passed over: it is none of ours, and shows as a difference from what is wanted.
 */
export function observedPolicies(texts: readonly string[]): ObservedPolicies {
  let observed: { expiresAt?: number; warnDays?: number; remindDays?: number } = {};
  for (const { Type: type, Attributes: attributes } of texts.flatMap(parsePolicies)) {
    if (type === "Expiration") {
      const expiresAt = Date.parse(attributes.Timestamp ?? "");
      if (!Number.isNaN(expiresAt)) observed = { ...observed, expiresAt };
    }
    if (type === "ExpirationNotification") {
      const warnDays = days(attributes.Before, attributes.Unit);
      if (warnDays !== undefined) observed.warnDays = Math.max(warnDays, observed.warnDays ?? 0);
    }
    if (type === "NoChangeNotification") {
      const remindDays = days(attributes.After, attributes.Unit);
      if (remindDays !== undefined) observed = { ...observed, remindDays };
    }
  }
  return observed;
}

interface PolicyDocument {
  readonly Type: string;
  readonly Attributes: Readonly<Record<string, string>>;
}

function parsePolicies(text: string): PolicyDocument[] {
  try {
    const parsed: unknown = JSON.parse(text);
    const documents: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
    return documents.filter(isPolicyDocument);
  } catch {
    return [];
  }
}

function isPolicyDocument(value: unknown): value is PolicyDocument {
  return typeof value === "object" && value !== null && "Type" in value && "Attributes" in value;
}

function days(amount: string | undefined, unit: string | undefined): number | undefined {
  const count = Number(amount);
  if (amount === undefined || !Number.isFinite(count)) return undefined;
  return unit?.toLowerCase() === "hours" ? count / 24 : count;
}

/**
 * Whether the policies are those that writing the value at its last change would have given. AWS keeps policies when
 * a value is written without any, so a value written that way counts as differing: its time was not renewed.
 */
export function policiesMatch(expires: ExpiryRule, observed: ObservedPolicies, lastModified: Date): boolean {
  if (expires.never) {
    return (
      observed.expiresAt === undefined &&
      observed.warnDays === undefined &&
      observed.remindDays === expires.remindDays
    );
  }
  const wanted = lastModified.getTime() + expires.afterDays * dayMilliseconds;
  return (
    observed.remindDays === undefined &&
    observed.warnDays === expires.warnDays &&
    observed.expiresAt !== undefined &&
    // Between the program's clock and AWS's own lies less than a day.
    Math.abs(observed.expiresAt - wanted) < dayMilliseconds
  );
}
