import { z } from "zod";
import { expectationOfSchema } from "../../yaml/expectation";
import { service } from "../schema/service";
import { exampleOf } from "./examples";
import { type Condition, type Found, keysBelow, perEnvironmentValue, unwrapped, wordsIn } from "./walk";

/** A key of a manifest, as editors, `platform explain` and `docs/manifest.md` tell of it. */
export interface Field {
  /** `secrets.NAME.rotation.every` */
  readonly path: string;
  /** One meaning; several where another key decides which. */
  readonly meanings: readonly Meaning[];
}

export interface Meaning {
  /** Sentences. */
  readonly description: string;
  /** What it takes, in words without a full stop. */
  readonly takes: string;
  readonly required: boolean;
  /** What holds where it is left out, as YAML. @default nothing, or as the description says */
  readonly default?: string;
  /** A value, as YAML on one line. */
  readonly example: string;
  /** The same by environment; absent where one value counts for all of them. */
  readonly byEnvironment?: string;
  /** With which words of a key beside it. @default always */
  readonly when?: Condition;
}

/** Every key, in the order of the schema. */
export function manifestFields(): readonly Field[] {
  const byPath = new Map<string, Found[]>();
  for (const one of keysBelow(service)) {
    const path = one.path.join(".");
    const known = byPath.get(path);
    if (known === undefined) byPath.set(path, [one]);
    else known.push(one);
  }
  return [...byPath].map(([path, all]) => ({ path, meanings: meaningsOf(path, all) }));
}

function meaningsOf(path: string, all: readonly Found[]): readonly Meaning[] {
  const merged: Meaning[] = [];
  for (const found of all) {
    const meaning = meaningOf(path, found);
    const index = merged.findIndex((other) => sameBut(other) === sameBut(meaning));
    const same = merged[index];
    if (same === undefined) merged.push(meaning);
    else merged[index] = joined(same, meaning);
  }
  return merged.map(withoutTheObvious);
}

/** All but the condition, for comparison. */
function sameBut(meaning: Meaning): string {
  return JSON.stringify({ ...meaning, when: undefined });
}

function joined(one: Meaning, other: Meaning): Meaning {
  if (one.when === undefined || other.when === undefined) return one;
  return { ...one, when: { ...one.when, words: [...new Set([...one.when.words, ...other.when.words])] } };
}

/** Without a condition that always holds. */
function withoutTheObvious({ when, ...meaning }: Meaning): Meaning {
  return when === undefined || when.words.length === when.of.length ? meaning : { ...meaning, when };
}

/** Of many words those that are left out are told. */
const mostWords = 5;

/** `with kind: ecs, codebuild`, or `with any method but rds-managed`. */
export function conditionWords({ key, words, of }: Condition): string {
  const others = of.filter((word) => !words.includes(word));
  return words.length > mostWords && others.length <= mostWords
    ? `with any ${key} but ${others.join(", ")}`
    : `with ${key}: ${words.join(", ")}`;
}

function meaningOf(path: string, { schema, required, when }: Found): Meaning {
  const inner = unwrapped(schema);
  const standard = defaultOf(schema) ?? defaultOf(inner);
  const single = perEnvironmentValue(inner);
  const example = exampleOf({ path, word: when?.words[0], schema: single ?? inner, standard });
  return {
    description: schema.description ?? inner.description ?? "",
    takes: takesOf(single ?? inner),
    required,
    ...(standard !== undefined && { default: standard }),
    example,
    ...(single !== undefined && { byEnvironment: `{ staging: ${example}, prod: ${example} }` }),
    ...(when && { when }),
  };
}

/** As the schema's metadata have it. */
function defaultOf(schema: z.ZodType): string | undefined {
  const value = z.globalRegistry.get(schema)?.["default"];
  return typeof value === "string" ? value : value === undefined ? undefined : JSON.stringify(value);
}

function takesOf(schema: z.ZodType): string {
  const words = wordsIn(schema);
  if (words.length > 0)
    return `${words.length > 1 ? "one of " : ""}${words.map((word) => `\`${word}\``).join(", ")}`;
  return (expectationOfSchema(schema)?.allowed ?? "")
    .replace(/^must be /, "")
    .replace(/^.* is (?=a map with the keys )/, "");
}
