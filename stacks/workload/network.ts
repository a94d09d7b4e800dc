import { Network } from "../../components/workload/network";
import { accountPlace } from "../../model/documents/accountHoldings";
import type { WorkloadStack } from "../../model/organisation/types";
import type { Plan } from "../../model/plan/types";
import type { Tags } from "../tags";

/** The account's network, with endpoints of its own for every service that values are read through. */
export function network({ organisation }: Plan, stack: WorkloadStack, tags: Tags): Network {
  return new Network("network", {
    ...stack.network,
    organisationId: organisation.id,
    place: accountPlace(organisation, stack.account),
    tags,
  });
}
