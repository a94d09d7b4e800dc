/** `2026-03-03 09:00` of a time of ISO 8601 in UTC. */
export function minute(time: string): string {
  return time.slice(0, 16).replace("T", " ");
}
