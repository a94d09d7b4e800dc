import Table from "cli-table3";
import type { Consumer } from "../../model/catalogue/types";
import type { SecurityStack, Stack, WorkloadStack } from "../../model/organisation/types";
import type { Plan, RolePlan } from "../../model/plan/types";
import { rolesOf } from "../../model/plan/contents";

type Row = readonly [what: string, ...counts: (string | number)[]];

/** What one account holds, in the terms of the manifests. `bold` marks the heading. */
export function accountTable(
  plan: Plan,
  stack: Stack,
  resources: number,
  bold: (text: string) => string,
): string {
  const [columns, rows] = stack.kind === "security" ? securityRows(plan, stack) : workloadRows(plan, stack);
  const table = new Table({
    head: [bold(`${stack.name} ${stack.account}`), ...columns],
    chars: borderless,
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 2 },
    colAligns: ["left", ...columns.map(() => "right" as const)],
    colWidths: [Math.max(60, ...rows.map(([what]) => what.length + 4)), ...columns.map(() => 12)],
  });
  table.push(...rows.map((row) => [`  ${row[0]}`, ...row.slice(1)]), ["  resources in all", resources]);
  return table.toString().replace(/ +$/gm, "");
}

function securityRows(plan: Plan, { environments }: SecurityStack): [readonly string[], readonly Row[]] {
  const each = (count: (environment: string) => number): number[] => environments.map(count);
  const inEnvironment = <T extends { environment: string }>(things: readonly T[], environment: string) =>
    things.filter((thing) => thing.environment === environment);
  const secrets = (environment: string) => inEnvironment(plan.secrets, environment);
  const central = (environment: string) =>
    inEnvironment(plan.parameters, environment).filter(({ home }) => home === "security");
  return [
    environments,
    [
      ["secrets that rotate", ...each((name) => secrets(name).length)],
      ["rotation functions", ...each((name) => inEnvironment(plan.rotators, name).length)],
      ["parameters shared from here", ...each((name) => central(name).length)],
      [
        "keys",
        ...each((name) => inEnvironment(plan.keys, name).filter(({ home }) => home === "security").length),
      ],
      [
        "grants to read across accounts",
        ...each((name) =>
          [...secrets(name), ...central(name)].reduce((sum, { readers }) => sum + readers.length, 0),
        ),
      ],
    ],
  ];
}

function workloadRows(plan: Plan, { environment }: WorkloadStack): [readonly string[], readonly Row[]] {
  const consumers = plan.consumers.filter((consumer) => consumer.environment === environment);
  const roles = rolesOf(consumers);
  const local = plan.parameters.filter(
    (item) => item.environment === environment && item.home === "workload",
  );
  const kinds = consumerKinds.flatMap(([kind, name]) => {
    const count = consumers.filter(({ settings }) => settings.kind === kind).length;
    return count === 0 && rare.has(kind) ? [] : [`${count} ${name}`];
  });
  return [
    [environment],
    [
      [`consumers: ${kinds.join(", ")}`, consumers.length],
      ["roles, each within the boundary", roles.length],
      ["values a role may read, at most", Math.max(0, ...roles.map(({ grants }: RolePlan) => grants.length))],
      ["parameters, plain", local.filter(({ value }) => value !== undefined).length],
      ["parameters, SecureString", local.filter(({ key }) => key !== undefined).length],
    ],
  ];
}

const consumerKinds: readonly (readonly [Consumer["kind"], string])[] = [
  ["lambda", "Lambda"],
  ["ecs", "ECS"],
  ["ec2", "EC2"],
  ["codebuild", "CodeBuild"],
  ["eks", "EKS"],
  ["role", "other"],
];

/** Told where there are some. */
const rare: ReadonlySet<Consumer["kind"]> = new Set(["eks", "role"]);

const borderless = Object.fromEntries(
  [
    "top",
    "top-mid",
    "top-left",
    "top-right",
    "bottom",
    "bottom-mid",
    "bottom-left",
    "bottom-right",
    "left",
    "left-mid",
    "mid",
    "mid-mid",
    "right",
    "right-mid",
    "middle",
  ].map((part) => [part, ""]),
);
