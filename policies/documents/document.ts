import type { Unknown } from "../view/values";

/**
 * A policy document in one shape, whatever shape the program wrote it in
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html).
 */
export interface PolicyDocument {
  readonly statements: readonly Statement[];
}

/** A text of the document, or what stands in its place while it is not known. */
export type Text = string | Unknown;

export interface Statement {
  /** Position in the document, from 0. */
  readonly at: number;
  readonly sid?: string;
  /** Unknown only when the program does not know it yet; a missing effect is `Allow` to be on the safe side. */
  readonly effect: "Allow" | "Deny" | Unknown;
  readonly principals: readonly Principal[];
  readonly notPrincipals: readonly Principal[];
  readonly actions: readonly Text[];
  readonly notActions: readonly Text[];
  readonly resources: readonly Text[];
  readonly notResources: readonly Text[];
  readonly conditions: readonly Condition[];
  /** Dotted paths of the parts that are not known. */
  readonly unknownParts: readonly string[];
}

export interface Principal {
  /** `*` for everybody; the key of the `Principal` element otherwise, in AWS's spelling where it is one of AWS's. */
  readonly kind: "*" | "AWS" | "Service" | "Federated" | "CanonicalUser" | (string & {});
  readonly value: Text;
}

/** One operator on one key: true when the request's value fits any of `values`. */
export interface Condition {
  /** Lower case, without `ForAnyValue:`, `ForAllValues:` and `IfExists`. */
  readonly operator: string;
  readonly qualifier?: "foranyvalue" | "forallvalues";
  /** The test is skipped when the request has no such key. */
  readonly ifExists: boolean;
  /** Lower case. */
  readonly key: string;
  readonly values: readonly Text[];
}

/** What reading a property as a policy document gave. */
export type Reading =
  | { readonly state: "document"; readonly document: PolicyDocument }
  /** Nothing there. */
  | { readonly state: "absent" }
  /** All of it is decided by the update. */
  | { readonly state: "unknown" }
  /** Text that is not a policy document; AWS will refuse it. */
  | { readonly state: "malformed" };
