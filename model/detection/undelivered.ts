import { drift } from "./drift";
import type { Alarm, EventRule } from "./types";

/** A rule by its name, and its bus where that is not the account's default one. */
interface NamedRule {
  readonly rule: string;
  readonly bus?: string;
}

/**
 * What a rule could not hand to the topic, for lack of a right of its role or key: CloudWatch tells of it,
 * which publishes by itself.
 * @param namePrefix what the names of rules begin with
 */
export function undelivered({ id }: EventRule, namePrefix: string): Alarm {
  const rule = `${namePrefix}-${id}`;
  return {
    ...undeliveredBy(
      { rule },
      `EventBridge could not hand what rule ${rule} matched to the topic, so that nobody was told of it.`,
      `${drift.putBack} puts the role event-notices, the topic's policy and the key's policy back; ` +
        `then see in the trail what ${rule} looks for, since what was not delivered for a day is lost.`,
    ),
    id: `${id}-undelivered`,
  };
}

/**
 * Events of a rule that did not reach its target. The metrics of a rule on a bus of its own name the bus as well.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
export function undeliveredBy({ rule, bus }: NamedRule, what: string, first: string): Alarm {
  return {
    id: `${rule}-undelivered`,
    runbook: `${what} First: ${first}`,
    metric: {
      namespace: "AWS/Events",
      name: "FailedInvocations",
      dimensions: { ...(bus !== undefined && { EventBusName: bus }), RuleName: rule },
    },
    trigger: { kind: "count", atLeast: 1, minutes: 5 },
  };
}
