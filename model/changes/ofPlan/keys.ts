import { environmentOf } from "../../plan/environmentOf";
import type { KeyPlan, Plan } from "../../plan/types";
import type { Thing } from "../types";

export function keysOf(plan: Plan): readonly Thing[] {
  const foreign = foreignReaders(plan);
  return plan.keys.map((key) => ({
    kind: "key",
    stack: environmentOf(plan, key.environment)[key.home].stack,
    about: `${key.service ?? "platform"}/${key.environment}`,
    name: key.alias,
    words: `key ${key.alias}`,
    facts: {
      "replica regions": { value: key.replicaRegions, wider: "more" },
      // Under an environment's key they are many, and each of its grants is told by itself.
      ...(key.service !== undefined && {
        "other services that read under it": { value: [...(foreign.get(key) ?? [])].sort(), wider: "more" },
      }),
    },
  }));
}

function foreignReaders({ secrets, parameters }: Plan): ReadonlyMap<KeyPlan, ReadonlySet<string>> {
  const found = new Map<KeyPlan, Set<string>>();
  for (const { key, readers } of [...secrets, ...parameters]) {
    if (key === undefined) continue;
    const services = found.get(key) ?? new Set();
    found.set(key, services);
    for (const { service } of readers) if (service !== key.service) services.add(service);
  }
  return found;
}
