import type { EcsServiceName, Rollout } from "../functions/settings";
import type { Plan } from "./types";

/**
 * ECS services of one environment to redeploy after a rotation, by the secret that is injected into them: what the
 * `rollout` of its consumers says.
 */
export function rolloutsIn({ consumers }: Plan, environment: string): readonly Rollout[] {
  const services = new Map<string, EcsServiceName[]>();
  for (const { environment: of, settings, injections } of consumers) {
    if (of !== environment || settings.kind !== "ecs" || settings.rollout === undefined) continue;
    const patterns = new Set(
      injections.flatMap(({ item }) => (item.kind === "secret" ? [item.arnPattern] : [])),
    );
    for (const pattern of patterns) {
      services.set(pattern, [...(services.get(pattern) ?? []), settings.rollout]);
    }
  }
  return [...services].map(([secretArnPattern, names]) => ({ secretArnPattern, services: names }));
}
