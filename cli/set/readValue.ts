import { OperationError } from "../operations/operationError";
import { askHidden } from "../operations/hiddenPrompt";
import { isInteractive } from "../operations/terminal";
import { UsageError } from "../usageError";

/**
 * The value from a hidden prompt, or, where standard input is no terminal, from there: without the line end that `echo`
 * and editors put behind it, and without a byte order mark.
 */
export async function readValue(asked: string): Promise<string> {
  if (!process.stdin.isTTY) return readStandardInput();
  if (isInteractive()) return askHidden(`${asked.charAt(0).toUpperCase()}${asked.slice(1)}`);
  throw new UsageError(
    "there is a terminal to read from and none to ask on: give the value by standard input (npx platform set ITEM < FILE), " +
      "or do not redirect the error stream",
  );
}

/** Bytes; far more than AWS stores, so that what is too long can be told from an endless stream. */
const mostRead = 1_048_576;

export async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of process.stdin) {
      chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      if (bytes > mostRead)
        throw new OperationError("standard input has more than 1 MiB; nothing was written");
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof OperationError || code === undefined) throw error;
    throw new OperationError(`standard input cannot be read (${code}); nothing was written`);
  }
  return decoded(Buffer.concat(chunks)).replace(/\r?\n$/, "");
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new OperationError(
      "standard input is not text in UTF-8; nothing was written; encode binary values first, with base64 say",
    );
  }
}
