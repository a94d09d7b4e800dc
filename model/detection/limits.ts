import type { Stack } from "../organisation/types";
import type { Plan } from "../plan/types";
import type { Problem } from "../problem";
import { detectionsOf, securityScope } from "./account";
import { eventPatternText, longestEventPattern } from "./eventPattern";
import { longestFilterPattern } from "./filterPattern";

/**
 * Every pattern that AWS would refuse for its length, and what makes it so long. No pattern names a service, so none
 * grows with their number; accounts, roles and addresses are what is listed.
 */
export function detectionProblems(plan: Plan): Problem[] {
  return plan.organisation.stacks.flatMap((stack) => {
    const { filters, notices } = detectionsOf(plan, stack);
    return [
      ...filters.flatMap(({ id, pattern }) =>
        tooLong(plan, stack, `filter ${id}`, pattern.length, longestFilterPattern, remedies[id]),
      ),
      ...notices.flatMap(({ id, pattern }) =>
        tooLong(plan, stack, `rule ${id}`, eventPatternText(pattern).length, longestEventPattern),
      ),
    ];
  });
}

type Remedy = (plan: Plan, stack: Stack) => string;

const remedies: Readonly<Record<string, Remedy>> = {
  "unexpected-account": () => "move some of its environments to a security stack of their own",
  "unexpected-address": () =>
    "write the ranges of `expectedAddresses` as /8, /16 or /24, which are one comparison each, or name fewer roles in `outsideNetwork`",
  "unexpected-endpoint": () => "name fewer roles in `outsideNetwork`, with `*` behind a common beginning",
  "unexpected-role": () => "name fewer roles in `expectedRoles`, with `*` behind a common beginning",
  "managed-secret-reads": () => "name fewer roles in `expectedRoles`, with `*` behind a common beginning",
  "local-reader": (plan, stack) => {
    const rotators = stack.kind === "security" ? securityScope(plan, stack).rotators : [];
    return rotators.length === 0
      ? "name fewer roles in `expectedRoles`, with `*` behind a common beginning"
      : `give the roles of rotation functions (${listed(rotators)}) a common path and name it in \`expectedRoles\`, as in \`rotation/*\``;
  },
};

const otherwise = "shorten the name of `deployer` in Pulumi.yaml, or `namePrefix`";

function tooLong(
  plan: Plan,
  stack: Stack,
  what: string,
  length: number,
  limit: number,
  remedy: Remedy = () => otherwise,
): Problem[] {
  if (length <= limit) return [];
  return [
    {
      file: `Pulumi.${stack.name}.yaml`,
      line: 1,
      column: 1,
      path: "config.secrets-platform:alarms",
      found: `the pattern of ${what} would have ${length} characters, ${length - limit} too many`,
      allowed: `AWS takes ${limit}`,
      remedy: remedy(plan, stack),
    },
  ];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
