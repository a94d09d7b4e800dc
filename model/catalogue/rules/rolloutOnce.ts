import type { Problem } from "../../yaml/problem";
import { entriesOf, formatPlace, placeOf, problemAt } from "../reading/manifest";
import type { Rule } from "./rule";

/**
 * An ECS service is redeployed for the one service whose manifest names it: a second one could otherwise restart what
 * another team runs, whenever a secret of its own rotates. Names are told apart by account.
 */
export const rolloutOnce: Rule = ({ manifests, environments }) => {
  const owners = new Map<string, { readonly service: string; readonly place: string }>();
  const problems: Problem[] = [];
  for (const manifest of manifests) {
    for (const [name, { kind, rollout }] of entriesOf(manifest.draft.consumers)) {
      if (kind !== "ecs" || rollout?.cluster === undefined || rollout.service === undefined) continue;
      const path = ["consumers", name, "rollout"];
      const names = (manifest.draft.environments ?? []).flatMap((environment) => {
        const account = environment === undefined ? undefined : environments.get(environment)?.account;
        return account === undefined ? [] : [[account, rollout.cluster, rollout.service].join("/")];
      });
      const owner = names
        .map((one) => owners.get(one))
        .find((one) => one !== undefined && one.service !== manifest.service);
      if (owner !== undefined) {
        problems.push(
          problemAt(manifest, path, {
            found: `this ECS service belongs to ${owner.service}, which names it at ${owner.place}`,
            allowed: "an ECS service is redeployed for one service",
            remedy: `name a service of ${manifest.service}'s own, or move the consumer to ${owner.service}`,
          }),
        );
        continue;
      }
      const own = { service: manifest.service, place: formatPlace(placeOf(manifest, path, "key")) };
      for (const one of names) owners.set(one, owners.get(one) ?? own);
    }
  }
  return problems;
};
