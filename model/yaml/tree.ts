import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
} from "yaml";
import type { ProblemWords } from "./problem";

export type Path = readonly (string | number)[];

/** Where a value stands in a text, in UTF-16 units from its start. */
export interface Entry {
  /** Start of the key, or of the list entry itself. */
  readonly key: number;
  /** Start of the value; the key's where there is none. */
  readonly value: number;
  readonly end: number;
  /** A scalar as it was written, without quotes. */
  readonly written?: string;
}

export interface TreeProblem extends ProblemWords {
  readonly path: Path;
  readonly offset: number;
  /** Nothing is known of the value at the path. */
  readonly hidesValue?: boolean;
}

/** A YAML document as plain values, with the place of each. */
export interface Tree {
  readonly plain: unknown;
  /** By `pathKey`. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly problems: readonly TreeProblem[];
}

export function pathKey(path: Path): string {
  return path.join("\0");
}

/** More than a manifest of the largest size can hold without aliases of aliases. */
const maximumNodes = 100_000;

/** Characters that aliases may repeat; a manifest of the largest size holds no more. */
const maximumRepeated = 256 * 1024;

const coreTags = new Set(
  ["str", "int", "float", "bool", "null", "map", "seq"].map((tag) => `tag:yaml.org,2002:${tag}`),
);

/**
 * Resolves aliases, finds keys that appear twice, and refuses what YAML offers beyond plain data. The document's keys
 * are all scalars (`stringKeys`). `lineOf` gives the line of an offset.
 */
export function readTree(document: Document, lineOf: (offset: number) => number): Tree {
  const entries = new Map<string, Entry>();
  const problems: TreeProblem[] = [];
  const open = new Set<Node>();
  /** What a name stands for so far: the library looks through the whole document for each alias. */
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node | undefined>();
  let nodes = 0;
  let repeating = 0;
  let repeated = 0;

  function convert(node: Node | null, path: Path, key: number): unknown {
    const [value, end] = rangeOf(node, key);
    if (++nodes === maximumNodes) problems.push({ path: [], offset: 0, ...tooManyValues });
    if (node === null || nodes >= maximumNodes || repeated > maximumRepeated) {
      entries.set(pathKey(path), { key, value: key, end: key });
      return null;
    }
    if (isAlias(node)) return convertAlias(node, path, key);
    remember(node);
    if (node.tag !== undefined && !coreTags.has(node.tag))
      problems.push({ path, offset: value, ...customTag });
    if (isScalar(node)) return convertScalar(node, path, key);
    entries.set(pathKey(path), { key, value, end });
    open.add(node);
    const plain = isMap(node)
      ? convertMap(node.items as Pair<Node, Node | null>[], path)
      : isSeq(node)
        ? node.items.map((item, index) =>
            convert(item as Node, [...path, index], rangeOf(item as Node, value)[0]),
          )
        : null;
    open.delete(node);
    return plain;
  }

  function convertScalar(node: Scalar, path: Path, key: number): unknown {
    const written = node.source ?? "";
    const [value, end] = node.value === null && written === "" ? [key, key] : rangeOf(node, key);
    entries.set(pathKey(path), { key, value, end, written });
    count(written.length);
    // A tag such as `!!binary`, which was told, may have made something else of a text.
    return typeof node.value === "object" ? null : node.value;
  }

  /** A node met again, within what an alias repeats, says nothing new. */
  function remember(node: unknown): void {
    const { anchor } = node as { readonly anchor?: string };
    if (anchor !== undefined && repeating === 0) anchors.set(anchor, node as Node);
  }

  function count(characters: number): void {
    if (repeating === 0) return;
    const before = repeated;
    repeated += characters;
    if (before <= maximumRepeated && repeated > maximumRepeated)
      problems.push({ path: [], offset: 0, ...tooMuchText });
  }

  /** The alias is what stands at `path`; what is inside the repeated value keeps the place where it was written. */
  function convertAlias(alias: Alias, path: Path, key: number): unknown {
    const [value, end] = rangeOf(alias, key);
    if (!targets.has(alias)) targets.set(alias, anchors.get(alias.source));
    const target = targets.get(alias);
    const usable = target !== undefined && !open.has(target);
    if (!usable) problems.push({ path, offset: value, hidesValue: true, ...brokenAlias });
    repeating++;
    const plain = usable ? convert(target, path, key) : null;
    repeating--;
    entries.set(pathKey(path), { ...entries.get(pathKey(path)), key, value, end });
    return plain;
  }

  function convertMap(pairs: readonly Pair<Node, Node | null>[], path: Path): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    for (const pair of pairs) {
      const name = isScalar(pair.key) ? String(pair.key.value) : "";
      remember(pair.key);
      count(name.length);
      const offset = rangeOf(pair.key, 0)[0];
      const problem = isScalar(pair.key) ? refusedKeys.get(name) : unusualKey;
      const here = [...path, name];
      if (problem !== undefined) problems.push({ path: here, offset, ...problem });
      else if (Object.hasOwn(map, name)) {
        problems.push({ path: here, offset, ...twice(lineOf(entries.get(pathKey(here))!.key)) });
      } else map[name] = convert(pair.value, here, offset);
    }
    return map;
  }

  return { plain: convert(document.contents, [], 0), entries, problems };
}

function rangeOf(node: Node | null | undefined, otherwise: number): readonly [number, number] {
  const range = node?.range;
  return range === null || range === undefined ? [otherwise, otherwise] : [range[0], range[1]];
}

const unusualKey: ProblemWords = {
  found: "found a key that is not a plain word",
  allowed: "keys are names",
  remedy: "write the key as a word",
};

const refusedKeys: ReadonlyMap<string, ProblemWords> = new Map([
  [
    "<<",
    {
      found: "found a merge key (`<<`)",
      allowed: "a manifest is plain data",
      remedy: "write the keys out; a whole value can be repeated with an anchor and an alias",
    },
  ],
  ["__proto__", unusualKey],
]);

const customTag: ProblemWords = {
  found: "found a YAML tag",
  allowed: "a manifest is plain data",
  remedy: "remove the tag",
};

const brokenAlias: ProblemWords = {
  found: "found an alias without an earlier anchor",
  allowed: "an alias repeats a value that stands before it",
  remedy: "write the value out",
};

const tooManyValues: ProblemWords = {
  found: "the aliases expand to 100,000 values or more",
  allowed: "a manifest is a few hundred values",
  remedy: "write the values out",
};

const tooMuchText: ProblemWords = {
  found: "the aliases repeat more than 256 KiB of text",
  allowed: "a manifest has at most 256 KiB",
  remedy: "repeat less, or split the service",
};

function twice(line: number): ProblemWords {
  return {
    found: `the key appears a second time, first in line ${line}`,
    allowed: "a key appears once in a map",
    remedy: "remove or rename one of them",
  };
}
