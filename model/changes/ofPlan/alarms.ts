import { detectionsOf } from "../../detection/account";
import type { Alarm, Detections, EventRule, Trigger } from "../../detection/types";
import type { Plan } from "../../plan/types";
import type { Fact, Thing } from "../types";

/** What is watched in each account. */
export function alarmsOf(plan: Plan): readonly Thing[] {
  return plan.organisation.stacks.flatMap((stack) => {
    const detections = detectionsOf(plan, stack);
    return [
      ...detections.alarms.map((alarm) => alarmOf(stack.name, alarm, detections)),
      ...detections.rules.map((rule) => ruleOf(stack.name, rule)),
    ];
  });
}

function alarmOf(stack: string, { id, metric, trigger }: Alarm, { filters }: Detections): Thing {
  const own = filters.filter((filter) => filter.metric === metric.name);
  return {
    kind: "alarm",
    stack,
    about: stack,
    name: id,
    words: `alarm ${id}`,
    wider: "removed",
    facts: {
      ...triggerFacts(trigger),
      metric: { value: `${metric.namespace}/${metric.name}`, wider: "any" },
      "filters that count for it": { value: own.map((filter) => filter.id), wider: "fewer" },
      "what these count": { value: own.map(({ pattern }) => pattern), hidden: true },
    },
  };
}

function triggerFacts(trigger: Trigger): Readonly<Record<string, Fact>> {
  const kind = { "kind of alarm": { value: trigger.kind, wider: "any" } as const };
  switch (trigger.kind) {
    case "count":
      return {
        ...kind,
        threshold: { value: trigger.atLeast, wider: "more" },
        // What happens more seldom is summed up for a shorter time.
        "minutes summed up": { value: trigger.minutes, wider: "fewer" },
      };
    case "level":
      return {
        ...kind,
        threshold: { value: trigger.atLeast, wider: "more" },
        "minutes looked back": { value: trigger.minutes, wider: "fewer" },
      };
    case "band":
      return {
        ...kind,
        deviations: { value: trigger.deviations, wider: "more" },
        "minutes summed up": { value: trigger.minutes, wider: "any" },
        "times in a row": { value: trigger.inRow, wider: "more" },
      };
    case "silence":
      return { ...kind, "minutes of silence": { value: trigger.minutes, wider: "more" } };
    case "absence":
      return { ...kind, "hours without a number": { value: trigger.hours, wider: "more" } };
  }
}

function ruleOf(stack: string, { id, pattern, includesReads }: EventRule): Thing {
  return {
    kind: "rule",
    stack,
    about: stack,
    name: id,
    words: `event rule ${id}`,
    wider: "removed",
    facts: {
      "sees calls that only read": { value: includesReads, wider: ["true", "false"] },
      "what it sees": { value: JSON.stringify(pattern), hidden: true },
    },
  };
}
