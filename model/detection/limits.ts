import type { Stack } from "../organisation/types";
import type { Plan } from "../plan/types";
import type { Problem } from "../yaml/problem";
import { detectionsOf } from "./account";
import { eventPatternText, longestEventPattern } from "./eventPattern";
import { longestFilterPattern } from "./filterPattern";
import { shorterNames } from "./shortening";

/**
 * Every pattern that AWS would refuse for its length, and what makes it so long. No pattern names a service, so none
 * grows with their number; accounts, roles and addresses are what is listed.
 */
export function detectionProblems(plan: Plan): Problem[] {
  return plan.organisation.stacks.flatMap((stack) => {
    const { filters, rules } = detectionsOf(plan, stack);
    return [
      ...filters.flatMap(({ id, pattern, shorten }) =>
        tooLong(stack, {
          what: `filter ${id}`,
          length: pattern.length,
          limit: longestFilterPattern,
          remedy: shorten,
        }),
      ),
      ...rules.flatMap(({ id, pattern }) =>
        tooLong(stack, {
          what: `rule ${id}`,
          length: eventPatternText(pattern).length,
          limit: longestEventPattern,
        }),
      ),
    ];
  });
}

interface Measured {
  /** Kind and id, such as `filter secret-read`. */
  readonly what: string;
  readonly length: number;
  readonly limit: number;
  readonly remedy?: string | undefined;
}

function tooLong(stack: Stack, { what, length, limit, remedy = shorterNames }: Measured): Problem[] {
  if (length <= limit) return [];
  return [
    {
      file: `Pulumi.${stack.name}.yaml`,
      line: 1,
      column: 1,
      path: "config.secrets-platform:alarms",
      found: `the pattern of ${what} would have ${length} characters, ${length - limit} too many`,
      allowed: `AWS takes ${limit}`,
      remedy,
    },
  ];
}
