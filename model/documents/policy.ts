/**
 * IAM's policy documents as data.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export type Statement = IdentityStatement | ResourceStatement;

interface StatementBase {
  /** Letters and digits, unique in the document. */
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Condition?: Condition;
}

/** In a role's own policy or a boundary. */
export interface IdentityStatement extends StatementBase {
  readonly Resource?: string | readonly string[];
  /** Only in a Deny. */
  readonly NotResource?: string | readonly string[];
}

/** In the policy of a key, secret, bucket, topic, endpoint, or role (its trust, which has no Resource). */
export interface ResourceStatement extends StatementBase {
  readonly Principal: Principal;
  readonly Resource?: string | readonly string[];
}

/** Everybody only where AWS takes nothing else: in the policy of a gateway endpoint. */
export type Principal =
  | "*"
  | { readonly AWS: string | readonly string[] }
  | { readonly Service: string | readonly string[] }
  | { readonly Federated: string };

export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export function policyDocument(statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/** Minified, as AWS counts characters against its limits. */
export function policyText(document: PolicyDocument): string {
  return JSON.stringify(document);
}
