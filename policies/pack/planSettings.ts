import { hopLimits } from "../../model/aws/instanceMetadata";
import type { Plan } from "../../model/plan/types";
import { platformSettings } from "./platformSettings";
import type { Settings, Share } from "./settings";

/** What this platform's own Plan says to the rules. */
export function planSettings(plan: Plan): Partial<Settings> {
  return platformSettings({
    organization: plan.organisation.id,
    stacks: plan.organisation.stacks.map((stack) => ({
      name: stack.name,
      environment: stack.kind === "workload" ? stack.environment : undefined,
      production: stack.kind === "workload" && stack.production,
      analyzedElsewhere: stack.accessAnalyzer === "existing",
    })),
    sharing: sharing(plan),
    publicParameters: plan.parameters.flatMap(({ name, public: said }) => (said === undefined ? [] : [name])),
    containerInstances: plan.consumers.flatMap(({ name, settings }) =>
      settings.kind === "ec2" && settings.instance?.hopLimit === hopLimits.containers ? [name] : [],
    ),
  });
}

/** Once for each item, whatever the environments. */
function sharing({ secrets, managedSecrets, parameters }: Plan): readonly Share[] {
  const shares = [...secrets, ...managedSecrets, ...parameters].flatMap(
    ({ service, item, shareWith }): [string, Share][] =>
      shareWith.length === 0 ? [] : [[`${service}/${item}`, { owner: service, item, with: shareWith }]],
  );
  return [...new Map(shares).values()];
}
