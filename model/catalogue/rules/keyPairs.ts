import type { Problem } from "../../yaml/problem";
import type { Path } from "../../yaml/tree";
import { inSeconds, parseDuration } from "../normalise/durations";
import { defaultTokenLifetime } from "../../values/keyPair";
import { scheduleOf } from "../normalise/schedules";
import type { Draft } from "../reading/draft";
import { type Manifest, plainAt, problemAt } from "../reading/manifest";
import { cadence } from "../schema/rotation";
import type { SecretInput } from "../schema/secret";

const others = ["uuid", "bytes", "length", "alphabet", "encoding", "fields"] as const;

/** Of a secret whose `generated` has `keyPair`: nothing else gives it a form, and its tokens do not outlive their keys. */
export function keyPairProblems(
  manifest: Manifest,
  name: string,
  secret: Draft<SecretInput>,
): readonly Problem[] {
  const path = ["secrets", name, "generated"];
  const beside = others
    .filter((key) => plainAt(manifest, [...path, key]) !== undefined)
    .map((key) =>
      problemAt(
        manifest,
        [...path, key],
        {
          found: `found both \`keyPair\` and \`${key}\``,
          allowed: "a key pair has a form of its own: the fields kid, alg and privateKey",
          remedy: "remove one",
        },
        "key",
      ),
    );
  return [...beside, ...ownFields(manifest, name), ...lifetimeProblems(manifest, path, secret)];
}

/** Keys that say something of a key pair, where there is none. */
export function withoutKeyPair(manifest: Manifest, path: Path): readonly Problem[] {
  return ["tokenLifetime", "shareWith"]
    .filter((key) => plainAt(manifest, [...path, key]) !== undefined)
    .map((key) =>
      problemAt(
        manifest,
        [...path, key],
        {
          found: `found \`${key}\` without \`keyPair\``,
          allowed: "it is about the public keys of a key pair",
          remedy:
            key === "shareWith"
              ? "move it out of `generated`, or add `keyPair`"
              : "remove it, or add `keyPair`",
        },
        "key",
      ),
    );
}

function ownFields(manifest: Manifest, name: string): readonly Problem[] {
  if (plainAt(manifest, ["secrets", name, "fields"]) === undefined) return [];
  return [
    problemAt(
      manifest,
      ["secrets", name, "fields"],
      {
        found: "found `fields` on a key pair",
        allowed: "its fields are always kid, alg and privateKey",
        remedy: "remove it",
      },
      "key",
    ),
  ];
}

/** More keys than a parameter holds would be in their tokens' period otherwise. */
function lifetimeProblems(
  manifest: Manifest,
  path: Path,
  { rotation, generated }: Draft<SecretInput>,
): readonly Problem[] {
  const longestDays = longestDaysOf(rotation);
  const given = generated?.tokenLifetime;
  if (
    longestDays === undefined ||
    (given === undefined && plainAt(manifest, [...path, "tokenLifetime"]) !== undefined)
  )
    return [];
  const hours = given === undefined ? defaultTokenLifetime.hours : hoursOf(given);
  if (hours === undefined || hours <= longestDays * 24) return [];
  return [
    problemAt(manifest, given === undefined ? path : [...path, "tokenLifetime"], {
      found: `tokens are valid for ${given ?? `${defaultTokenLifetime.words} (the default)`}, and the key rotates more often`,
      allowed: "a token's lifetime is at most the time between two rotations",
      remedy: "give a shorter `tokenLifetime`, or rotate less often",
    }),
  ];
}

function hoursOf(text: string): number | undefined {
  const duration = parseDuration(text);
  return duration && inSeconds(duration) / 3_600;
}

function longestDaysOf(rotation: Draft<SecretInput>["rotation"]): number | undefined {
  const every = cadence.every.safeParse(rotation?.every);
  const schedule = cadence.schedule.safeParse(rotation?.schedule);
  if (!every.success || !schedule.success) return undefined;
  const result = scheduleOf({ every: every.data, schedule: schedule.data });
  return "schedule" in result ? result.schedule.longestDays : undefined;
}
