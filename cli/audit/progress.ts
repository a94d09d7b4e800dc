import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { OperationError } from "../operations/operationError";

const time = z.iso.datetime().transform((text) => new Date(text));
const common = { account: z.string(), since: time, until: time };

const schema = z.union([
  z.strictObject({
    source: z.literal("lookup"),
    ...common,
    lookup: z.int().min(0).max(5),
    stoppedAt: time.optional(),
    ids: z.array(z.string()),
  }),
  z.strictObject({
    source: z.literal("archive"),
    ...common,
    query: z.string().min(1),
    token: z.string().optional(),
    taken: z.int().min(0),
  }),
]);

/** How far an audit of an account came. */
export type Progress = LookupProgress | ArchiveProgress;

interface Audited {
  /** 12 digits. */
  readonly account: string;
  readonly since: Date;
  readonly until: Date;
}

/** How far a walk through LookupEvents came. */
export interface LookupProgress extends Audited {
  readonly source: "lookup";
  /** Number of the lookup it is in. */
  readonly lookup: number;
  /** Time of the last event taken; absent: none of this lookup. */
  readonly stoppedAt?: Date;
  /** Events of that second that were taken. */
  readonly ids: readonly string[];
}

/** How far a walk through what a query found came. */
export interface ArchiveProgress extends Audited, Position {
  readonly source: "archive";
  /** Athena's identifier of the query; what it found is kept for a day. */
  readonly query: string;
}

export interface Position {
  /** Of the page it is in; absent: the first. */
  readonly token?: string;
  /** Rows of that page that were taken. */
  readonly taken: number;
}

/**
 * Undefined where there is no such file yet.
 * @throws OperationError for another file, and one of another account
 */
export function readProgress(file: string, account: string): Progress | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new OperationError(`${file} cannot be read: ${(error as Error).message}`);
  }
  const { data } = schema.safeParse(json(text));
  if (data === undefined) {
    throw new OperationError(`${file} does not say where an audit stopped; name another file, or remove it`);
  }
  if (data.account !== account) {
    throw new OperationError(
      `${file} is of an audit of account ${data.account}, and these credentials are of ${account}; name another file`,
    );
  }
  if (data.source === "archive") {
    const { token, ...progress } = data;
    return { ...progress, ...(token !== undefined && { token }) };
  }
  const { stoppedAt, ...progress } = data;
  return { ...progress, ...(stoppedAt && { stoppedAt }) };
}

/** Nothing is left to go on with once everything was taken. */
export function writeProgress(file: string, progress: Progress | undefined): void {
  try {
    if (progress === undefined) rmSync(file, { force: true });
    else writeFileSync(file, `${JSON.stringify(progress, undefined, 2)}\n`);
  } catch (error) {
    throw new OperationError(`${file} cannot be written: ${(error as Error).message}`);
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
