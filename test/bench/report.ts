import type { Ratio } from "./ratio";

/** Prints one line; false when the median is over what is allowed. */
export function report(what: string, { median, lowest, highest, seconds }: Ratio, allowed: number): boolean {
  const kept = median <= allowed;
  const [a, b] = seconds.map((value) => `${value.toFixed(2)} s`);
  process.stdout.write(
    `${what}: ${median.toFixed(2)} (${lowest.toFixed(2)} to ${highest.toFixed(2)}; ${a} / ${b}), allowed ${allowed}: ${kept ? "kept" : "NOT KEPT"}\n`,
  );
  return kept;
}
