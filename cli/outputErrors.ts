import { exitCodes } from "./exitCodes";

/** Errors of a stream whose other end has gone: the reader of a pipe, the terminal. */
const gone: readonly (string | undefined)[] = ["EPIPE", "EIO", "ECONNRESET"];

/**
 * Nothing is said where the reader of the output has read enough (`platform status | head`) or the terminal is closed: the
 * command goes on, and its exit code stays what it did. Output that cannot be kept, on a full disk say, is an error.
 */
export function keepOutputErrorsReadable(): void {
  process.stderr.on("error", () => {});
  process.stdout.on("error", ({ code = "no reason given" }: NodeJS.ErrnoException) => {
    if (gone.includes(code)) return;
    process.stderr.write(
      `error: the output could not be written (${code}); what the command did stays done\n`,
    );
    process.exit(exitCodes.findings);
  });
}
