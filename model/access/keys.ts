import type { Call } from "./call";
import { NotModelled } from "./notModelled";

/**
 * Values of condition keys in a call. Names are compared without regard to case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
export interface ConditionKey {
  /** Several values at once: only with `ForAnyValue` or `ForAllValues`. */
  readonly multivalued?: true;
  /** Undefined where the call does not have the key. */
  readonly values: (call: Call) => readonly string[] | undefined;
}

const one = (value: (call: Call) => string | undefined): ConditionKey => ({
  values: (call) => {
    const found = value(call);
    return found === undefined ? undefined : [found];
  },
});

const keys: ReadonlyMap<string, ConditionKey> = new Map(
  Object.entries({
    "aws:PrincipalArn": one(({ by }) => by.arn),
    "aws:PrincipalAccount": one(({ by }) => by.account),
    "aws:PrincipalOrgID": one(({ by }) => by.organisation),
    "aws:PrincipalIsAWSService": one(() => "false"),
    "aws:ResourceAccount": one(({ owner }) => owner.account),
    "aws:ResourceOrgID": one(({ owner }) => owner.organisation),
    "aws:RequestedRegion": one(({ region }) => region),
    // These services answer over TLS only.
    "aws:SecureTransport": one(() => "true"),
    // Only an AWS service that calls by itself says on whose behalf.
    "aws:SourceAccount": one(() => undefined),
    "aws:SourceArn": one(() => undefined),
    "aws:SourceVpce": one(endpointOf),
    "aws:ViaAWSService": one(({ via }) => String(via !== undefined)),
    "kms:CallerAccount": one(({ key, by }) => (key === undefined ? undefined : by.account)),
    "kms:EncryptionContextKeys": {
      multivalued: true,
      values: ({ key }) =>
        key === undefined ? undefined : [...key.encryptionContext.values()].map(({ name }) => name),
    },
    "kms:ResourceAliases": { multivalued: true, values: ({ key }) => key?.aliases },
    "kms:ViaService": one(({ via }) => via),
    "secretsmanager:resource/AllowRotationLambdaArn": one(({ secret }) => secret?.rotationFunction),
    "secretsmanager:SecretId": one(({ secret }) => secret?.arn),
  } satisfies Record<string, ConditionKey>).map(([name, key]) => [name.toLowerCase(), key]),
);

const contextPrefix = "kms:encryptioncontext:";

/** Names of the modelled keys as this page has them; those of the encryption context come besides. */
export const modelledKeys: readonly string[] = [...keys.keys()];

/** Undefined for a key that is not modelled. */
export function conditionKey(name: string): ConditionKey | undefined {
  const lower = name.toLowerCase();
  return lower.startsWith(contextPrefix) ? contextKey(lower.slice(contextPrefix.length)) : keys.get(lower);
}

function contextKey(name: string): ConditionKey | undefined {
  // A version's id is AWS's to make up.
  if (name === "secretversionid" || name === "") return undefined;
  return one(({ key }) => key?.encryptionContext.get(name)?.value);
}

function endpointOf({ via, endpoint, action }: Call): string | undefined {
  if (via !== undefined) {
    throw new NotModelled([
      `aws:SourceVpce in ${action} that ${via} makes for a role: which endpoint it shows`,
    ]);
  }
  if (endpoint !== undefined && !/^vpce-[\w-]+$/.test(endpoint)) {
    throw new NotModelled([
      `aws:SourceVpce in ${action} through ${endpoint}, whose id AWS has not made up yet`,
    ]);
  }
  return endpoint;
}
