/** Writes one line; standard output of a Lambda function is its log, a line an event. */
export type WriteLine = (line: string) => void;

/** Past `console.log`, which puts time and request id before the line, so that it would no longer be JSON. */
export const writeToStandardOutput: WriteLine = (line) => {
  process.stdout.write(`${line}\n`);
};

export type LogFields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface Log {
  info(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** JSON lines of level, time, message and fields; `common` stands in each of them. */
export function jsonLog(write: WriteLine, common: LogFields): Log {
  const line = (level: string) => (message: string, fields?: LogFields) =>
    write(JSON.stringify({ level, timestamp: new Date().toISOString(), message, ...common, ...fields }));
  return { info: line("INFO"), error: line("ERROR") };
}
