import { detectionsOf } from "../../../../model/detection/account";
import type { Plan } from "../../../../model/plan/types";
import { busEvent, type Happening } from "./corpus";
import { matchEvents } from "./eventRuler/eventRuler";

/** Each account has patterns of its own; all are matched at once, since starting Java takes a second. */
export async function noticesOf(
  plan: Plan,
  happenings: readonly Happening[],
): Promise<ReadonlyMap<Happening, readonly string[]>> {
  const notices = plan.organisation.stacks.flatMap((stack) =>
    detectionsOf(plan, stack).notices.map((notice) => ({ ...notice, key: `${stack.name}/${notice.id}` })),
  );
  const reading = new Set(notices.filter(({ includesReads }) => includesReads).map(({ key }) => key));
  const matched = await matchEvents(
    Object.fromEntries(notices.map(({ key, pattern }) => [key, pattern])),
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
