import type { Organisation } from "../organisation/types";
import type { EnvironmentPlan } from "./types";

export interface Environments {
  readonly all: readonly EnvironmentPlan[];
  /** Throws where the organisation was not checked: an environment without its two stacks. */
  named(environment: string): EnvironmentPlan;
}

export function planEnvironments(organisation: Organisation): Environments {
  const holders = new Map(
    organisation.stacks.flatMap((stack) =>
      stack.kind === "security" ? stack.environments.map((name) => [name, stack] as const) : [],
    ),
  );
  const byName = new Map<string, EnvironmentPlan>();
  for (const workload of organisation.stacks) {
    if (workload.kind !== "workload") continue;
    const security = holders.get(workload.environment);
    if (security === undefined) throw new Error(`no security stack holds ${workload.environment}`);
    byName.set(workload.environment, {
      name: workload.environment,
      production: workload.production,
      security: { stack: security.name, account: security.account },
      workload: { stack: workload.name, account: workload.account },
    });
  }
  return {
    all: [...byName.values()],
    named(environment) {
      const found = byName.get(environment);
      if (found === undefined) throw new Error(`no workload stack for ${environment}`);
      return found;
    },
  };
}
