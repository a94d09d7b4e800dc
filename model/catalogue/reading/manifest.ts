import type { Position, Problem, ProblemWords } from "../../yaml/problem";
import { redact } from "../../yaml/credentials";
import type { Draft } from "./draft";
import { formatPath, positionOf, type Source } from "../../yaml/parse";
import type { ServiceInput, ServiceOutput } from "../schema/service";
import { type Path, pathKey } from "../../yaml/tree";

/** One service's file, read as far as it could be. */
export interface Manifest {
  /** The service's name by its file. */
  readonly service: string;
  readonly file: string;
  /** Absent when the file is not YAML. */
  readonly source?: Source;
  /** What the schema accepted. */
  readonly draft: Draft<ServiceInput>;
}

/** A manifest of which the schema refused nothing. */
export interface AcceptedManifest extends Manifest {
  readonly accepted: ServiceOutput;
}

/** A problem at a place of a manifest. */
export function problemAt(
  manifest: Manifest,
  path: Path,
  problem: ProblemWords,
  part: "key" | "value" = "value",
): Problem {
  return { ...placeOf(manifest, path, part), path: formatPath(path), ...problem };
}

export function placeOf(manifest: Manifest, path: Path, part: "key" | "value" = "value"): Position {
  return manifest.source === undefined
    ? { file: manifest.file, line: 1, column: 1 }
    : positionOf(manifest.source, path, part);
}

/** A text, number or boolean as it stands in the file, without quotes. */
export function written(manifest: Manifest, path: Path): string | undefined {
  return manifest.source?.tree.entries.get(pathKey(path))?.written;
}

/** `services/orders.yaml:12:5` */
export function formatPlace(place: Position): string {
  return `${place.file}:${place.line}:${place.column}`;
}

/** Entries of a map of the draft that the schema accepted. */
export function entriesOf<Value>(
  map: { readonly [name: string]: Value | undefined } | undefined,
): readonly (readonly [string, Value])[] {
  return Object.entries(map ?? {}).filter((entry): entry is [string, Value] => entry[1] !== undefined);
}

/** What the file itself has at a path, checked or not; undefined where nothing stands. */
export function plainAt(manifest: Manifest, path: Path): unknown {
  return path.reduce<unknown>(
    (at, part) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, part)
        ? (at as Record<string | number, unknown>)[part]
        : undefined,
    manifest.source?.tree.plain,
  );
}

/** Names under a key of the file, whether or not what stands behind them is right; none that could be a credential. */
export function namesUnder(manifest: Manifest, key: string): readonly string[] {
  const map = plainAt(manifest, [key]);
  return typeof map === "object" && map !== null && !Array.isArray(map)
    ? Object.keys(map).filter((name) => redact(name) !== undefined)
    : [];
}
