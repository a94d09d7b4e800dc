import type { ShareDocuments } from "../../access/input";
import { isAccount } from "../../aws/textRules";
import { groupBy } from "../../groupBy";
import { listOf, noteStrays, type ResourcesByType, type StackResource, textOf } from "./stack";

/** Shares of a stack by the ARN of what they share. `note` is told what is not read. */
export function sharesIn(
  resources: ResourcesByType,
  note: (reason: string) => void,
): ReadonlyMap<string, readonly ShareDocuments[]> {
  const found = new Map<string, ShareDocuments[]>();
  const shareOf = (association: StackResource) => textOf(association, "resourceShareArn");
  const accounts = groupBy(resources.all("shareAccount"), shareOf);
  const items = groupBy(resources.all("shareItem"), shareOf);
  const arns = new Set(resources.all("share").map((share) => textOf(share, "arn")));
  noteStrays(
    [...resources.all("shareAccount"), ...resources.all("shareItem")],
    (arn) => arn !== undefined && arns.has(arn),
    "resourceShareArn",
    note,
  );
  for (const share of resources.all("share")) {
    const arn = textOf(share, "arn") ?? "";
    const name = textOf(share, "name") ?? arn;
    const shared: ShareDocuments = {
      name: `share ${name}`,
      accounts: (accounts.get(arn) ?? [])
        .map((one) => textOf(one, "principal") ?? "")
        .filter((principal) => isAnAccount(principal, name, note)),
      external:
        (share.outputs["allowExternalPrincipals"] ?? share.inputs["allowExternalPrincipals"]) === true,
      permission: permissionOf(listOf(share, "permissionArns", note), name, note),
    };
    for (const one of items.get(arn) ?? []) {
      const item = textOf(one, "resourceArn") ?? "";
      found.set(item, [...(found.get(item) ?? []), shared]);
    }
  }
  return found;
}

/** A share with an organisation, one of its units, or a role lets in others than an account's number tells. */
function isAnAccount(principal: string, share: string, note: (reason: string) => void): boolean {
  if (isAccount(principal)) return true;
  note(`the share ${share} with ${principal}, which is no account`);
  return false;
}

/**
 * Without a permission AWS takes its default, which reads.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-shared-parameters.html
 */
function permissionOf(
  permissions: readonly unknown[],
  share: string,
  note: (reason: string) => void,
): ShareDocuments["permission"] {
  const names = permissions.map((arn) => String(arn).split("/").at(-1) ?? "");
  for (const name of names)
    if (!Object.hasOwn(known, name)) note(`the permission ${name} of the share ${share}`);
  return names.some((name) => known[name] === "read-with-history") ? "read-with-history" : "read";
}

const known: Readonly<Record<string, ShareDocuments["permission"]>> = {
  AWSRAMDefaultPermissionSSMParameterReadOnly: "read",
  AWSRAMPermissionSSMParameterReadOnlyWithHistory: "read-with-history",
};
