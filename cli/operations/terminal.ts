import { OperationError } from "./operationError";
import type { ChangeFlags } from "./options";
import { UsageError } from "../usageError";

/** Whether somebody is there to answer. Questions go to the error stream, so that the output stays clean. */
export function isInteractive(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/**
 * Shows what is about to be done and asks whether to do it; not with `--yes`.
 * @param lines what the change does and what it cannot undo
 * @throws UsageError where nobody can answer and the change takes something away that may be needed
 * @throws OperationError when the answer is no
 */
export async function confirmChange(
  question: string,
  lines: readonly string[],
  { yes, destructive }: Pick<ChangeFlags, "yes"> & { readonly destructive: boolean },
): Promise<void> {
  if (yes === true) return;
  if (!isInteractive()) {
    if (!destructive) return;
    throw new UsageError(
      `${lines.join("\n")}\nNobody is at a terminal to confirm this: add --yes to do it, or --dry-run to see what it would do.`,
    );
  }
  process.stderr.write(`${lines.join("\n")}\n`);
  const { confirm, isCancel } = await import("@clack/prompts");
  const answer = await confirm({
    message: question,
    initialValue: false,
    output: process.stderr,
    withGuide: false,
  });
  if (isCancel(answer) || !answer) throw new OperationError("not confirmed; nothing was changed");
}

/** Asks for a line of text, with an answer to start from. */
export async function askText(message: string, initialValue: string): Promise<string> {
  const { text, isCancel } = await import("@clack/prompts");
  const answer = await text({ message, initialValue, output: process.stderr, withGuide: false });
  if (isCancel(answer)) throw new OperationError("not answered; nothing was changed");
  return answer;
}
