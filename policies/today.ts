/** The date in UTC, as in `2026-11-30`. */
export function today(): string {
  return new Date().toISOString().slice(0, "2026-11-30".length);
}
