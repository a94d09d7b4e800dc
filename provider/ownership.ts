import { managedByTag, managedByValue } from "../model/values/tags";

/** What tells who made a secret. */
export interface SecretMarks {
  readonly tags: Readonly<Record<string, string>>;
  /** ARN, id or alias; undefined for AWS's own key. */
  readonly keyId: string | undefined;
}

/**
 * Why a secret is not known to be this platform's, as sentences; empty where it is. A name proves nothing: whoever may
 * make a secret chooses it. The tag is reserved to the deployer, and so is what a key of the platform encrypts.
 */
export function foreignReasons({ tags, keyId }: SecretMarks, keyArns: readonly string[]): string[] {
  const found = tags[managedByTag];
  const isTagged = found === managedByValue;
  const isUnderOwnKey =
    keyId !== undefined && keyArns.some((arn) => arn === keyId || arn.endsWith(`:key/${keyId}`));
  return [
    ...(isTagged
      ? []
      : [
          `it lacks the tag ${managedByTag}=${managedByValue}${found === undefined ? "" : ` (found ${found})`}`,
        ]),
    ...(isUnderOwnKey
      ? []
      : [`it is under ${keyId ?? "AWS's own key"}, and not under a key of this environment`]),
  ];
}
