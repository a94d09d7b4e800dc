import type { EndpointDocuments, ItemDocuments, KeyDocuments, PrincipalDocuments } from "../../access/input";

/** What one account holds, as AWS's APIs gave it, complete: an account of which a part could not be read is not among these. */
export interface DeployedAccount {
  /** 12 digits. */
  readonly account: string;
  /** ARN of who read it. */
  readonly as: string;
  /** All roles but those that AWS makes for its services. */
  readonly principals: readonly PrincipalDocuments[];
  /** ARNs of users, whose policies are not modelled. */
  readonly users: readonly string[];
  /** Secrets and parameters under the platform's names, and those of database services that manifests name. */
  readonly items: readonly ItemDocuments[];
  /** Keys of these items, and those with an alias under the platform's names. */
  readonly keys: readonly DeployedKey[];
  readonly endpoints: readonly EndpointDocuments[];
  /** Copies that a secret has, by its ARN. */
  readonly replicaRegions: ReadonlyMap<string, readonly string[]>;
  /** Shares whose accounts or permission are other than the platform's, in words, by the item's ARN. */
  readonly oddShares: ReadonlyMap<string, readonly string[]>;
}

export interface DeployedKey extends KeyDocuments {
  readonly grants: readonly KeyGrant[];
}

/** A grant of a key, which lets in beside the key's policy. */
export interface KeyGrant {
  readonly id: string;
  /** ARN, or a service's name. */
  readonly grantee: string;
  readonly operations: readonly string[];
}

/** An account that is not judged, and why. */
export interface UnreadAccount {
  readonly account: string;
  /** One for each thing that was refused or failed. */
  readonly reasons: readonly string[];
}
