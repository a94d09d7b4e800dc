/** What was done before a failure was told. */
export interface Effort {
  /** Requests sent, the SDK's own repetitions included. */
  readonly tries: number;
  /** From the first request to the last answer. */
  readonly milliseconds: number;
}

/** Beside the errors, which stay what the SDK threw: callers ask for their class. */
const efforts = new WeakMap<object, Effort>();

export function rememberEffort(error: unknown, effort: Effort): void {
  if (typeof error === "object" && error !== null) efforts.set(error, effort);
}

/** `tried 5 times in 12 s`; undefined where one request was all. Seconds are rounded up. */
export function effortWords(error: unknown): string | undefined {
  const effort = typeof error === "object" && error !== null ? efforts.get(error) : undefined;
  if (effort === undefined || effort.tries < 2) return undefined;
  return `tried ${effort.tries} times in ${Math.max(1, Math.ceil(effort.milliseconds / 1000))} s`;
}

/** Requests behind one error of the SDK, which counts them. */
export function sdkTries(error: unknown): number {
  const { $metadata } = (error ?? {}) as { readonly $metadata?: { readonly attempts?: unknown } };
  const attempts = $metadata?.attempts;
  return typeof attempts === "number" && attempts > 0 ? attempts : 1;
}
