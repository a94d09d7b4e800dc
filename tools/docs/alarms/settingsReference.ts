import type { z } from "zod";
import { type Issue, parsed } from "../../../model/yaml/issues";
import { auditingSettings } from "../../../model/organisation/auditingSchema";
import type { AlarmSettings, NoticeSettings } from "../../../model/organisation/types";
import { trailLogGroupName } from "../../../model/plan/names";
import { defaultAlarms } from "../../../model/detection/settings";

/** A setting as the reference shows it. */
export interface SettingLine {
  readonly name: string;
  /** Type and limits, in the words of the error about it. */
  readonly takes: string;
  readonly standard: string;
  readonly meaning: string;
}

const alarmMeanings: Readonly<Record<keyof Required<AlarmSettings>, string>> = {
  namePrefix: "What the names of alarms, filters and rules begin with",
  expectedAddresses: "Addresses that consumers read from beside the network's own endpoints",
  expectedRoles:
    "Roles beside the platform's own that may read values in this account; those of single sign-on [by their permission set](operations.md#roles-of-single-sign-on)",
  outsideNetwork: "Consumers' roles that run outside the network, and so read from any address",
  readsInFiveMinutes:
    "Calls of consumers that read values, within five minutes, that set off `reads-over-limit`",
  readsBand: "Standard deviations above the usual number of reads that set off `reads-unusual`",
  deniedReads: "Refused reads within five minutes that set off `denied-reads`",
  unauthorisedCalls: "Refused calls of any kind within five minutes that set off `unauthorised-calls`",
  failedSignIns: "Failed sign-ins to the console within five minutes that set off `failed-sign-ins`",
  deployerChanges:
    "`report`: what the deployer's role changes is told too; the CIS alarms tell it in any case",
};

const noticeMeanings: Readonly<Record<keyof Required<NoticeSettings>, string>> = {
  email: "Addresses that get everything",
  owners: "Owners of services, who get what the daily watch says of their own values",
  https: "HTTPS endpoints that get everything",
  slack: "Slack channels that get everything",
  teams: "Microsoft Teams channels that get everything",
};

export function trailSettings(): readonly SettingLine[] {
  const trail = "secrets-platform:trail";
  const logGroup = "secrets-platform:trailLogGroup";
  return [
    {
      name: trail,
      takes: takes(auditingSettings[trail]),
      standard: "`create`",
      meaning: "`create`: the platform makes a trail of its own; `existing`: there is one already",
    },
    {
      name: logGroup,
      takes: `${takes(auditingSettings[logGroup])}; with \`existing\` only, and needed there`,
      standard: `\`${trailLogGroupName}\``,
      meaning: "Log group that the trail writes to, and that the alarms look at",
    },
  ];
}

export function analyzerSettings(): readonly SettingLine[] {
  const name = "secrets-platform:accessAnalyzer";
  return [
    {
      name,
      takes: takes(auditingSettings[name]),
      standard: "`create`",
      meaning:
        "`create`: the platform looks for access from outside; `existing`: something else does already",
    },
  ];
}

export function alarmSettingLines(): readonly SettingLine[] {
  const { shape } = auditingSettings["secrets-platform:alarms"].unwrap();
  return (Object.keys(shape) as (keyof typeof shape)[]).map((name) => ({
    name,
    takes: takes(shape[name]),
    standard: standardOf(defaultAlarms[name]),
    meaning: alarmMeanings[name],
  }));
}

export function noticeSettingLines(): readonly SettingLine[] {
  const { shape } = auditingSettings["secrets-platform:notices"].unwrap();
  return (Object.keys(shape) as (keyof typeof shape)[]).map((name) => ({
    name,
    takes: takes(shape[name]),
    standard: "none",
    meaning: noticeMeanings[name],
  }));
}

function standardOf(value: unknown): string {
  return Array.isArray(value) && value.length === 0 ? "none" : `\`${String(value)}\``;
}

/** What a user is told who writes something else there; of a list also what its entries are. */
function takes(schema: z.ZodType): string {
  const own = refusal(schema, null);
  if (!own.startsWith("a list ")) return own;
  const entry = refusal(schema, [null]);
  const keys = refusals(schema, [{}]);
  return `${own}; each ${keys.length > 1 ? `a map of ${keys.join(", ")}` : entry}`;
}

function refusal(schema: z.ZodType, value: unknown): string {
  const [issue] = issuesOf(schema, value);
  return withoutMust(issue?.expectation.allowed ?? "");
}

/** By the keys of a map in a list. */
function refusals(schema: z.ZodType, value: unknown): readonly string[] {
  return issuesOf(schema, value)
    .filter(({ path }) => path.length === 2)
    .map(({ path, expectation }) => `\`${String(path[1])}\` (${withoutMust(expectation.allowed)})`);
}

function issuesOf(schema: z.ZodType, value: unknown): readonly Issue[] {
  const result = parsed(schema, value);
  return "value" in result ? [] : result.issues;
}

function withoutMust(allowed: string): string {
  return allowed.replace(/^must be /, "").replace(/^one of /, "");
}
