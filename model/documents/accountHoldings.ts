import type { Organisation } from "../organisation/types";
import { arn, type Place } from "../plan/arns";
import type { KeyPlan, Plan } from "../plan/types";

/** What one account holds of the organisation's values, as people's roles are granted it: whole branches. */
export interface Holdings {
  readonly place: Place;
  readonly environments: readonly string[];
  /** Keys of the account over those environments' values. */
  readonly keys: readonly KeyPlan[];
  /** ARN patterns of the secrets' branches; empty in a workload account. */
  readonly secrets: readonly string[];
  /** ARN patterns of the parameters' branches. */
  readonly parameters: readonly string[];
}

/** `only` limits the holdings to some environments. */
export function accountHoldings(plan: Plan, account: string, only?: readonly string[]): Holdings {
  const place = accountPlace(plan.organisation, account);
  const keys = plan.keys.filter(
    (key) => key.account === account && (only === undefined || only.includes(key.environment)),
  );
  const environments = [...new Set(keys.map(({ environment }) => environment))];
  const holdsSecrets = new Set(keys.filter(({ home }) => home === "security").map((key) => key.environment));
  return {
    place,
    environments,
    keys,
    secrets: [...holdsSecrets].map((name) =>
      arn("secretsmanager", { ...place, region: "*" }, `secret:*/${name}/*`),
    ),
    parameters: environments.map((name) => arn("ssm", place, `parameter/*/${name}/*`)),
  };
}

export function accountPlace({ partition, region }: Organisation, account: string): Place {
  return { partition, region, account };
}
