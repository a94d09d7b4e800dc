import { covers, hasWildcard } from "../aws/patterns";

/**
 * Finds what has a name that a pattern covers, without asking each: by the name itself, or among the names that begin as
 * the pattern does up to its first wildcard.
 */
export class PatternIndex<T> {
  readonly #byName: ReadonlyMap<string, readonly T[]>;
  readonly #names: readonly string[];
  readonly #found = new Map<string, readonly T[]>();

  /** Several may go by one name. */
  constructor(entries: Iterable<readonly [name: string, T]>) {
    const byName = new Map<string, T[]>();
    for (const [name, one] of entries) {
      const list = byName.get(name);
      if (list === undefined) byName.set(name, [one]);
      else list.push(one);
    }
    this.#byName = byName;
    this.#names = [...byName.keys()].sort();
  }

  /** In the order of names; a pattern is looked up once. */
  matching(pattern: string): readonly T[] {
    if (!hasWildcard(pattern)) return this.#byName.get(pattern) ?? [];
    const known = this.#found.get(pattern);
    if (known !== undefined) return known;
    const prefix = pattern.slice(0, pattern.search(/[*?]/));
    const found: T[] = [];
    for (let at = this.#firstFrom(prefix); at < this.#names.length; at++) {
      const name = this.#names[at] ?? "";
      if (!name.startsWith(prefix)) break;
      if (covers(pattern, name)) found.push(...(this.#byName.get(name) ?? []));
    }
    this.#found.set(pattern, found);
    return found;
  }

  #firstFrom(prefix: string): number {
    let [low, high] = [0, this.#names.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#names[middle] ?? "") < prefix) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
