import {
  paginateGetResourceShareAssociations,
  paginateGetResourceShares,
  paginateListResourceSharePermissions,
  type ResourceShare,
  type ResourceShareAssociation,
  type ResourceShareAssociationType,
} from "@aws-sdk/client-ram";
import { itemsOf, withCalls } from "../../../aws/pages";
import type { ShareDocuments } from "../../../model/access/input";
import { isAccount } from "../../../model/aws/textRules";
import type { Auditor } from "./auditor";

export interface ReadShares {
  /** By the ARN of what is shared. */
  readonly shares: ReadonlyMap<string, readonly ShareDocuments[]>;
  /** What of a share is not modelled, in words, by the ARN of what is shared. */
  readonly odd: ReadonlyMap<string, readonly string[]>;
}

/** AWS's own permissions for parameters, by the last part of their ARNs. */
const permissions: Readonly<Record<string, ShareDocuments["permission"]>> = {
  AWSRAMDefaultPermissionSSMParameterReadOnly: "read",
  AWSRAMPermissionSSMParameterReadOnlyWithHistory: "read-with-history",
};

/**
 * Shares of parameters that the account owns, of one region. One that is being taken back still counts until it is gone.
 * https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html
 * https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareAssociations.html
 * https://docs.aws.amazon.com/ram/latest/APIReference/API_ListResourceSharePermissions.html
 */
export async function readShares(
  { account, call, in: clients }: Auditor,
  region: string,
): Promise<ReadShares> {
  const target = `the shares of account ${account}`;
  const { ram } = clients(region);
  const calling = (action: string) => withCalls(ram, (send) => call({ action, target }, send));
  const all: ResourceShare[] = await itemsOf(
    paginateGetResourceShares({ client: calling("ram:GetResourceShares") }, { resourceOwner: "SELF" }),
    (page) => page.resourceShares,
  );
  const there = all.filter(({ status }) => status !== "DELETED" && status !== "FAILED");
  const resources = there.length === 0 ? [] : await associations("RESOURCE");
  const principals = there.length === 0 ? [] : await associations("PRINCIPAL");
  const shares = new Map<string, ShareDocuments[]>();
  const odd = new Map<string, string[]>();
  for (const { resourceShareArn = "", name: own = resourceShareArn, allowExternalPrincipals } of there) {
    const ofThis = (some: readonly ResourceShareAssociation[]) =>
      some
        .filter((one) => one.resourceShareArn === resourceShareArn)
        .map(({ associatedEntity = "" }) => associatedEntity);
    const items = ofThis(resources).filter((arn) => arn.includes(":ssm:"));
    if (items.length === 0) continue;
    const granted = await permissionsOf(resourceShareArn);
    const withWhom = ofThis(principals);
    const said = [
      ...withWhom
        .filter((one) => !isAccount(one))
        .map((one) => `the share ${own} is with ${one}, which is no account`),
      ...granted
        .filter((one) => !Object.hasOwn(permissions, one))
        .map((one) => `the share ${own} has the permission ${one}`),
    ];
    const share: ShareDocuments = {
      name: `share ${own}`,
      accounts: withWhom.filter((one) => isAccount(one)),
      external: allowExternalPrincipals === true,
      permission: granted.some((one) => permissions[one] === "read-with-history")
        ? "read-with-history"
        : "read",
    };
    for (const arn of items) {
      shares.set(arn, [...(shares.get(arn) ?? []), share]);
      if (said.length > 0) odd.set(arn, [...(odd.get(arn) ?? []), ...said]);
    }
  }
  return { shares, odd };

  async function associations(associationType: ResourceShareAssociationType) {
    const client = calling("ram:GetResourceShareAssociations");
    const found: ResourceShareAssociation[] = await itemsOf(
      paginateGetResourceShareAssociations({ client }, { associationType }),
      (page) => page.resourceShareAssociations,
    );
    return found.filter(({ status }) => status !== "DISASSOCIATED" && status !== "FAILED");
  }

  async function permissionsOf(resourceShareArn: string): Promise<readonly string[]> {
    const client = calling("ram:ListResourceSharePermissions");
    const found = await itemsOf(
      paginateListResourceSharePermissions({ client }, { resourceShareArn }),
      (page) => page.permissions,
    );
    return found
      .filter(({ resourceType = "ssm:Parameter" }) => resourceType.toLowerCase() === "ssm:parameter")
      .map(({ arn = "" }) => arn.slice(arn.lastIndexOf("/") + 1));
  }
}
