import { setTimeout as sleep } from "node:timers/promises";
import { CloudTrailClient, LookupEventsCommand, type LookupAttributeKey } from "@aws-sdk/client-cloudtrail";
import { eventHistoryDays } from "../../model/aws/eventHistory";
import { dayMilliseconds } from "../../model/aws/days";
import type { Auditor } from "../../model/audit/auditor";
import { isAudited } from "../../model/audit/trailRecord";
import type { AuditFlags } from "./options";
import type { LookupProgress } from "./progress";
import { goOn, type Walk, type Walked } from "./walk";

/** Events taken at most where nothing else is asked: some two minutes' worth. */
const defaultLookups = 10_000;

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
 * the days it keeps.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 * @throws OperationError
 */
export async function lookUp({
  flags,
  session,
  before,
  taking,
  show,
}: Walk<LookupProgress>): Promise<Walked> {
  const client = new CloudTrailClient(session.client);
  const now = Date.now();
  const start: LookupProgress = before ?? {
    source: "lookup",
    account: session.account,
    since: flags.since ?? new Date(now - eventHistoryDays * dayMilliseconds),
    until: flags.until ?? new Date(now),
    lookup: 0,
    ids: [],
  };
  let last = 0;
  const page: LookupPage = async (lookup, { since, until }, token) => {
    const [AttributeKey, AttributeValue] = lookups[lookup]!;
    show(`asking account ${session.account} for ${AttributeValue}`);
    await sleep(Math.max(0, last + betweenCallsMs - Date.now()));
    last = Date.now();
    const answer = await session.call({ action: "cloudtrail:LookupEvents", target: "*" }, () =>
      client.send(
        new LookupEventsCommand({
          LookupAttributes: [{ AttributeKey, AttributeValue }],
          StartTime: since,
          EndTime: until,
          MaxResults: 50,
          NextToken: token,
        }),
      ),
    );
    const events = (answer.Events ?? []).map(({ EventId = "", EventTime, CloudTrailEvent = "" }) => {
      return { id: EventId, time: EventTime ?? until, record: CloudTrailEvent };
    });
    return { events, token: answer.NextToken };
  };
  const { limit = defaultLookups } = flags;
  const stopped = await walk(start, page, limit, taking);
  return { stopped, notes: stopped === undefined ? [] : [stopNote(stopped, limit, flags)] };
}

/**
 * Takes up to `limit` events, going on from where an earlier walk stopped.
 * @returns where it stopped; undefined when everything was taken
 */
export async function walk(
  start: LookupProgress,
  page: LookupPage,
  limit: number,
  taking: Pick<Auditor, "add">,
): Promise<LookupProgress | undefined> {
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
          const source = "lookup" as const;
          return { source, account, since, until, lookup, ids: [...ids], ...(stoppedAt && { stoppedAt }) };
        }
        if (event.time.getTime() !== stoppedAt?.getTime()) ids = new Set();
        stoppedAt = event.time;
        ids.add(event.id);
        taken++;
        const record = parsed(event.record);
        if (isAudited(record)) taking.add(record);
      }
      token = answer.token;
    } while (token !== undefined);
  }
  return undefined;
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function stopNote({ lookup, stoppedAt }: LookupProgress, limit: number, flags: AuditFlags): string {
  const before = stoppedAt === undefined ? "" : ` before ${stoppedAt.toISOString()}`;
  return `stopped after ${limit} records (--limit), in the events of ${lookups[lookup]![1]}${before}; ${goOn(flags)}`;
}
