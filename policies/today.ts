const dayMilliseconds = 86_400_000;
let day = 0;
let text = "";

/** The date in UTC, as in `2026-11-30`. */
export function today(): string {
  const now = Math.floor(Date.now() / dayMilliseconds);
  if (now !== day) {
    day = now;
    text = new Date(now * dayMilliseconds).toISOString().slice(0, "2026-11-30".length);
  }
  return text;
}
