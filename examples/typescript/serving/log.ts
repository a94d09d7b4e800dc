/** One line of JSON. Never given a value. */
export function log(level: "info" | "error", message: string, details: object = {}): void {
  process.stdout.write(`${JSON.stringify({ level, message, ...details })}\n`);
}
