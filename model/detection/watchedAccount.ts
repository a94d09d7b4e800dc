import type { AlarmSettings, Principals, Stack } from "../organisation/types";
import { trailLogGroupName } from "../plan/names";
import type { Plan } from "../plan/types";
import type { AccountScope } from "./callRule";
import type { ChangeScope } from "./changeScope";
import type { EndpointIds } from "./endpointIds";
import { alarmSettings } from "./settings";

/** An account as declarations see it. */
export interface WatchedAccount extends AccountScope, ChangeScope {
  readonly plan: Plan;
  readonly stack: Stack;
  readonly settings: Required<AlarmSettings>;
  readonly principals: Principals;
  /** Those of a workload account's network. */
  readonly endpoints: EndpointIds;
}

export function watchedAccount(plan: Plan, stack: Stack, endpoints: EndpointIds): WatchedAccount {
  const { partition, principals } = plan.organisation;
  const settings = alarmSettings(stack.alarms);
  return {
    plan,
    stack,
    settings,
    principals,
    endpoints,
    partition,
    account: stack.account,
    deployers: settings.deployerChanges === "ignore" ? [principals.deployer] : [],
    namePrefix: settings.namePrefix,
    logGroup: logGroupOf(stack),
    ...(stack.kind === "workload" && { environment: stack.environment }),
  };
}

/** Log group that filters look at: of the platform's own trail, or of one that is there already. */
export function logGroupOf({ trail }: Stack): string {
  return trail?.mode === "existing" ? trail.logGroup : trailLogGroupName;
}
