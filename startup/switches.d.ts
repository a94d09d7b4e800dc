/** What can be switched off, each by an environment variable (README.md). */
export const switches: readonly string[];

/** Whether a variable of that list is set; empty and `0` count as not set. */
export function isOff(name: string): boolean;
