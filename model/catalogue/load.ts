import { byPosition, formatProblem, type Problem } from "../yaml/problem";
import { prune } from "./reading/draft";
import { type ManifestFile, readManifestFiles } from "./reading/files";
import { leaksIn } from "./reading/leaks";
import type { Manifest } from "./reading/manifest";
import { normalise } from "./normalise/service";
import type { LoadOptions } from "./options";
import { parse } from "../yaml/parse";
import { rules } from "./rules";
import type { Context } from "./rules/rule";
import { schemaProblem } from "./schema/schemaProblems";
import { pathKey } from "../yaml/tree";
import type { Catalogue } from "./types";
import { differencesOf } from "./schema/differences";

export interface LoadResult {
  /** Present exactly when there is no problem. */
  readonly catalogue?: Catalogue;
  /** Everything wrong in any manifest, by file, line and column. */
  readonly problems: readonly Problem[];
}

/**
 * Reads and checks every manifest. Files are read synchronously; nothing is thrown for what a person wrote, all of it
 * is in `problems`.
 */
export function loadCatalogue(options: LoadOptions): LoadResult {
  const { files, problems: fileProblems } = readManifestFiles(options);
  const read = files.map(readManifest);
  const manifests = read.map(({ manifest }) => manifest);
  const context: Context = {
    manifests,
    services: new Map(manifests.map((manifest) => [manifest.service, manifest])),
    environments: new Map(options.environments.map((environment) => [environment.name, environment])),
    options,
  };
  const problems = [
    ...fileProblems,
    ...read.flatMap(({ problems: own }) => own),
    ...rules.flatMap((rule) => rule(context)),
  ];
  if (problems.length > 0) return { problems: sorted(problems) };
  return { catalogue: normalise(manifests), problems: [] };
}

function readManifest({ file, service, text }: ManifestFile): {
  manifest: Manifest;
  problems: readonly Problem[];
} {
  const empty: Manifest = { file, service, draft: {} };
  if (text === undefined) return { manifest: empty, problems: [] };
  const { source, problems } = parse(file, text);
  if (source === undefined) return { manifest: empty, problems };
  const leaks = leaksIn(source);
  const unread = source.tree.problems.filter(({ hidesValue }) => hidesValue === true).map(({ path }) => path);
  const hidden = new Set([...unread, ...leaks.paths].map(pathKey));
  const differences = differencesOf(source.tree.plain).filter(({ path }) => !hidden.has(pathKey(path)));
  const draft = prune(source.tree.plain, [...differences.map(({ path }) => path), ...leaks.paths]);
  const manifest: Manifest = { file, service, source, draft: draft ?? {} };
  return {
    manifest,
    problems: [
      ...problems,
      ...leaks.problems,
      ...differences.map((difference) => schemaProblem(manifest, difference)),
    ],
  };
}

/** In the order of the files, each sentence once. */
function sorted(problems: readonly Problem[]): readonly Problem[] {
  const unique = new Map(problems.map((problem) => [formatProblem(problem), problem]));
  return [...unique.values()].sort(byPosition);
}
