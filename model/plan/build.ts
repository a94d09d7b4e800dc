import type { Catalogue } from "../catalogue/types";
import type { Organisation } from "../organisation/types";
import { planConsumers } from "./consumers";
import { planEnvironments } from "./environments";
import { planItems } from "./items";
import { planKeys } from "./keys";
import { planRoles } from "./roles";
import { planRotators } from "./rotators";
import type { Plan } from "./types";

/**
 * Computes what the stacks will hold. Both arguments have been checked: every environment a service names has one
 * workload stack and one security stack, every reference resolves, every rotated database's network is known.
 * Linear in items and grants.
 */
export function buildPlan(catalogue: Catalogue, organisation: Organisation): Plan {
  const environments = planEnvironments(organisation);
  const keys = planKeys(catalogue, environments);
  const rotators = planRotators(catalogue, organisation, environments, keys);
  const roles = planRoles(catalogue, organisation, environments);
  const items = planItems(catalogue, organisation, { environments, keys, rotators, roles });
  return {
    organisation,
    environments: environments.all,
    keys: keys.all,
    rotators: rotators.all,
    secrets: items.secrets,
    managedSecrets: items.managedSecrets,
    parameters: items.parameters,
    consumers: planConsumers(roles, items, organisation),
  };
}
