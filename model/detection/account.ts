import type { Stack } from "../organisation/types";
import type { Plan } from "../plan/types";
import type { Declaration } from "./declaration";
import { type EndpointIds, exampleEndpointIds } from "./endpointIds";
import { families } from "./families";
import { counted } from "./metrics";
import type { Alarm, Detections } from "./types";
import { undelivered } from "./undelivered";
import { watchedAccount } from "./watchedAccount";

/** Everything that is watched in one account; `endpoints` are those of a workload account's network. */
export function detectionsOf(
  plan: Plan,
  stack: Stack,
  endpoints: EndpointIds = exampleEndpointIds,
): Detections {
  const account = watchedAccount(plan, stack, endpoints);
  return detectionsFrom(
    families.flatMap((family) => family(account)),
    account.namePrefix,
  );
}

/** What follows from declarations. */
export function detectionsFrom(declarations: readonly Declaration[], namePrefix: string): Detections {
  const rules = declarations.flatMap(({ rule }) => rule ?? []);
  return {
    filters: declarations.flatMap(({ counts }) =>
      (counts?.filters ?? []).map((filter) => ({ ...filter, metric: counts!.metric })),
    ),
    alarms: [...declarations.flatMap(alarmOf), ...rules.map((rule) => undelivered(rule, namePrefix))],
    rules,
  };
}

function alarmOf({ alarm, counts }: Declaration): readonly Alarm[] {
  if (alarm === undefined) return [];
  const metric = alarm.metric ?? (counts && counted(counts.metric));
  if (metric === undefined) throw new Error(`the alarm ${alarm.id} looks at nothing`);
  return [{ ...alarm, metric }];
}
