import { detectionsOf } from "../../../../model/detection/account";
import type { Plan } from "../../../../model/plan/types";
import { busEvent, type Happening } from "./corpus";
import { matchEvents } from "./eventRuler/eventRuler";

/** Each account has patterns of its own; all are matched at once, since starting Java takes a second. */
export async function rulesTold(
  plan: Plan,
  happenings: readonly Happening[],
): Promise<ReadonlyMap<Happening, readonly string[]>> {
  const rules = plan.organisation.stacks.flatMap((stack) =>
    detectionsOf(plan, stack).rules.map((rule) => ({ ...rule, key: `${stack.name}/${rule.id}` })),
  );
  const reading = new Set(rules.filter(({ includesReads }) => includesReads).map(({ key }) => key));
  const matched = await matchEvents(
    Object.fromEntries(rules.map(({ key, pattern }) => [key, pattern])),
    happenings.map((happening) => busEvent(happening) ?? {}),
  );
  return new Map(
    happenings.map((happening, index) => [
      happening,
      (matched[index] ?? [])
        .filter((key) => key.startsWith(`${happening.account}/`))
        .filter((key) => happening.record?.["readOnly"] !== true || reading.has(key))
        .map((key) => key.slice(happening.account.length + 1)),
    ]),
  );
}
