import { boundaryName, platformPath } from "../../model/plan/names";
import type { Plan } from "../../model/plan/types";
import { withUsual, type Settings, type Share } from "./settings";

/**
 * What this platform's own Plan says to the rules: whose organisation, what its environments are and which are production,
 * who shares what, which policies are boundaries, which accounts something else analyses, and which parameters are public.
 */
export function planSettings(plan: Plan): Partial<Settings> {
  return {
    organization: plan.organisation.id,
    environments: withUsual(plan.environments.map(({ name }) => name)),
    production: plan.environments.filter(({ production }) => production).map(({ name }) => name),
    sharing: sharing(plan),
    boundaries: plan.environments.map(({ name }) => `${platformPath}${boundaryName(name)}`),
    analyzedElsewhere: plan.organisation.stacks
      .filter(({ accessAnalyzer }) => accessAnalyzer === "existing")
      .map(({ name }) => name),
    publicParameters: plan.parameters.flatMap(({ name, public: said }) => (said === undefined ? [] : [name])),
  };
}

/** Items that consumers of another service read, once each, whatever the environments. */
function sharing({ secrets, managedSecrets, parameters }: Plan): readonly Share[] {
  const shares = new Map<string, { owner: string; item: string; with: Set<string> }>();
  for (const { service, item, readers } of [...secrets, ...managedSecrets, ...parameters]) {
    for (const reader of readers) {
      if (reader.service === service) continue;
      const name = `${service}/${item}`;
      const share = shares.get(name) ?? { owner: service, item, with: new Set() };
      shares.set(name, share);
      share.with.add(reader.service);
    }
  }
  return [...shares.values()].map((share) => ({ ...share, with: [...share.with].sort() }));
}
