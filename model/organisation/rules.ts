import { partitionOf } from "../aws/partitions";
import type { Path } from "../yaml/tree";
import type { Problem } from "../yaml/problem";
import { auditing } from "./auditingRules";
import { boundaries } from "./boundaryRules";
import { foundation } from "./foundationRules";
import type { SecuritySettings, SharedSettings, WorkloadSettings } from "./schema";
import type { SettingsFile } from "./settingsFile";
import type { StackFile } from "./stackFile";

type Workload = StackFile & { readonly settings: WorkloadSettings };
type Security = StackFile & { readonly settings: SecuritySettings };

/** What the files say of each other: accounts and stacks, environments and who holds them, regions, the archive. */
export function checkOrganisation(
  project: SettingsFile,
  shared: SharedSettings,
  stacks: readonly StackFile[],
): Problem[] {
  const workloads = stacks.filter(
    (stack): stack is Workload => "secrets-platform:environment" in stack.settings,
  );
  const securities = stacks.filter(
    (stack): stack is Security => "secrets-platform:environments" in stack.settings,
  );
  return [
    ...accountsAndStacks(project, shared, stacks),
    ...oneAccountEach(project, shared),
    ...oneRegion(stacks),
    ...environments(workloads, securities),
    ...networks(securities),
    ...archive(project, securities),
    ...queriedRegions(securities),
    ...developers(project, shared, workloads),
    ...foundation(project, shared),
    ...auditing(stacks),
    ...boundaries(
      workloads,
      shared,
      securities.map(({ settings }) => settings["aws:allowedAccountIds"][0] ?? ""),
    ),
  ];
}

function accountsAndStacks(
  project: SettingsFile,
  { accounts }: SharedSettings,
  stacks: readonly StackFile[],
): Problem[] {
  const files = new Set(stacks.map(({ name }) => name));
  return [
    ...Object.keys(accounts)
      .filter((name) => !files.has(name))
      .map((name) =>
        project.problem(["accounts", name], {
          found: `there is no Pulumi.${name}.yaml`,
          allowed: "each account has a stack of its name",
          remedy: `add Pulumi.${name}.yaml, or remove the account`,
        }),
      ),
    ...stacks.flatMap(({ name, file, settings }) => {
      const account = accounts[name];
      if (account === undefined) {
        return [
          file.problem([], {
            found: `\`accounts\` in Pulumi.yaml has no ${name}`,
            allowed: "each stack is one account",
            remedy: `add \`${name}\` with its account to \`accounts\` in Pulumi.yaml, or remove this file`,
          }),
        ];
      }
      const [allowed] = settings["aws:allowedAccountIds"];
      if (allowed === account) return [];
      return [
        file.problem(["aws:allowedAccountIds"], {
          found: `found ${String(allowed)}`,
          allowed: `\`accounts\` in Pulumi.yaml says ${account}, and nothing may be deployed elsewhere`,
          remedy: "correct whichever is wrong",
        }),
      ];
    }),
  ];
}

function oneAccountEach(project: SettingsFile, { accounts }: SharedSettings): Problem[] {
  return repeated(Object.entries(accounts)).map(([first, name, account]) =>
    project.problem(["accounts", name], {
      found: `${account} is the account of ${first} too`,
      allowed: "each stack has an account of its own",
      remedy: "give it another account, or remove one of the two",
    }),
  );
}

function oneRegion([first, ...others]: readonly StackFile[]): Problem[] {
  const region = first?.settings["aws:region"];
  return others
    .filter(({ settings }) => settings["aws:region"] !== region)
    .map(({ file, settings }) =>
      file.problem(["aws:region"], {
        found: `found ${settings["aws:region"]}`,
        allowed: `all stacks are in one region, and ${first?.name} is in ${region}`,
        remedy: "move one of them; secrets reach other regions by `replicas`",
      }),
    );
}

function environments(workloads: readonly Workload[], securities: readonly Security[]): Problem[] {
  const named = workloads.map((stack) => [stack, stack.settings["secrets-platform:environment"]] as const);
  const held = securities.flatMap((stack) =>
    stack.settings["secrets-platform:environments"].map((environment, index) => ({
      stack,
      environment,
      index,
    })),
  );
  const holders = new Map(held.map(({ stack, environment }) => [environment, stack]));
  return [
    ...repeated(named).map(([first, { file }, environment]) =>
      file.problem(["secrets-platform:environment"], {
        found: `${environment} is the environment of stack ${first.name} too`,
        allowed: "each workload stack has an environment of its own",
        remedy: "rename one",
      }),
    ),
    ...named
      .filter(([, environment]) => !holders.has(environment))
      .map(([{ file }, environment]) =>
        file.problem(["secrets-platform:environment"], {
          found: `no security stack holds ${environment}`,
          allowed: "each environment's values are in one security stack",
          remedy: "add it to `secrets-platform:environments` of a security stack",
        }),
      ),
    ...held
      .filter(({ environment }) => !named.some(([, name]) => name === environment))
      .map(({ stack, environment, index }) =>
        stack.file.problem(["secrets-platform:environments", index], {
          found: `no stack has the environment ${environment}`,
          allowed: "each environment has a workload stack",
          remedy: `add a stack with \`secrets-platform:environment: ${environment}\`, or remove it here`,
        }),
      ),
    ...securities.flatMap(({ file, settings }) =>
      repeated(settings["secrets-platform:environments"].map((name, index) => [index, name] as const)).map(
        ([first, index, environment]) =>
          file.problem(["secrets-platform:environments", index], {
            found: `${environment} is entry ${first + 1} of the list too`,
            allowed: "each environment is listed once",
            remedy: "remove one of them",
          }),
      ),
    ),
    ...held
      .filter(({ stack, environment }) => holders.get(environment) !== stack)
      .map(({ stack, environment, index }) =>
        stack.file.problem(["secrets-platform:environments", index], {
          found: `stack ${holders.get(environment)?.name} holds ${environment} too`,
          allowed: "each environment's values are in one security stack",
          remedy: "remove it from one of them",
        }),
      ),
  ];
}

function networks(securities: readonly Security[]): Problem[] {
  return securities.flatMap(({ file, settings }) =>
    Object.keys(settings["secrets-platform:rotationNetwork"] ?? {})
      .filter((environment) => !settings["secrets-platform:environments"].includes(environment))
      .map((environment) =>
        file.problem(["secrets-platform:rotationNetwork", environment], {
          found: `this stack does not hold ${environment}`,
          allowed: "a network is given for the environments of the stack",
          remedy: "move it to the stack that does, or remove it",
        }),
      ),
  );
}

function archive(project: SettingsFile, securities: readonly Security[]): Problem[] {
  const holders = securities.filter(({ settings }) => settings["secrets-platform:logArchive"] !== undefined);
  const key: Path = ["secrets-platform:logArchive"];
  if (holders.length === 0 && securities.length > 0) {
    return [
      project.problem([], {
        found: "no security stack has `secrets-platform:logArchive`",
        allowed: "one of them holds the organisation's audit bucket",
        remedy: `add it with \`lockDays\` and \`keepDays\` to Pulumi.${securities[0]?.name}.yaml`,
      }),
    ];
  }
  return [
    ...holders.slice(1).map(({ file }) =>
      file.problem(key, {
        found: `stack ${holders[0]?.name} has one too`,
        allowed: "the organisation has one audit bucket",
        remedy: "remove one",
      }),
    ),
    ...holders.flatMap(({ file, settings }) => {
      const { lockDays = 0, keepDays = 0 } = settings["secrets-platform:logArchive"] ?? {};
      if (keepDays > lockDays) return [];
      return [
        file.problem([...key, "keepDays"], {
          found: `found ${keepDays} days, with a lock of ${lockDays}`,
          allowed: "records are kept longer than they are locked",
          remedy: "keep them longer",
        }),
      ];
    }),
  ];
}

/** The archive holds records of one partition. */
function queriedRegions(securities: readonly Security[]): Problem[] {
  return securities.flatMap(({ file, settings }) => {
    const home = partitionOf(settings["aws:region"]);
    const regions = settings["secrets-platform:logArchive"]?.queries?.regions ?? [];
    return regions.flatMap((region, index) =>
      partitionOf(region) === home
        ? []
        : [
            file.problem(["secrets-platform:logArchive", "queries", "regions", index], {
              found: `found ${region}, which is in the partition ${partitionOf(region)}`,
              allowed: `the stacks are in the partition ${home}, and so are all records`,
              remedy: "remove it",
            }),
          ],
    );
  });
}

function developers(
  project: SettingsFile,
  { principals }: SharedSettings,
  workloads: readonly Workload[],
): Problem[] {
  const known = [...new Set(workloads.map(({ settings }) => settings["secrets-platform:environment"]))];
  return principals.developers.environments.flatMap((environment, index) =>
    known.includes(environment)
      ? []
      : [
          project.problem(["principals", "developers", "environments", index], {
            found: `no stack has the environment ${environment}`,
            allowed: known.length > 0 ? `there are ${known.join(", ")}` : "there is none yet",
            remedy: "correct the name, or remove it",
          }),
        ],
  );
}

/** For every entry whose value stood before: the first with it, this one, the value. */
function repeated<Name>(entries: readonly (readonly [Name, string])[]): [Name, Name, string][] {
  const first = new Map<string, Name>();
  return entries.flatMap(([name, value]): [Name, Name, string][] => {
    const before = first.get(value);
    if (before === undefined) {
      first.set(value, name);
      return [];
    }
    return [[before, name, value]];
  });
}
