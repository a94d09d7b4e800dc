/** A suite that this machine cannot run. */
export interface LeftOut {
  readonly tests: string;
  /** What is missing, and how to get it. */
  readonly reason: string;
}

const all: LeftOut[] = [];

export function leaveOut(one: LeftOut): void {
  all.push(one);
}

/** What was left out in this process so far, for the end of a report; it is then forgotten. */
export function takeLeftOut(): readonly LeftOut[] {
  return all.splice(0);
}

/** Empty where nothing was left out. */
export function tellLeftOut(suites: readonly LeftOut[]): string {
  if (suites.length === 0) return "";
  const lines = suites.map(({ tests, reason }) => `  ${tests}\n    ${reason}`);
  return `Left out on this machine:\n${lines.join("\n")}\n\n`;
}
