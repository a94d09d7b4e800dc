import { createSpinner } from "nanospinner";

export interface ProgressLine {
  readonly show: (step: string) => void;
  readonly clear: () => void;
}

/** A line on the terminal that says what is being done; nothing where nobody is watching. */
export function progressLine(): ProgressLine {
  if (!process.stderr.isTTY || process.env["CI"] === "true") return { show: () => {}, clear: () => {} };
  const spinner = createSpinner("", { stream: process.stderr }).start();
  return { show: (step) => void spinner.update({ text: step }), clear: () => void spinner.clear().stop() };
}
