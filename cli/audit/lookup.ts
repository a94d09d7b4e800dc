import { setTimeout as sleep } from "node:timers/promises";
import { CloudTrailClient, LookupEventsCommand, type LookupAttributeKey } from "@aws-sdk/client-cloudtrail";
import type { Auditor } from "../../model/audit/auditor";
import { isAudited } from "../../model/audit/trailRecord";
import { platformRoleArn } from "../../model/documents/people";
import type { Plan } from "../../model/plan/types";
import { awsFailure } from "../operations/awsFailure";
import { openSession, stacksOf } from "../operations/session";
import type { Gathered } from "./audit";
import type { AuditFlags } from "./options";
import { type Progress, readProgress, writeProgress } from "./progress";

/** CloudTrail keeps events that long for LookupEvents. */
const keptDays = 90;

/** LookupEvents takes two calls a second in an account and region. */
const betweenCallsMs = 500;

/** One attribute a call; the other events of the services are left where they are. */
export const lookups: readonly (readonly [LookupAttributeKey, string])[] = [
  ["EventSource", "secretsmanager.amazonaws.com"],
  ["EventName", "GetParameter"],
  ["EventName", "GetParameters"],
  ["EventName", "GetParametersByPath"],
  ["EventName", "GetParameterHistory"],
  ["EventName", "Decrypt"],
];

export interface LookedUp {
  readonly id: string;
  readonly time: Date;
  /** The record as JSON. */
  readonly record: string;
}

/** One page of one lookup, newest first. */
export type LookupPage = (
  lookup: number,
  range: { readonly since: Date; readonly until: Date },
  token: string | undefined,
) => Promise<{ readonly events: readonly LookedUp[]; readonly token?: string | undefined }>;

/**
 * Asks CloudTrail's LookupEvents in the account whose credentials are there: management events of its own region, of
 * the last 90 days.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 * @throws OperationError
 */
export async function lookUp(
  plan: Plan,
  flags: AuditFlags,
  taking: Auditor,
  show: (step: string) => void,
): Promise<Gathered> {
  const session = await openSession(plan);
  const client = new CloudTrailClient({ region: session.region, retryMode: "adaptive", maxAttempts: 12 });
  const now = Date.now();
  const start: Progress = {
    account: session.account,
    since: flags.since ?? new Date(now - keptDays * 24 * 60 * 60 * 1000),
    until: flags.until ?? new Date(now),
    lookup: 0,
    ids: [],
  };
  const before = flags.resume === undefined ? undefined : readProgress(flags.resume, session.account);
  const page: LookupPage = async (lookup, { since, until }, token) => {
    const [AttributeKey, AttributeValue] = lookups[lookup]!;
    show(`asking account ${session.account} for ${AttributeValue}`);
    try {
      const answer = await client.send(
        new LookupEventsCommand({
          LookupAttributes: [{ AttributeKey, AttributeValue }],
          StartTime: since,
          EndTime: until,
          MaxResults: 50,
          NextToken: token,
        }),
      );
      await sleep(betweenCallsMs);
      const events = (answer.Events ?? []).map(({ EventId = "", EventTime, CloudTrailEvent = "" }) => {
        return { id: EventId, time: EventTime ?? until, record: CloudTrailEvent };
      });
      return { events, token: answer.NextToken };
    } catch (error) {
      const advice = {
        as: session.as,
        role: platformRoleArn(plan.organisation, session.account, "auditors"),
        stack: stacksOf(plan, session.account)[0] ?? "security",
      };
      throw awsFailure({ action: "cloudtrail:LookupEvents", target: "*" }, advice, error);
    }
  };
  const stopped = await walk(before ?? start, page, flags.limit, taking);
  if (flags.resume !== undefined) writeProgress(flags.resume, stopped);
  return { covered: stopped === undefined && before === undefined, notes: notesOf(stopped, before, flags) };
}

/**
 * Takes up to `limit` events, going on from where an earlier walk stopped.
 * @returns where it stopped; undefined when everything was taken
 */
export async function walk(
  start: Progress,
  page: LookupPage,
  limit: number,
  taking: Pick<Auditor, "add">,
): Promise<Progress | undefined> {
  const { account, since, until } = start;
  let taken = 0;
  for (let lookup = start.lookup; lookup < lookups.length; lookup++) {
    // The end is part of the range, so the second in which it stopped comes again; what was taken of it is known by id.
    const resumed = lookup === start.lookup && start.stoppedAt !== undefined;
    let stoppedAt = resumed ? start.stoppedAt : undefined;
    let ids = new Set(resumed ? start.ids : []);
    const end = stoppedAt ?? until;
    let token: string | undefined;
    do {
      const answer = await page(lookup, { since, until: end }, token);
      for (const event of answer.events) {
        if (ids.has(event.id)) continue;
        if (taken === limit) {
          return { account, since, until, lookup, ids: [...ids], ...(stoppedAt && { stoppedAt }) };
        }
        if (event.time.getTime() !== stoppedAt?.getTime()) ids = new Set();
        stoppedAt = event.time;
        ids.add(event.id);
        taken++;
        const record: unknown = JSON.parse(event.record);
        if (isAudited(record)) taking.add(record);
      }
      token = answer.token;
    } while (token !== undefined);
  }
  return undefined;
}

function notesOf(
  stopped: Progress | undefined,
  before: Progress | undefined,
  { limit, resume }: AuditFlags,
): readonly string[] {
  return [
    ...(before === undefined ? [] : ["this goes on where the last audit stopped, and holds the rest alone"]),
    ...(stopped === undefined
      ? []
      : [
          `stopped after ${limit} records (--limit), in the events of ${lookups[stopped.lookup]![1]}` +
            `${stopped.stoppedAt === undefined ? "" : ` before ${stopped.stoppedAt.toISOString()}`}; ` +
            (resume === undefined
              ? "take more with --limit, or part by part with --resume FILE"
              : `go on with --resume ${resume}`),
        ]),
  ];
}
