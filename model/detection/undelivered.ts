import { drift } from "./drift";
import type { Alarm, EventNotice } from "./types";

/**
 * A notice that EventBridge could not hand to the topic, for lack of a right of its role or key: CloudWatch tells of it,
 * which publishes by itself.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 * @param namePrefix what the names of rules begin with
 */
export function undelivered({ id }: EventNotice, namePrefix: string): Alarm {
  const rule = `${namePrefix}-${id}`;
  return {
    id: `${id}-undelivered`,
    runbook:
      `EventBridge could not hand what rule ${rule} matched to the topic, so that nobody was told of it. ` +
      `First: ${drift.mended} puts the role event-notices, the topic's policy and the key's policy back; ` +
      `then see in the trail what ${rule} looks for, since what was not delivered for a day is lost.`,
    metric: { namespace: "AWS/Events", name: "FailedInvocations", dimensions: { RuleName: rule } },
    trigger: { kind: "count", atLeast: 1, minutes: 5 },
  };
}
