import { ask } from "./ask";
import { OperationError } from "./operationError";
import type { ChangeFlags } from "./options";
import { UsageError } from "../usageError";

/** Whether somebody is there to answer. */
export function isInteractive(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/**
 * Shows what is about to be done and asks whether to do it; not with `--yes`.
 * @param lines what the change does and what it cannot undo
 * @throws UsageError where nobody can answer and the change takes something away that may be needed
 * @throws OperationError when the answer is no, or the question is broken off
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
  const { confirm } = await import("@clack/prompts");
  const agreed = await ask((asking) => confirm({ ...asking, message: question, initialValue: false }));
  if (!agreed) throw new OperationError("not confirmed; nothing was changed");
}

/** Asks for a line of text, with an answer to start from. */
export async function askText(message: string, initialValue: string): Promise<string> {
  const { text } = await import("@clack/prompts");
  return ask((asking) => text({ ...asking, message, initialValue }));
}
