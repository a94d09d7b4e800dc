import type { z } from "zod";
import { anyConsumer, consumer } from "./consumer";
import { type Expectation, expectationOf } from "../../yaml/expectation";
import { anyParameter, parameter } from "./parameter";
import { anyRotation } from "./rotation";
import { secret } from "./secret";
import { service } from "./service";
import { type Path, pathKey } from "../../yaml/tree";

type Issue = z.core.$ZodIssue;

/** One way in which plain values differ from the schema. */
export interface Difference {
  readonly kind: "unknown-key" | "bad-key" | "missing" | "wrong";
  readonly path: Path;
  readonly expectation: Expectation;
  /** Where one of a few words must stand: those. */
  readonly words?: readonly string[];
}

/** Everything in which a document differs from the schema of a manifest; each place at most once. */
export function differencesOf(plain: unknown): readonly Difference[] {
  const byPlace = new Map<string, Difference>();
  for (const difference of compare(service, plain, [])) {
    const place = pathKey(difference.path);
    if (!byPlace.has(place)) byPlace.set(place, difference);
  }
  return [...byPlace.values()];
}

function compare(schema: z.ZodType, value: unknown, path: Path): Difference[] {
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues.flatMap((issue) => differencesIn(issue, value, path));
}

/** `value` is what the schema that raised the issue was given, `base` its path. */
function differencesIn(issue: Issue, value: unknown, base: Path): Difference[] {
  const inner = issue.path as Path;
  const path = [...base, ...inner];
  const found = valueAt(value, inner);
  const expectation = expectationOf(issue.message);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ kind: "unknown-key", path: [...path, key], expectation }));
  }
  if (issue.code === "invalid_key") {
    const key = issue.issues[0];
    return [
      { kind: "bad-key", path, expectation: expectationOf(key?.message ?? issue.message) },
      ...underBadKey(path, found),
    ];
  }
  if (found === undefined) {
    return [
      { kind: "missing", path, expectation, ...wordsOf(issue) },
      ...withoutDiscriminator(issue, value, base),
    ];
  }
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const branch = branchMeant(issue.errors, found);
    if (branch !== undefined) return branch.flatMap((nested) => differencesIn(nested, found, path));
  }
  return [
    { kind: "wrong", path, expectation, ...wordsOf(issue) },
    ...withoutDiscriminator(issue, value, base),
  ];
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, part) =>
      typeof at === "object" && at !== null ? (at as Record<string | number, unknown>)[part] : undefined,
    value,
  );
}

/** The alternative a person meant: for a map or list, one that takes it, with the fewest strange keys, then issues. */
function branchMeant(branches: readonly (readonly Issue[])[], found: unknown): readonly Issue[] | undefined {
  if (typeof found !== "object" || found === null) return undefined;
  const strange = (branch: readonly Issue[]) =>
    branch.filter((issue) => issue.code === "unrecognized_keys").length;
  return branches
    .filter(
      (branch) => !branch.some((issue) => issue.path.length === 0 && issue.code !== "unrecognized_keys"),
    )
    .sort((one, other) => strange(one) - strange(other) || one.length - other.length)[0];
}

/** The words an enumeration or a union's discriminator takes. */
function wordsOf(issue: Issue): Pick<Difference, "words"> {
  const values =
    issue.code === "invalid_value"
      ? issue.values
      : issue.code === "invalid_union"
        ? ((issue as { options?: readonly unknown[] }).options ?? [])
        : [];
  const words = values.filter((value) => typeof value === "string");
  return words.length === 0 ? {} : { words };
}

/** A map is not checked behind a key that is wrong; what it holds still is. */
function underBadKey(path: Path, value: unknown): Difference[] {
  const [group, , ...deeper] = path;
  if (deeper.length > 0) return [];
  const schemas: Readonly<Record<string, z.ZodType>> = {
    secrets: secret,
    parameters: parameter,
    consumers: consumer,
  };
  const schema = schemas[String(group)];
  return schema === undefined ? [] : compare(schema, value, path);
}

const looseSchemas: Readonly<Record<string, z.ZodType>> = {
  kind: anyConsumer,
  method: anyRotation,
  type: anyParameter,
};

/** Without a known kind, method or type nothing else of the map is checked; here it is, as far as it can be. */
function withoutDiscriminator(issue: Issue, value: unknown, base: Path): Difference[] {
  if (issue.code !== "invalid_union" || issue.errors.length > 0) return [];
  const inner = issue.path as Path;
  const schema = looseSchemas[String(inner.at(-1))];
  const map = valueAt(value, inner.slice(0, -1));
  if (schema === undefined || typeof map !== "object" || map === null) return [];
  const rest = Object.fromEntries(Object.entries(map).filter(([key]) => key !== inner.at(-1)));
  return compare(schema, rest, [...base, ...inner.slice(0, -1)]);
}
