import { alarmSettings } from "../../detection/settings";
import { defaultTlsMode, tlsModes } from "../../functions/rotation";
import { stackSetRoles } from "../../organisation/foundation";
import type { Organisation, SecurityStack, Stack, WorkloadStack } from "../../organisation/types";
import type { Plan } from "../../plan/types";
import type { Thing, Wider } from "../types";
import { settingFacts } from "./settingFacts";

/** What Pulumi.yaml and the stacks' files say: people, accounts, and what is watched less or let out. */
export function settingsOf({ organisation }: Plan): readonly Thing[] {
  return [organisationOf(organisation), ...organisation.stacks.map(accountOf)];
}

function organisationOf({ id, region, partition, principals }: Organisation): Thing {
  return {
    kind: "organisation",
    stack: "all",
    about: "organisation",
    name: "settings",
    words: "settings",
    subject: "",
    facts: settingFacts(
      {
        ...{ organizationId: id, region, partition },
        // What goes without saying, so that saying it changes nothing.
        principals: { ...principals, foundation: principals.foundation ?? [stackSetRoles] },
      },
      peopleDirections,
    ),
  };
}

const peopleDirections: readonly (readonly [RegExp, Wider])[] = [
  [/^(?:organizationId|partition|principals\.deployer)$/, "any"],
  [/^principals\.breakGlass\.mfa$/, ["iam", "identity-provider"]],
  [/^principals\./, "more"],
];

function accountOf(stack: Stack): Thing {
  return {
    kind: "account",
    stack: stack.name,
    about: stack.name,
    name: "account",
    words: `account ${stack.account}, a ${stack.kind} account`,
    subject: "",
    wider: "added",
    facts: settingFacts(
      stack.kind === "security" ? securitySettings(stack) : workloadSettings(stack),
      accountDirections,
    ),
  };
}

const accountDirections: readonly (readonly [RegExp, Wider])[] = [
  [/^(?:account|kind|environment)$/, "any"],
  [/^environments$/, "more"],
  [/^production$/, ["true", "false"]],
  [/^trail\.mode$/, ["create", "existing"]],
  [/^trail\.logGroup$/, "any"],
  [/^accessAnalyzer$/, ["create", "existing"]],
  [/^alarms\.deployerChanges$/, ["report", "ignore"]],
  [/^alarms\.(?!namePrefix$)/, "more"],
  [/^notices\./, "lost"],
  [/^boundary$/, "more"],
  [/^network\.way out$/, ["false", "true"]],
  [/^network\.flowLogs\.days$/, "fewer"],
  [/^network\.flowLogs\.traffic$/, ["all", "rejected"]],
  [/^rotationNetwork\.[^.]+\.tls$/, tlsModes],
  [/^rotationNetwork\.[^.]+\.(?:subnetIds|securityGroupIds)$/, "more"],
  [/^logArchive\.kept$/, ["true", "false"]],
  [/^logArchive\.(?:lockDays|keepDays)$/, "fewer"],
  [/^logArchive\.queries\.(?:possible)$/, ["false", "true"]],
  [/^logArchive\.queries\./, "more"],
];

/** With what goes without saying, so that saying it changes nothing. */
function ofEveryAccount(stack: Stack) {
  const { kind, account, trail, accessAnalyzer, alarms, notices, concurrency } = stack;
  return {
    kind,
    account,
    trail: trail ?? { mode: "create" },
    accessAnalyzer: accessAnalyzer ?? "create",
    alarms: alarmSettings(alarms),
    notices,
    concurrency,
  };
}

function securitySettings(stack: SecurityStack): object {
  const { environments, rotationNetwork, logArchive } = stack;
  const networks = Object.entries(rotationNetwork).map(([name, network]) => [
    name,
    { ...network, tls: network.tls ?? defaultTlsMode },
  ]);
  return {
    ...ofEveryAccount(stack),
    environments,
    rotationNetwork: Object.fromEntries(networks) as object,
    logArchive: {
      kept: logArchive !== undefined,
      ...logArchive,
      queries: { possible: logArchive?.queries !== undefined, ...logArchive?.queries },
    },
  };
}

function workloadSettings(stack: WorkloadStack): object {
  const { environment, production, network, boundary } = stack;
  return {
    ...ofEveryAccount(stack),
    environment,
    production,
    network: {
      ...network,
      "way out": network.nat !== "none",
      flowLogs: { days: network.flowLogs?.days ?? 365, traffic: network.flowLogs?.traffic ?? "all" },
    },
    boundary: boundary.flatMap(({ actions, resources }) =>
      actions.flatMap((action) => resources.map((resource) => `${action} on ${resource}`)),
    ),
  };
}
