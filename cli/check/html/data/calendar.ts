import { groupBy } from "../../../../model/groupBy";
import type { Plan } from "../../../../model/plan/types";
import type { CadenceData } from "./types";

type Due = Omit<CadenceData, "items"> & { readonly item: string };

/**
 * What comes due at which pace, the shortest first; what somebody else decides comes last. There is no date in it: when a
 * secret was last rotated, or a value last set, stands in AWS alone (`platform status`).
 */
export function calendarOf({ secrets, managedSecrets, parameters }: Plan): readonly CadenceData[] {
  const due: readonly Due[] = [
    ...secrets.map((secret): Due => {
      const { expression, longestDays } = secret.rotation.schedule;
      return { what: "rotates", days: longestDays, how: expression, item: idOf(secret) };
    }),
    ...parameters.flatMap((parameter): readonly Due[] => {
      const { expires } = parameter;
      if (expires === undefined) return [];
      const item = idOf(parameter);
      if (!expires.never)
        return [
          { what: "expires", days: expires.afterDays, how: `warns ${days(expires.warnDays)} before`, item },
        ];
      return [{ what: "reminds", days: expires.remindDays, how: "never expires", item }];
    }),
    ...managedSecrets.map((secret): Due => {
      return { what: "elsewhere", how: "as its database service is set", item: idOf(secret) };
    }),
  ];
  const paces = groupBy(due, ({ what, days: every, how }) => JSON.stringify([what, every, how]));
  return [...paces.values()]
    .map(([first, ...others]): CadenceData => {
      const { item, ...pace } = first!;
      return { ...pace, items: [item, ...others.map((other) => other.item)].sort() };
    })
    .sort((one, other) => (one.days ?? Infinity) - (other.days ?? Infinity));
}

function idOf({ service, environment, item }: Record<"service" | "environment" | "item", string>): string {
  return `${service}/${environment}/${item}`;
}

function days(amount: number): string {
  return amount === 1 ? "1 day" : `${amount} days`;
}
