/** Whether a report is shown in colour: on a terminal, unless NO_COLOR asks otherwise (https://no-color.org). */
export function isColoured(): boolean {
  // Undefined for a pipe, whatever its type says; picocolors would then decide by itself, and colours in CI.
  return process.stdout.isTTY === true && process.env["NO_COLOR"] === undefined;
}
