import type { Plan } from "../../../model/plan/types";
import type { DeployedAccount, UnreadAccount } from "../../../model/proof/live/deployed";
import { regionsOf } from "../../../model/proof/layers/probes";
import { PlatformNames } from "../../../model/proof/live/ours";
import { OperationError } from "../../operations/operationError";
import type { Auditor } from "./auditor";
import { readEndpoints } from "./readEndpoints";
import { Aliases, readKeys } from "./readKeys";
import { readParameters } from "./readParameters";
import { readRoles } from "./readRoles";
import { readSecrets } from "./readSecrets";
import { readShares } from "./readShares";

/**
 * All that has a say in one account, in every region that the Plan keeps values in. What fails in one part keeps the others
 * from nothing, so that everything a role lacks is told at once; but of an account with a part unread nothing is judged.
 */
export async function readAccount(plan: Plan, auditor: Auditor): Promise<DeployedAccount | UnreadAccount> {
  const { account, as } = auditor;
  const { partition } = plan.organisation;
  const names = new PlatformNames(plan);
  const reasons: string[] = [];
  const part = async <T>(reading: Promise<T>): Promise<T | undefined> => {
    try {
      return await reading;
    } catch (error) {
      if (!(error instanceof OperationError)) throw error;
      reasons.push(error.message);
      return undefined;
    }
  };
  const roles = await part(readRoles(auditor));
  const read = [];
  for (const region of regionsOf(plan)) {
    const aliases = await part(Aliases.read(auditor, region, partition));
    const shares = await part(readShares(auditor, region));
    const endpoints = await part(readEndpoints(auditor, region));
    if (aliases === undefined) continue;
    const secrets = await part(readSecrets(auditor, region, names, aliases));
    const parameters = await part(
      readParameters(auditor, region, names, { aliases, shares: shares?.shares ?? new Map() }),
    );
    const items = [...(secrets?.items ?? []), ...(parameters ?? [])];
    const wanted = [
      ...items.flatMap(({ key }) => (key === undefined ? [] : [key])),
      ...aliases.keysWith((alias) => names.hasAlias(alias)),
    ];
    const keys = await part(readKeys(auditor, region, wanted, aliases));
    read.push({ items, keys, endpoints, secrets, shares });
  }
  if (reasons.length > 0 || roles === undefined) return { account, reasons: [...new Set(reasons)] };
  return {
    account,
    as,
    ...roles,
    items: read.flatMap(({ items }) => items),
    keys: read.flatMap(({ keys }) => keys ?? []),
    endpoints: read.flatMap(({ endpoints }) => endpoints ?? []),
    replicaRegions: new Map(read.flatMap(({ secrets }) => [...(secrets?.replicaRegions ?? [])])),
    oddShares: new Map(read.flatMap(({ shares }) => [...(shares?.odd ?? [])])),
  };
}

export function isUnread(one: DeployedAccount | UnreadAccount): one is UnreadAccount {
  return "reasons" in one;
}
