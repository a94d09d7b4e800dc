import { z } from "zod";

/** One place of the schema that a key leads to. */
export interface Found {
  /** `NAME` stands for what the manifest's author names. */
  readonly path: readonly string[];
  readonly schema: z.ZodType;
  readonly required: boolean;
  /** With which word of which key beside it the key stands; absent: always. */
  readonly when?: Condition;
}

export interface Condition {
  readonly key: string;
  readonly words: readonly string[];
  /** Every word the key takes. */
  readonly of: readonly string[];
}

export const anyName = "NAME";

/** Every key below a schema, in its order; one that several alternatives have is found in each. */
export function keysBelow(
  schema: z.ZodType,
  path: readonly string[] = [],
  when?: Condition,
): readonly Found[] {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodArray) return keysBelow(inner.element as z.ZodType, path, when);
  if (inner instanceof z.ZodRecord) {
    const below = [...path, anyName];
    const entry = inner.valueType as z.ZodType;
    const keys = keysBelow(entry, below, when);
    return keys.length === 0 ? [] : [found(below, entry, when), ...keys];
  }
  if (inner instanceof z.ZodUnion) {
    const one = perEnvironmentValue(inner);
    if (one !== undefined) return keysBelow(one, path, when);
    const options = inner.options as readonly z.ZodType[];
    if (!(inner instanceof z.ZodDiscriminatedUnion))
      return options.flatMap((option) => keysBelow(option, path, when));
    const key = inner.def.discriminator;
    const of = options.flatMap((option) => discriminatorWords(option, key));
    return options.flatMap((option) =>
      keysBelow(option, path, { key, words: discriminatorWords(option, key), of }),
    );
  }
  if (!(inner instanceof z.ZodObject)) return [];
  return Object.entries(inner.shape as Readonly<Record<string, z.ZodType>>).flatMap(([key, value]) => [
    found([...path, key], value, when),
    ...keysBelow(value, [...path, key], when),
  ]);
}

function found(path: readonly string[], schema: z.ZodType, when: Condition | undefined): Found {
  return { path, schema, required: !(schema instanceof z.ZodOptional), ...(when && { when }) };
}

/** Without what makes it optional, and what reads it as something else. */
export function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional) return unwrapped(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodPipe) return unwrapped(schema.in as z.ZodType);
  return schema;
}

/** Of what may be given once or by environment, the value of one environment. */
export function perEnvironmentValue(schema: z.ZodType): z.ZodType | undefined {
  if (!(schema instanceof z.ZodUnion)) return undefined;
  const [one, byEnvironment, ...others] = schema.options as readonly z.ZodType[];
  const isByEnvironment = byEnvironment instanceof z.ZodRecord && byEnvironment.valueType === one;
  return isByEnvironment && others.length === 0 ? one : undefined;
}

/** The words that a schema takes; none where it takes more. */
export function wordsIn(schema: z.ZodType): readonly string[] {
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  return schema instanceof z.ZodLiteral ? [...schema.values].map(String) : [];
}

function discriminatorWords(option: z.ZodType, key: string): readonly string[] {
  const inner = unwrapped(option);
  const word = inner instanceof z.ZodObject ? (inner.shape as Record<string, z.ZodType>)[key] : undefined;
  return word === undefined ? [] : wordsIn(word);
}
