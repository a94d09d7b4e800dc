import { setTimeout as sleep } from "node:timers/promises";
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from "@aws-sdk/client-athena";
import { eventHistoryDays } from "../../model/aws/eventHistory";
import { dayMilliseconds } from "../../model/aws/days";
import type { Auditor } from "../../model/audit/auditor";
import { recordTime } from "../../model/audit/trailRecord";
import { archiveQuery } from "../../model/archive/query";
import { recordOfRow } from "../../model/archive/row";
import { archiveScope, queriedArchive } from "../../model/archive/table";
import { archiveQueryNames } from "../../model/plan/names";
import type { Plan } from "../../model/plan/types";
import { interruptible } from "../interrupt";
import { OperationError } from "../operations/operationError";
import type { AuditorSession } from "./auditorSession";
import type { AuditFlags } from "./options";
import type { ArchiveProgress, Position } from "./progress";
import { minute } from "./minute";
import { goOn, type Walk, type Walked } from "./walk";

/** Records taken at most where nothing else is asked: some minutes' worth. */
const defaultRecords = 1_000_000;

/** Rows of a page; AWS gives no more. */
const pageRows = 1000;

/** Between two questions whether a query is done: at first, and later. */
const pollMs = { first: 250, longest: 2000 };

/**
 * Asks Athena for what the archive of trails tells of values, of all accounts whose trails write there.
 * https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html
 * @throws OperationError
 */
export async function queryArchive(
  plan: Plan,
  { flags, session, before, taking, show, keep }: Walk<ArchiveProgress>,
): Promise<Walked> {
  const athena = new AthenaClient(session.client);
  const start = before ?? (await begin(athena, flags, session));
  const { query } = start;
  // The query is paid for; whatever fails from here on, the same command takes what it finds.
  keep(start);
  show("Athena reads the archive");
  const scanned = await finish(athena, query, session);
  let taken = 0;
  const page: ResultPage = async (token) => {
    show(`taking what Athena found: ${taken.toLocaleString("en")} records`);
    const answer = await session
      .call({ action: "athena:GetQueryResults", target: `query ${query}` }, () =>
        athena.send(
          new GetQueryResultsCommand({ QueryExecutionId: query, MaxResults: pageRows, NextToken: token }),
        ),
      )
      .catch((error: unknown) => {
        throw before === undefined ? error : goneOr(error, flags);
      });
    const rows = (answer.ResultSet?.Rows ?? []).map(({ Data = [] }) => Data.map((one) => one.VarCharValue));
    taken += rows.length;
    return { rows, token: answer.NextToken };
  };
  const { limit = defaultRecords } = flags;
  const position = await walkResults(start, page, limit, taking);
  const { source, account, since, until } = start;
  return {
    stopped: position && { source, account, since, until, query, ...position },
    notes: [
      `from the archive, of ${minute(recordTime(since))} to ${minute(recordTime(until))} UTC; Athena read ${inBytes(scanned)}`,
      ...unseen(plan),
      ...(position === undefined ? [] : [`stopped after ${limit} records (--limit); ${goOn(flags)}`]),
    ],
  };
}

/** What a query found is kept for a day; a query itself for 45. */
function goneOr(error: unknown, { resume }: AuditFlags): unknown {
  if (!(error instanceof OperationError) || error.code !== "InvalidRequestException") return error;
  return new OperationError(
    `what the query of ${resume} found is not there any more: it is kept for a day (${error.message}); ` +
      "remove that file and start again",
    error.code,
  );
}

async function begin(
  athena: AthenaClient,
  { since, until = new Date(), unusedDays }: AuditFlags,
  session: AuditorSession,
): Promise<ArchiveProgress> {
  const from = since ?? new Date(until.getTime() - Math.max(eventHistoryDays, unusedDays) * dayMilliseconds);
  const { database, workgroup } = archiveQueryNames;
  const { QueryExecutionId = "" } = await session.call(
    { action: "athena:StartQueryExecution", target: `workgroup ${workgroup}` },
    () =>
      athena.send(
        new StartQueryExecutionCommand({
          QueryString: archiveQuery({ since: from, until }),
          QueryExecutionContext: { Database: database },
          WorkGroup: workgroup,
        }),
      ),
  );
  return {
    source: "archive",
    account: session.account,
    since: from,
    until,
    query: QueryExecutionId,
    taken: 0,
  };
}

/**
 * Waits for the end of a query. Ctrl-C ends it.
 * @returns bytes it read
 * @throws OperationError for one that failed or was ended
 */
async function finish(athena: AthenaClient, query: string, session: AuditorSession): Promise<number> {
  const target = `query ${query}`;
  return interruptible(async (interrupted) => {
    for (let pause = pollMs.first; ; pause = Math.min(pause * 2, pollMs.longest)) {
      const { QueryExecution: execution } = await session.call(
        { action: "athena:GetQueryExecution", target },
        () => athena.send(new GetQueryExecutionCommand({ QueryExecutionId: query })),
      );
      const state = execution?.Status?.State;
      if (state === "SUCCEEDED") return execution?.Statistics?.DataScannedInBytes ?? 0;
      if (state === "FAILED" || state === "CANCELLED") throw failureOf(execution);
      await sleep(pause, undefined, { signal: interrupted }).catch(() => {});
      if (!interrupted.aborted) continue;
      await session.call({ action: "athena:StopQueryExecution", target }, () =>
        athena.send(new StopQueryExecutionCommand({ QueryExecutionId: query })),
      );
      throw new OperationError("stopped; Athena was told to end the query as well");
    }
  });
}

function failureOf(execution: QueryExecution | undefined): OperationError {
  const { State: state = "", StateChangeReason: reason = "" } = execution?.Status ?? {};
  const said = reason === "" ? state : `${state}: ${reason.trim().replace(/[.\s]+$/, "")}`;
  const remedy = /bytes scanned/i.test(reason)
    ? "take a shorter time with --since and --until, or raise `scanLimitGigabytes` under `secrets-platform:logArchive`"
    : "where the table or its columns are older than the program, or were changed: pulumi up --refresh --policy-pack policies with the security stack; otherwise repeat the command";
  return new OperationError(`Athena did not finish the query (${said}); ${remedy}`);
}

/** One page of what a query found; the first begins with a line of headings. */
export type ResultPage = (token: string | undefined) => Promise<{
  readonly rows: readonly (readonly (string | undefined)[])[];
  readonly token?: string | undefined;
}>;

/**
 * Takes up to `limit` records, going on from where an earlier walk stopped.
 * @returns where it stopped; undefined when everything was taken
 */
export async function walkResults(
  start: Position,
  page: ResultPage,
  limit: number,
  { add }: Pick<Auditor, "add">,
): Promise<Position | undefined> {
  let records = 0;
  let { token, taken } = start;
  for (;;) {
    const answer = await page(token);
    for (const row of answer.rows.slice(taken)) {
      const record = recordOfRow(row);
      if (record !== undefined) {
        if (records === limit) return { ...(token !== undefined && { token }), taken };
        add(record);
        records++;
      }
      taken++;
    }
    if (answer.token === undefined) return undefined;
    token = answer.token;
    taken = 0;
  }
}

/** What a query does not see: other regions, and accounts whose records are not in the archive. */
function unseen(plan: Plan): readonly string[] {
  const { organisation } = plan;
  const archive = queriedArchive(organisation);
  const regions = archive === undefined ? [] : archiveScope(plan, archive).regions;
  const others = organisation.stacks.filter(({ trail }) => trail?.mode === "existing");
  const accounts = [...new Set(others.map(({ account }) => account))].join(", ");
  return [
    `records of other regions than ${regions.join(", ")} are left out (\`regions\` under \`queries\` adds some)`,
    ...(others.length === 0 ? [] : [`trails of ${accounts} are not this platform's and write elsewhere`]),
  ];
}

/** `1.2 GB`, powers of ten, as Athena is paid for. */
function inBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  return `${Number((bytes / 1000 ** power).toPrecision(3))} ${units[power]}`;
}
