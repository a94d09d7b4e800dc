/**
 * What the evaluator decides about: documents as they are registered or deployed, and whose they are. Nothing here is
 * taken from the Plan, so that a decision can be held against it.
 */

/** A policy document as AWS gets it, text or parsed, with the name that decisions call it by. */
export interface NamedPolicy {
  readonly name: string;
  readonly document: string | object;
}

export interface AccountDocuments {
  /** 12 digits. */
  readonly account: string;
  /** Id of its organisation; absent for an account that is in none. */
  readonly organisation?: string;
  /**
   * Service control policies by level, from the organisation's root to the account itself; each level has to allow. Absent
   * where none is known of, or where none binds, as in a management account.
   */
  readonly controls?: readonly (readonly NamedPolicy[])[];
}

/** A role; users and root users are not modelled. */
export interface PrincipalDocuments {
  /** With its path. */
  readonly arn: string;
  /** Inline and attached ones alike. */
  readonly policies: readonly NamedPolicy[];
  readonly boundary?: NamedPolicy;
  /** Who may assume it: no decision asks for it, as each is about a session that there is already. */
  readonly trust?: NamedPolicy;
}

/** A secret, or its replica in another region, which is an item of its own with that region's key and policy. */
export interface SecretDocuments {
  readonly kind: "secret";
  /** With the six characters that AWS adds. */
  readonly arn: string;
  /** ARN of its key; absent for AWS's own, `aws/secretsmanager`. */
  readonly key?: string;
  readonly policy?: NamedPolicy;
  /** ARN of the function that rotates it, if any. */
  readonly rotationFunction?: string;
}

export interface ParameterDocuments {
  readonly kind: "parameter";
  readonly arn: string;
  readonly type: "String" | "StringList" | "SecureString";
  /** ARN of a SecureString's key; absent for AWS's own, `aws/ssm`. */
  readonly key?: string;
  readonly shares?: readonly ShareDocuments[];
}

export type ItemDocuments = SecretDocuments | ParameterDocuments;

/** A share of AWS Resource Access Manager. */
export interface ShareDocuments {
  readonly name: string;
  /** Those it is shared with; they stay listed when they leave the organisation. */
  readonly accounts: readonly string[];
  /** `allowExternalPrincipals`: also with accounts outside the owner's organisation. */
  readonly external: boolean;
  /** `AWSRAMDefaultPermissionSSMParameterReadOnly`, or the same with history. */
  readonly permission: "read" | "read-with-history";
}

export interface KeyDocuments {
  readonly arn: string;
  /** All aliases it has, each with `alias/` before its name. */
  readonly aliases: readonly string[];
  readonly policy: NamedPolicy;
}

export interface EndpointDocuments {
  /** `vpce-…`, or any name where AWS has not made one up yet. */
  readonly id: string;
  /** Of its network, 12 digits. */
  readonly account: string;
  readonly service: "kms" | "secretsmanager" | "ssm";
  readonly policy: NamedPolicy;
}

export interface AccessDocuments {
  readonly accounts: readonly AccountDocuments[];
  readonly principals: readonly PrincipalDocuments[];
  readonly items: readonly ItemDocuments[];
  readonly keys: readonly KeyDocuments[];
  readonly endpoints: readonly EndpointDocuments[];
}
