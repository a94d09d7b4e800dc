import type { z } from "zod";
import { anyConsumer, consumer } from "./consumer";
import type { Expectation } from "../../yaml/expectation";
import { type Issue, parsed } from "../../yaml/issues";
import { anyParameter, parameter } from "./parameter";
import { disagreementIn } from "./disagreements";
import { anyRotation } from "./rotation";
import { secret } from "./secret";
import { service, type ServiceOutput } from "./service";
import { type Path, pathKey } from "../../yaml/tree";

/** One way in which plain values differ from the schema. */
export interface Difference {
  /** Keys that are right each by themselves may disagree; nothing is refused of them. */
  readonly kind: "unknown-key" | "bad-key" | "missing" | "wrong" | "disagreement";
  readonly path: Path;
  readonly expectation: Expectation;
  /** Where one of a few words must stand: those. */
  readonly words?: readonly string[];
}

/** What a document says, or everything in which it differs from the schema of a manifest; each place at most once. */
export function readService(
  plain: unknown,
): { readonly service: ServiceOutput } | { readonly differences: readonly Difference[] } {
  const result = parsed(service, plain);
  if ("value" in result) return { service: result.value };
  const differences = result.issues.flatMap((issue) => differencesIn(issue, plain, []));
  const byPlace = new Map<string, Difference>();
  for (const difference of [...differences, ...besideOthers(plain, differences)]) {
    const place = `${difference.kind === "disagreement" ? "!" : ""}${pathKey(difference.path)}`;
    if (!byPlace.has(place)) byPlace.set(place, difference);
  }
  return { differences: [...byPlace.values()] };
}

function compare(schema: z.ZodType, value: unknown, path: Path): Difference[] {
  const result = parsed(schema, value);
  return "value" in result ? [] : result.issues.flatMap((issue) => differencesIn(issue, value, path));
}

/** What keys disagree about of maps in which others are refused. */
function besideOthers(plain: unknown, differences: readonly Difference[]): Difference[] {
  const refused = differences.filter(({ kind }) => kind === "missing" || kind === "wrong");
  return refused.flatMap(({ path }): Difference[] => {
    const around = path.slice(0, 3);
    const map = path.length > 3 ? valueAt(plain, around) : undefined;
    if (typeof map !== "object" || map === null) return [];
    const problem = disagreementIn(around, map as Readonly<Record<string, unknown>>);
    if (problem === undefined) return [];
    const { key, ...expectation } = problem;
    return [{ kind: "disagreement", path: key === undefined ? around : [...around, key], expectation }];
  });
}

/** `value` is what the schema that raised the issue was given, `base` its path. */
function differencesIn(issue: Issue, value: unknown, base: Path): Difference[] {
  const { expectation } = issue;
  const path = [...base, ...issue.path];
  const found = valueAt(value, issue.path);
  if (issue.kind === "unknown-keys") {
    return issue.keys.map((key) => ({ kind: "unknown-key", path: [...path, key], expectation }));
  }
  if (issue.kind === "bad-key") {
    return [{ kind: "bad-key", path, expectation }, ...underBadKey(path, found)];
  }
  if (expectation.found !== undefined) return [{ kind: "disagreement", path, expectation }];
  if (found === undefined) {
    return [
      { kind: "missing", path, expectation, ...wordsOf(issue) },
      ...withoutDiscriminator(issue, value, base),
    ];
  }
  if (issue.kind === "no-alternative") {
    const meant = alternativeMeant(issue.alternatives, found);
    if (meant !== undefined) return meant.flatMap((nested) => differencesIn(nested, found, path));
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

/** Whether a path leads to the rotation of a secret. */
export function isRotation([group, , key, ...deeper]: Path): boolean {
  return group === "secrets" && key === "rotation" && deeper.length === 0;
}

/** The alternative a person meant: for a map or list, one that takes it, with the fewest strange keys, then issues. */
function alternativeMeant(
  alternatives: readonly (readonly Issue[])[],
  found: unknown,
): readonly Issue[] | undefined {
  if (typeof found !== "object" || found === null) return undefined;
  const strange = (issues: readonly Issue[]) => issues.filter(({ kind }) => kind === "unknown-keys").length;
  return alternatives
    .filter((issues) => !issues.some(({ path, kind }) => path.length === 0 && kind !== "unknown-keys"))
    .sort((one, other) => strange(one) - strange(other) || one.length - other.length)[0];
}

/** The words an enumeration or a union's discriminator takes. */
function wordsOf(issue: Issue): Pick<Difference, "words"> {
  return "words" in issue && issue.words.length > 0 ? { words: issue.words } : {};
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
  if (issue.kind !== "unknown-kind") return [];
  const inner = issue.path;
  const schema = looseSchemas[String(inner.at(-1))];
  const map = valueAt(value, inner.slice(0, -1));
  if (schema === undefined || typeof map !== "object" || map === null) return [];
  const rest = Object.fromEntries(Object.entries(map).filter(([key]) => key !== inner.at(-1)));
  return compare(schema, rest, [...base, ...inner.slice(0, -1)]);
}
