import { shortestWarningDays } from "../../limits";
import { durationIn, formatDuration } from "../normalise/durations";
import { entriesOf, problemAt } from "../reading/manifest";
import { eachManifest } from "./rule";

/** The warning comes after the value was set and before it ends. */
export const expiry = eachManifest((manifest) =>
  entriesOf(manifest.draft.parameters).flatMap(([name, { expires }]) => {
    if (expires?.after === undefined) return [];
    const after = durationIn("day", expires.after);
    const warn = expires.warn === undefined ? shortestWarningDays : durationIn("day", expires.warn);
    if (warn < after) return [];
    return [
      problemAt(manifest, ["parameters", name, "expires", expires.warn === undefined ? "after" : "warn"], {
        found: `the warning is due ${formatDuration(warn, "day")} before the end of a value that lasts ${formatDuration(after, "day")}`,
        allowed: "a value lasts longer than its warning",
        remedy: `let it last at least ${formatDuration(warn + 1, "day")}`,
      }),
    ];
  }),
);
