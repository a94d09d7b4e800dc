/** Who calls: a role's session. */
export interface Subject {
  /** ARN of the role, which `aws:PrincipalArn` gives for its sessions. */
  readonly arn: string;
  readonly account: string;
  /** Id of the account's organisation. */
  readonly organisation?: string;
}

/**
 * How a resource's policy means a role. By its account: what the role may is then for its own policies to say. By its
 * name: within the account nothing else has to allow, but its boundary still limits. As everybody: as the session it
 * is, which a boundary does not limit.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export type Meant = "account" | "role" | "everybody";

/** Who a `Principal` element means. */
export interface Principals {
  readonly everybody: boolean;
  readonly accounts: ReadonlySet<string>;
  readonly roles: ReadonlySet<string>;
  /** AWS services, which call by themselves and are no roles. */
  readonly services?: readonly string[];
}

/** The widest way in which it means the role. */
export function meant(
  { everybody, accounts, roles }: Principals,
  { arn, account }: Subject,
): Meant | undefined {
  if (everybody) return "everybody";
  if (roles.has(arn)) return "role";
  return accounts.has(account) ? "account" : undefined;
}
