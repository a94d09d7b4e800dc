import {
  type AliasListEntry,
  type GrantListEntry,
  GetKeyPolicyCommand,
  paginateListAliases,
  paginateListGrants,
} from "@aws-sdk/client-kms";
import { itemsOf, withCalls } from "../../../aws/pages";
import type { DeployedKey } from "../../../model/proof/live/deployed";
import { inParallel } from "../../operations/inParallel";
import type { Auditor } from "./auditor";

/** Calls at once; what AWS throttles waits in the client. */
const atOnce = 5;

/** Aliases of a region by the id of their key. */
export class Aliases {
  private constructor(
    private readonly byKey: ReadonlyMap<string, readonly string[]>,
    private readonly place: string,
    readonly partition: string,
  ) {}

  static async read(
    { account, call, in: clients }: Auditor,
    region: string,
    partition: string,
  ): Promise<Aliases> {
    const target = `the aliases of account ${account}`;
    const client = withCalls(clients(region).kms, (send) =>
      call({ action: "kms:ListAliases", target }, send),
    );
    const all: AliasListEntry[] = await itemsOf(paginateListAliases({ client }, {}), (page) => page.Aliases);
    const byKey = new Map<string, string[]>();
    for (const { AliasName = "", TargetKeyId } of all)
      if (TargetKeyId !== undefined) byKey.set(TargetKeyId, [...(byKey.get(TargetKeyId) ?? []), AliasName]);
    return new Aliases(byKey, `arn:${partition}:kms:${region}:${account}:key/`, partition);
  }

  /** ARN of the key that an item names by ARN, id or alias; undefined for AWS's own key. */
  keyArn(named: string | undefined): string | undefined {
    if (named === undefined || named === "") return undefined;
    const alias = /(?:^|:)(alias\/.+)$/.exec(named)?.[1];
    const id = alias === undefined ? named.replace(/^arn:.*:key\//, "") : this.#idOf(alias);
    if (alias?.startsWith("alias/aws/") || this.of(id ?? "").some((one) => one.startsWith("alias/aws/")))
      return undefined;
    return named.startsWith("arn:") && alias === undefined ? named : `${this.place}${id ?? named}`;
  }

  of(id: string): readonly string[] {
    return this.byKey.get(id) ?? [];
  }

  /** ARNs of the keys that have an alias which passes. */
  keysWith(passes: (alias: string) => boolean): readonly string[] {
    return [...this.byKey].filter(([, names]) => names.some(passes)).map(([id]) => `${this.place}${id}`);
  }

  #idOf(alias: string): string | undefined {
    return [...this.byKey].find(([, names]) => names.includes(alias))?.[0];
  }
}

/**
 * Keys of one region with their policies and grants. One that is in another account is left out: only its own account reads it.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html
 */
export async function readKeys(
  { account, call, in: clients }: Auditor,
  region: string,
  arns: readonly string[],
  aliases: Aliases,
): Promise<readonly DeployedKey[]> {
  const { kms } = clients(region);
  const found: DeployedKey[] = [];
  const own = [...new Set(arns)].filter((arn) => arn.includes(`:kms:${region}:${account}:`));
  await inParallel(own, atOnce, async (arn) => {
    const { Policy = "" } = await call({ action: "kms:GetKeyPolicy", target: arn }, () =>
      kms.send(new GetKeyPolicyCommand({ KeyId: arn, PolicyName: "default" })),
    );
    const client = withCalls(kms, (send) => call({ action: "kms:ListGrants", target: arn }, send));
    const grants: GrantListEntry[] = await itemsOf(
      paginateListGrants({ client }, { KeyId: arn }),
      (page) => page.Grants,
    );
    const names = aliases.of(arn.slice(arn.lastIndexOf("/") + 1));
    found.push({
      arn,
      aliases: names,
      policy: { name: `policy of the key ${names[0] ?? arn} in ${account}, ${region}`, document: Policy },
      grants: grants.map(({ GrantId = "", GranteePrincipal = "", Operations = [] }) => ({
        id: GrantId,
        grantee: GranteePrincipal,
        operations: Operations,
      })),
    });
  });
  return found.sort((one, other) => (one.arn < other.arn ? -1 : 1));
}
