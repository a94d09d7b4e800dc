import { isCredentialName } from "../../aws/credentialNames";
import type { Problem, ProblemWords } from "../../yaml/problem";
import { describe, quotedKey } from "../../yaml/describe";
import { type Manifest, namesUnder, plainAt, problemAt } from "../reading/manifest";
import { misplaced } from "./misplaced";
import { nearest } from "../../yaml/nearest";
import { ifCredential, mayBePasted, noValue } from "../reading/pasted";
import { missingRotation } from "./secret";
import { nearSecretName } from "./secretNames";
import { suggestion } from "./suggestion";
import type { Path } from "../../yaml/tree";
import { type Difference, isRotation } from "./differences";

/** What differs from the schema, in words. */
export function schemaProblem(manifest: Manifest, difference: Difference): Problem {
  const { path } = difference;
  switch (difference.kind) {
    case "unknown-key":
      return problemAt(manifest, path, unknownKey(manifest, difference), "key");
    case "bad-key":
      return problemAt(
        manifest,
        path,
        {
          found: `found ${describe(path.at(-1))}`,
          allowed: `the name ${difference.expectation.allowed}`,
          remedy: renaming(manifest, path) ?? difference.expectation.remedy ?? "rename it",
        },
        "key",
      );
    case "missing":
      return problemAt(manifest, path, missing(difference), "key");
    case "wrong":
      return problemAt(manifest, path, wrong(manifest, difference));
    case "disagreement":
      return disagreement(manifest, difference);
  }
}

/** Of two keys that exclude each other the second is shown, rather than its value. */
function disagreement(manifest: Manifest, { path, expectation }: Difference): Problem {
  const { found = describe(plainAt(manifest, path)), allowed, remedy = "correct it", part } = expectation;
  return problemAt(manifest, path, { found, allowed, remedy }, part);
}

/** For the name of a secret that is wrong only in how it ends. */
function renaming(manifest: Manifest, path: Path): string | undefined {
  if (path.length !== 2 || path[0] !== "secrets") return undefined;
  const taken = [...namesUnder(manifest, "secrets"), ...namesUnder(manifest, "parameters")];
  const near = nearSecretName(String(path[1]), taken);
  return near === undefined
    ? undefined
    : `call it \`${near}\`, say: Secrets Manager takes such an ending for the one it adds to every ARN`;
}

function unknownKey(manifest: Manifest, { path, expectation }: Difference): ProblemWords {
  const key = String(path.at(-1));
  const found = `unknown key ${quotedKey(key)}`;
  const map = plainAt(manifest, path.slice(0, -1));
  const near = nearest(key, expectation.keys ?? []);
  const advice =
    typeof map === "object" && map !== null ? misplaced(path, map as Record<string, unknown>) : undefined;
  if (advice !== undefined) return { found, ...advice };
  // A key that is nearly a known one is a slip of the finger.
  if (near === undefined && isCredentialName(key)) return { found, ...noValue };
  return {
    found,
    allowed: expectation.allowed,
    remedy: near === undefined ? "remove it" : `did you mean \`${near}\`?`,
  };
}

function missing({ path, expectation, words }: Difference): ProblemWords {
  const key = String(path.at(-1));
  const found = `\`${key}\` is missing`;
  if (isRotation(path)) {
    return { found, ...missingRotation };
  }
  return {
    found,
    allowed: `\`${key}\` ${words === undefined ? expectation.allowed : oneOfThese(words)}`,
    remedy: expectation.remedy ?? `add \`${key}\``,
  };
}

function wrong(manifest: Manifest, difference: Difference): ProblemWords {
  const { path, expectation, words } = difference;
  const value = plainAt(manifest, path);
  if (value === null) {
    return {
      found: `\`${String(path.at(-1))}\` has no value`,
      allowed: expectation.allowed,
      remedy: "fill it in, or remove the key",
    };
  }
  const { allowed, remedy } = isRotation(path) ? missingRotation : expectation;
  if (isTextOrNumber(value) && words === undefined && mayBePasted(path)) {
    return {
      found: `found ${kindOf(value)}`,
      allowed,
      remedy: `${remedy ?? "correct it"}; ${ifCredential}`,
    };
  }
  return {
    found: `found ${holdsValue(path) ? kindOf(value) : describe(value)}`,
    allowed: words === undefined ? allowed : oneOfThese(words),
    remedy: suggestion(value, expectation, words) ?? remedy ?? "correct it",
  };
}

/** Whether a path leads to a parameter's own value, which is never repeated. */
function holdsValue(path: Path): boolean {
  return path[0] === "parameters" && path[2] === "value";
}

function isTextOrNumber(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number";
}

function kindOf(value: unknown): string {
  return typeof value === "string"
    ? "a text"
    : typeof value === "object"
      ? describe(value)
      : `a ${typeof value}`;
}

function oneOfThese(words: readonly string[]): string {
  return `must be ${words.length > 1 ? "one of " : ""}${words.map((word) => `\`${word}\``).join(", ")}`;
}
