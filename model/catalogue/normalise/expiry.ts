import { shortestWarningDays } from "../../limits";
import type { Disagreement } from "../../yaml/expectation";
import type { Expiry } from "../types";
import { formatDuration } from "./durations";

/** What a manifest says of a value that ends, in days. */
export interface Lifetime {
  readonly after: number;
  readonly warn?: number | undefined;
}

export interface LifetimeProblem extends Disagreement {
  readonly key: keyof Lifetime;
}

/** When a value ends and its team is told: after it was set, and before it ends. */
export function expiryOf({
  after,
  warn,
}: Lifetime): { readonly expiry: Expiry } | { readonly problem: LifetimeProblem } {
  const warnDays = warn ?? shortestWarningDays;
  if (warnDays < after) return { expiry: { never: false, afterDays: after, warnDays } };
  return {
    problem: {
      key: warn === undefined ? "after" : "warn",
      found: `the warning is due ${formatDuration(warnDays, "day")} before the end of a value that lasts ${formatDuration(after, "day")}`,
      allowed: "a value lasts longer than its warning",
      remedy: `let it last at least ${formatDuration(warnDays + 1, "day")}`,
    },
  };
}
