/** Steps from the root of some data to one of its places. */
export type Steps = readonly (string | number)[];

/** Every place of the data, the root first. */
export function steps(data: unknown, path: Steps = []): readonly Steps[] {
  if (typeof data !== "object" || data === null) return [path];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(data)
    ? data.map((entry, index) => [index, entry] as const)
    : Object.entries(data);
  return [path, ...entries.flatMap(([step, entry]) => steps(entry, [...path, step]))];
}

/** The data with another value at a place, or without what stands there. A list takes no key of a map. */
export function replaced(data: unknown, [step, ...rest]: Steps, put?: { readonly value: unknown }): unknown {
  if (step === undefined) return put?.value;
  if (typeof data !== "object" || data === null) return data;
  const isLast = rest.length === 0;
  if (Array.isArray(data)) {
    if (typeof step !== "number") return data;
    return data.flatMap((entry: unknown, index) =>
      index !== step ? [entry] : isLast && put === undefined ? [] : [replaced(entry, rest, put)],
    );
  }
  const { [step]: own, ...others } = data as Record<string, unknown>;
  return isLast && put === undefined ? others : { ...others, [step]: replaced(own, rest, put) };
}
