import type { Problem, ProblemWords } from "../../yaml/problem";
import { awsKeyForms, credentialOffsets, knownCredentialIn } from "../../aws/credentialForms";
import { credentialIn, credentialInVariable, credentialUnder, randomText } from "../../yaml/credentials";
import { formatPath, placeAt, positionOf, type Source } from "../../yaml/parse";
import { endIt, replaceIt } from "./pasted";
import { type Text, textsOf } from "../../yaml/texts";
import { type Path, pathKey } from "../../yaml/tree";

/** Texts of a file that look like credentials. */
export interface Leaks {
  /** Where they stand as keys or values; nothing else may look at them, lest it repeat them. */
  readonly paths: readonly Path[];
  /** Each says what a text looks like, never the text. */
  readonly problems: readonly Problem[];
}

/** Searches keys, values, comments, and names of anchors and tags. */
export function leaksIn(source: Source): Leaks {
  const saidPublic = publicParameters(source.tree.plain);
  const found = textsOf(source.tree.plain, []).flatMap(({ path, text, part }) => {
    const what = looksLike({ path, text, part }, saidPublic);
    return what === undefined ? [] : [{ path, part, what }];
  });
  const ranges = found.map(({ path }) => source.tree.entries.get(pathKey(path)));
  const inComments = [...commentsOf(source.text), ...propertiesOf(source.text)]
    .flatMap(({ start, text }) =>
      credentialOffsets(text).map(({ offset, what }) => ({ offset: start + offset, what })),
    )
    .filter(
      ({ offset }) =>
        !ranges.some((range) => range !== undefined && offset >= range.key && offset <= range.end),
    );
  return {
    paths: found.map(({ path }) => path),
    problems: [
      ...found.map(({ path, part, what }) => ({
        ...positionOf(source, path, part),
        path: formatPath(path),
        ...leakProblem(what, isParameterValue(path)),
      })),
      ...inComments.map(({ offset, what }) => ({
        ...placeAt(source, offset),
        path: "",
        ...leakProblem(what),
      })),
    ],
  };
}

/** Every line from its first `#`: more than the comments, which does no harm. */
function commentsOf(text: string): readonly { readonly start: number; readonly text: string }[] {
  return [...text.matchAll(/#[^\n]*/g)].map((match) => ({ start: match.index, text: match[0] }));
}

/** Names of anchors and aliases, and tags, which are no values, and stand in the file all the same. */
function propertiesOf(text: string): readonly { readonly start: number; readonly text: string }[] {
  return [...text.matchAll(/(?<=^|[\s[{,])[&*!][^\s[\]{},]+/gm)].map((match) => ({
    start: match.index,
    text: match[0],
  }));
}

function looksLike({ path, text, part }: Text, saidPublic: ReadonlySet<unknown>): string | undefined {
  if (isParameterValue(path) && saidPublic.has(path[1])) return knownCredentialIn(text);
  const key = String(path.at(-1));
  // Tags of images are often commit hashes.
  if (path[0] === "consumers" && key === "image") return knownCredentialIn(text);
  // Case says nothing in a host's name, so a change of it is no sign of random text.
  if (path[0] === "secrets" && path[2] === "database" && path[3] === "host")
    return knownCredentialIn(text) ?? credentialIn(text.toLowerCase());
  const variable = variableAt(path);
  if (variable !== undefined)
    return part === "key" ? credentialIn(text) : credentialInVariable(variable, text);
  return isParameterValue(path) ? credentialUnder(String(path[1]), text) : credentialIn(text);
}

/** Names of parameters whose values are said to be public, with a reason. */
function publicParameters(manifest: unknown): ReadonlySet<unknown> {
  const { parameters } = (manifest ?? {}) as { readonly parameters?: unknown };
  if (typeof parameters !== "object" || parameters === null) return new Set();
  const isSaid = (settings: unknown) => {
    const { public: reason } = (settings ?? {}) as { readonly public?: unknown };
    return typeof reason === "string" && reason.trim() !== "";
  };
  return new Set(Object.entries(parameters).flatMap(([name, settings]) => (isSaid(settings) ? [name] : [])));
}

function isParameterValue(path: Path): boolean {
  return path[0] === "parameters" && path[2] === "value";
}

/** The variable of `consumers.NAME.variables.VARIABLE`, of a value by environment and of other containers too. */
function variableAt([group, , ...rest]: Path): string | undefined {
  if (group !== "consumers") return undefined;
  const [key, variable] = rest[0] === "containers" ? rest.slice(2) : rest;
  return key === "variables" && variable !== undefined ? String(variable) : undefined;
}

/** What is said of a text that looks like a credential. */
export function leakProblem(what: string, isParameter = false): ProblemWords {
  const found = `this looks like ${what}`;
  const allowed = "no credential stands in a manifest";
  if (awsKeyForms.some((form) => form === what))
    return { found, allowed, remedy: `remove it, let what uses it run by a role, and ${endIt}` };
  return {
    found,
    allowed,
    remedy: !isParameter
      ? `remove it, and ${replaceIt}`
      : `make it a SecureString, supply the value with \`npx platform set\`, and ${replaceIt}` +
        (what === randomText ? "; if anybody may know it, say why with `public: REASON`" : ""),
  };
}
