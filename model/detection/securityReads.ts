import type { AlarmSettings, SecurityStack } from "../organisation/types";
import type { Plan } from "../plan/types";
import { all, any, equals, filterPattern, isOther } from "./filterPattern";
import { breakGlassRole } from "./breakGlass";
import type { Family } from "./declaration";
import { drift } from "./drift";
import { overdueRotations } from "./metrics";
import {
  byNoneOf,
  denied,
  developerRole,
  hostedRotationRoles,
  readByName,
  readOfAny,
  readOfParameter,
  readOfSecret,
  rotationRoles,
  succeeded,
} from "./records";
import { fewerExpectedRoles } from "./shortening";

/** A security account, its readers and its rotators. */
export interface SecurityScope {
  readonly account: string;
  /** Workload accounts whose consumers read here. */
  readonly readers: readonly string[];
  /** Roles of teams' own rotation functions, as `path/name`. */
  readonly rotators: readonly string[];
  /** Name of the stack. */
  readonly stack: string;
}

/** Reads as the account that holds the values records them: a foreign caller's record names its account alone. */
export const securityReads: Family = ({ plan, stack, settings }) => {
  if (stack.kind !== "security") return [];
  const scope = securityScope(plan, stack);
  const putBack = drift.putBackIn(scope.stack);
  return [
    {
      counts: {
        metric: "ReadsByUnexpectedAccount",
        filters: [
          {
            id: "unexpected-account",
            pattern: unexpectedAccountPattern(scope),
            shorten: "move some of its environments to a security stack of their own",
          },
        ],
      },
      alarm: {
        id: "unexpected-account",
        runbook:
          "An account that no environment belongs to read a value here. First: find account and value with `npx platform audit`; " +
          `take the account out of the secret's and the key's policy (${putBack} puts ours back), then \`npx platform rotate\` the secret.`,
        trigger: { kind: "count", atLeast: 1, minutes: 5 },
      },
    },
    {
      counts: {
        metric: "ReadsByLocalPrincipal",
        filters: [
          {
            id: "local-reader",
            pattern: localReaderPattern(scope, settings),
            shorten: shorterRotators(scope),
          },
        ],
      },
      alarm: {
        id: "local-reader",
        runbook:
          "A principal of the security account that is no rotation function read a value. First: find who with `npx platform audit`. " +
          `Secrets refuse this by policy, so look for a changed policy too; put it back with ${putBack}, then \`npx platform rotate\` what was read.`,
        trigger: { kind: "count", atLeast: 1, minutes: 5 },
      },
    },
    {
      counts: {
        metric: "DeniedReads",
        filters: [{ id: "denied-reads", pattern: deniedPattern }],
      },
      alarm: {
        id: "denied-reads",
        runbook:
          "A principal of the security account was refused a value. First: find who with `npx platform audit` and ask them. " +
          `A rotation function: its role or the secret's policy was changed; ${putBack} puts them back.`,
        trigger: { kind: "count", atLeast: settings.deniedReads, minutes: 5 },
      },
    },
    {
      alarm: {
        id: "rotation-overdue",
        runbook:
          "Secrets are past the day of their rotation. First: `npx platform status` lists them, and the log of each one's rotation function says why; " +
          "fix that, then `npx platform rotate`.",
        metric: overdueRotations,
        trigger: { kind: "level", atLeast: 1, minutes: 24 * 60 },
      },
    },
  ];
};

function securityScope(plan: Plan, { name: stack, account, environments }: SecurityStack): SecurityScope {
  const held = plan.environments.filter(({ name }) => environments.includes(name));
  const own = plan.secrets.filter((secret) => secret.account === account);
  return {
    account,
    readers: [...new Set(held.map(({ workload }) => workload.account))],
    stack,
    rotators: [...new Set(own.flatMap(({ rotatorRoles }) => rotatorRoles.map(roleOf)))].filter(
      (role) => !known.some((prefix) => role.startsWith(prefix)),
    ),
  };
}

/** What the roles of the platform's and AWS's rotation functions begin with. */
const known = [rotationRoles, hostedRotationRoles].map((role) => role.slice(0, -1));

/** `path/name` of a role's ARN. */
function roleOf(arn: string): string {
  return arn.slice(arn.indexOf(":role/") + ":role/".length);
}

function shorterRotators({ rotators }: SecurityScope): string {
  return rotators.length === 0
    ? fewerExpectedRoles
    : `give the roles of rotation functions (${listed(rotators)}) a common path and name it in \`expectedRoles\`, as in \`rotation/*\``;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

export function unexpectedAccountPattern({ account, readers }: SecurityScope): string {
  return filterPattern(all(readOfAny, isOther("userIdentity.accountId", [account, ...readers])));
}

export function localReaderPattern(
  { account, rotators }: SecurityScope,
  { expectedRoles }: Pick<Required<AlarmSettings>, "expectedRoles">,
): string {
  const unnamed = rotators.filter((role) => !expectedRoles.some((expected) => covers(expected, role)));
  return filterPattern(
    all(
      any(readOfSecret, all(readOfParameter, byNoneOf([developerRole]))),
      equals("userIdentity.accountId", account),
      byNoneOf([rotationRoles, breakGlassRole, hostedRotationRoles, ...expectedRoles, ...unnamed]),
      succeeded,
    ),
  );
}

function covers(expected: string, role: string): boolean {
  return expected.endsWith("*") ? role.startsWith(expected.slice(0, -1)) : role === expected;
}

const deniedPattern = filterPattern(all(denied, any(readByName, equals("eventName", "Decrypt"))));
