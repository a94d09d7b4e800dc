import { longestRotationDays } from "../../limits";
import type { Problem } from "../../yaml/problem";
import { entriesOf, type Manifest, plainAt, problemAt } from "../reading/manifest";
import { scheduleOf } from "../normalise/schedules";
import type { Path } from "../../yaml/tree";
import { eachManifest } from "./rule";

/** Every rotation but the database service's own has exactly one of `every` and `schedule`, within AWS's limits. */
export const schedules = eachManifest((manifest) =>
  entriesOf(manifest.draft.secrets).flatMap(([name, { rotation }]) =>
    rotation === undefined || rotation.method === "rds-managed"
      ? []
      : checkCadence(manifest, ["secrets", name, "rotation"], rotation),
  ),
);

function checkCadence(
  manifest: Manifest,
  path: Path,
  rotation: {
    readonly every?: string | undefined;
    readonly schedule?: string | undefined;
    readonly window?: string | undefined;
  },
): readonly Problem[] {
  const stands = (key: string): boolean => plainAt(manifest, [...path, key]) !== undefined;
  if (stands("every") && stands("schedule")) {
    return [
      problemAt(
        manifest,
        [...path, "schedule"],
        {
          found: "found both `every` and `schedule`",
          allowed: "a rotation has one of them",
          remedy: "remove one",
        },
        "key",
      ),
    ];
  }
  if (!stands("every") && !stands("schedule")) {
    return [
      problemAt(manifest, path, {
        found: "found neither `every` nor `schedule`",
        allowed: `a secret rotates at least every ${longestRotationDays} days`,
        remedy: "add one, such as `every: 30 days`",
      }),
    ];
  }
  // One that the schema refused is reported already.
  if (rotation.every === undefined && rotation.schedule === undefined) return [];
  const result = scheduleOf(rotation);
  if ("schedule" in result) return [];
  const { key, ...problem } = result.problem;
  return [problemAt(manifest, [...path, key], problem)];
}
