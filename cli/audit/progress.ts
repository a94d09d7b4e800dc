import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { OperationError } from "../operations/operationError";

const time = z.iso.datetime().transform((text) => new Date(text));

const schema = z.strictObject({
  account: z.string(),
  since: time,
  until: time,
  lookup: z.int().min(0).max(5),
  stoppedAt: time.optional(),
  ids: z.array(z.string()),
});

/** How far a walk through LookupEvents came. */
export interface Progress {
  /** 12 digits. */
  readonly account: string;
  readonly since: Date;
  readonly until: Date;
  /** Number of the lookup it is in. */
  readonly lookup: number;
  /** Time of the last event taken; absent: none of this lookup. */
  readonly stoppedAt?: Date;
  /** Events of that second that were taken. */
  readonly ids: readonly string[];
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
