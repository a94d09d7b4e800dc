import { environmentOf } from "../../plan/environmentOf";
import type { ParameterPlan, Plan } from "../../plan/types";
import type { Fact, Thing } from "../types";
import { itemFacts, keyFact } from "./secrets";

/** Each parameter, and what its owner says of it in place of a rule. */
export function parametersOf(plan: Plan): readonly Thing[] {
  return plan.parameters.flatMap((parameter) => {
    const { service, environment, item, home } = parameter;
    const place = {
      stack: environmentOf(plan, environment)[home].stack,
      about: `${service}/${environment}`,
    };
    return [
      {
        ...place,
        kind: "parameter" as const,
        name: parameter.name,
        moves: true as const,
        words: `${parameter.type} ${item}`,
        subject: `parameter ${item}`,
        facts: parameterFacts(parameter),
      },
      ...said(parameter).map((exemption) => ({ ...place, ...exemption })),
    ];
  });
}

function parameterFacts(parameter: ParameterPlan): Readonly<Record<string, Fact>> {
  const { type, tier, value, key, expires } = parameter;
  return {
    ...itemFacts(parameter),
    type: { value: type },
    tier: { value: tier },
    encrypted: { value: key !== undefined, wider: ["true", "false"] },
    ...(key && keyFact(key.service)),
    // It is no secret, and often long.
    ...(value !== undefined && { value: { value, hidden: true } }),
    ...(expires?.never === false && {
      "days until it expires": { value: expires.afterDays, wider: "more" },
      "days before it expires that its owner is told": { value: expires.warnDays, wider: "fewer" },
    }),
    ...(expires?.never === true && {
      "days between reminders": { value: expires.remindDays, wider: "more" },
    }),
  };
}

function said(
  parameter: ParameterPlan,
): readonly Pick<Thing, "kind" | "name" | "words" | "wider" | "facts">[] {
  const { name, item, expires } = parameter;
  const exemption = (what: string, reason: string) => ({
    kind: "exemption" as const,
    name: `${name} ${what}`,
    words: `${item} is said ${what}`,
    wider: "added" as const,
    facts: { reason: { value: reason } },
  });
  return [
    ...(parameter.public ? [exemption("to be public", parameter.public.reason)] : []),
    ...(expires?.never === true ? [exemption("never to expire", expires.reason)] : []),
  ];
}
