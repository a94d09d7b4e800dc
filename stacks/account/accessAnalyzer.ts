import { AccessAnalyzer } from "../../components/account/accessAnalyzer";
import type { Stack } from "../../model/organisation/types";
import { analyzerName } from "../../model/plan/names";
import type { Plan } from "../../model/plan/types";
import type { Tags } from "./tags";

/** Looks for access from outside the account in every region where it holds something, unless something else does. */
export function accessAnalyzer({ organisation, keys }: Plan, { account, ...stack }: Stack, tags: Tags): void {
  if (stack.accessAnalyzer === "existing") return;
  const copies = keys
    .filter((key) => key.account === account)
    .flatMap(({ replicaRegions }) => replicaRegions);
  const accounts = organisation.stacks.map((other) => other.account);
  new AccessAnalyzer("access-analyzer", {
    analyzerName,
    regions: [...new Set([organisation.region, ...copies])],
    organisationId: organisation.id,
    ownAccounts: [...new Set(accounts)].filter((other) => other !== account),
    tags,
  });
}
