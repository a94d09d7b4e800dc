import type { EcsServiceName, RolloutSettings } from "../../model/functions/settings";

/** The services to redeploy after the rotation of a secret; each once. */
export function servicesFor({ rollouts }: RolloutSettings, secretArn: string): EcsServiceName[] {
  const found = rollouts.filter(({ secretArnPattern }) => matches(secretArnPattern, secretArn));
  const byName = new Map(
    found.flatMap(({ services }) => services).map((each) => [`${each.cluster}/${each.service}`, each]),
  );
  return [...byName.values()];
}

/** `?` stands for any one character, as in IAM; nothing else is special. */
function matches(pattern: string, arn: string): boolean {
  return (
    pattern.length === arn.length &&
    [...pattern].every((character, i) => character === "?" || character === arn[i])
  );
}
