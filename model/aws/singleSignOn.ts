/**
 * Roles of IAM Identity Center. AWS makes one of each permission set in each account that the set is assigned to: under a
 * path where nobody else can make one, with a name that ends in 16 hexadecimal characters of AWS's choice, others in each
 * account. In the path stands the region of Identity Center, or none where that is us-east-1. A set's name has at most
 * 32 characters, so the role's has at most 64.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 * https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreatePermissionSet.html
 */
export const singleSignOnPath = "aws-reserved/sso.amazonaws.com/";

/** What such a role's name begins with, before its permission set's. */
export const singleSignOnName = "AWSReservedSSO_";

/**
 * Stands for what AWS adds behind a permission set's name. `*` in its place would also take the sets whose names only
 * begin so: `AWSReservedSSO_BreakGlass_*` that of `BreakGlass_Viewers`.
 */
export const singleSignOnEnd = "?".repeat(16);

/** The roles of a permission set in all accounts, wherever Identity Center is, as settings name them. */
export function singleSignOnRoles(permissionSet: string): string {
  return `${singleSignOnPath}*/${singleSignOnName}${permissionSet}_${singleSignOnEnd}`;
}

/** A role, with its path, that only Identity Center makes. */
export function isSingleSignOn(role: string): boolean {
  return role.startsWith(singleSignOnPath);
}

/**
 * What IAM compares a role of the settings with, a name with its path: the same, and of a single sign-on role whose path
 * leaves the region open, or has none, the path of either form. `*` in the middle of the name is not enough for both, since
 * a permission set may be called `AWSReservedSSO_…` itself.
 */
export function rolePatterns(role: string): readonly string[] {
  if (!isSingleSignOn(role)) return [role];
  const rest = role.slice(singleSignOnPath.length);
  const name = rest.slice(rest.lastIndexOf("/") + 1);
  const place = rest.slice(0, rest.length - name.length);
  return place === "" || place === "*/"
    ? [`${singleSignOnPath}*/${name}`, `${singleSignOnPath}${name}`]
    : [role];
}

/** What a single sign-on role is called for people: without its path and what AWS adds. */
export function withoutEnd(role: string): string {
  return role.slice(role.lastIndexOf("/") + 1).replace(/_(?:[?*]+|[0-9a-f]{16})$/, "");
}
