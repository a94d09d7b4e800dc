import type { Problem } from "../../problem";
import { credentialIn, credentialOffsets, credentialUnder, knownCredentialIn } from "../credentials";
import type { Fault } from "../decode";
import { type Manifest, problemAt } from "../manifest";
import { placeAt, type Source } from "../parse";
import { type Path, pathKey } from "../tree";
import { eachManifest } from "./rule";

/** No text of a manifest, comments included, looks like a credential. What it looks like is said, never the text. */
export const credentials = eachManifest((manifest) => {
  const { source } = manifest;
  if (source === undefined) return [];
  const found = textsOf(source.tree.plain, []).flatMap(({ path, text, part }) => {
    const what = looksLike(path, text);
    return what === undefined ? [] : [{ path, part, what }];
  });
  const ranges = found.map(({ path }) => source.tree.entries.get(pathKey(path)));
  const elsewhere = credentialOffsets(source.text).filter(
    ({ offset }) =>
      !ranges.some((range) => range !== undefined && offset >= range.key && offset <= range.end),
  );
  return [
    ...found.map(({ path, part, what }) => problemAt(manifest, path, faultOf(what, isValue(path)), part)),
    ...elsewhere.map(({ offset, what }) => inComment(manifest, source, offset, what)),
  ];
});

function looksLike(path: Path, text: string): string | undefined {
  const key = String(path.at(-1));
  // Tags of images are often commit hashes.
  if (path[0] === "consumers" && key === "image") return knownCredentialIn(text);
  return isValue(path) ? credentialUnder(String(path[1]), text) : credentialIn(text);
}

function isValue(path: Path): boolean {
  return path[0] === "parameters" && path[2] === "value";
}

interface Text {
  readonly path: Path;
  readonly text: string;
  readonly part: "key" | "value";
}

function textsOf(value: unknown, path: Path): readonly Text[] {
  if (typeof value === "string") return [{ path, text: value, part: "value" }];
  if (Array.isArray(value)) return value.flatMap((entry, index) => textsOf(entry, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => [
    { path: [...path, key], text: key, part: "key" as const },
    ...textsOf(entry, [...path, key]),
  ]);
}

function faultOf(what: string, isParameter: boolean): Fault {
  return {
    found: `this looks like ${what}`,
    allowed: "no credential stands in a manifest",
    remedy: isParameter
      ? "make it a SecureString, supply the value with `platform set`, and replace the credential: it is in the repository's history"
      : "remove it, and replace the credential: it is in the repository's history",
  };
}

function inComment(manifest: Manifest, source: Source, offset: number, what: string): Problem {
  return { ...problemAt(manifest, [], faultOf(what, false)), ...placeAt(source, offset) };
}
