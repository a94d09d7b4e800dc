import { type ExpiryRule, observedPolicies, policiesMatch } from "./parameterPolicies";

/** Settings of a SecureString that AWS takes only in the request that writes its value. */
export interface ParameterSettings {
  readonly description: string;
  /** ARN, id or alias of the key. */
  readonly keyId: string;
  readonly expires: ExpiryRule;
}

/** The same of a parameter as DescribeParameters reports it. */
export interface ObservedSettings {
  readonly description?: string | undefined;
  readonly keyId?: string | undefined;
  readonly tier?: string | undefined;
  /** The `PolicyText`s. */
  readonly policies: readonly string[];
  /** When the value was last written. */
  readonly lastModified: Date;
}

export type SettingName = "description" | "expires" | "keyId" | "tier";

/** What differs from what is wanted, and so waits for the next `platform set`; in alphabetical order. */
export function pendingSettings(wanted: ParameterSettings, observed: ObservedSettings): SettingName[] {
  const pending: SettingName[] = [];
  if ((observed.description ?? "") !== wanted.description) pending.push("description");
  if (!policiesMatch(wanted.expires, observedPolicies(observed.policies), observed.lastModified))
    pending.push("expires");
  if (!isSameKey(wanted.keyId, observed.keyId)) pending.push("keyId");
  if (observed.tier !== "Advanced") pending.push("tier");
  return pending;
}

/** AWS reports a key as it was named when the value was written: by ARN, id or alias. */
function isSameKey(wanted: string, observed: string | undefined): boolean {
  return observed !== undefined && keyName(wanted) === keyName(observed);
}

function keyName(keyId: string): string {
  return keyId.replace(/^arn:[^:]*:kms:[^:]*:[^:]*:(key\/)?/, "");
}
