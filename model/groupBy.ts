/** Things by what they have in common, in their order; as `Map.groupBy`, which Node 20 lacks. */
export function groupBy<Key, T>(all: Iterable<T>, keyOf: (one: T) => Key): ReadonlyMap<Key, readonly T[]> {
  const found = new Map<Key, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const same = found.get(key);
    if (same === undefined) found.set(key, [one]);
    else same.push(one);
  }
  return found;
}
