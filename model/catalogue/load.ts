import { byPosition, formatProblem, type Problem } from "../yaml/problem";
import { prune } from "./reading/draft";
import { type ManifestFile, readManifestFiles } from "./reading/files";
import { leaksIn } from "./reading/leaks";
import type { AcceptedManifest, Manifest } from "./reading/manifest";
import { normalise } from "./normalise/service";
import type { LoadOptions } from "./options";
import { parse } from "../yaml/parse";
import { rules } from "./rules";
import type { Context } from "./rules/rule";
import { schemaProblem } from "./schema/schemaProblems";
import { pathKey } from "../yaml/tree";
import type { Catalogue } from "./types";
import { readService } from "./schema/differences";

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
  const accepted = manifests.filter((manifest) => "accepted" in manifest);
  // What was not accepted has its problem above; were it missing, no service may be left out for that.
  if (problems.length > 0 || accepted.length < manifests.length) return { problems: sorted(problems) };
  return { catalogue: normalise(accepted), problems: [] };
}

interface ReadManifest {
  readonly manifest: Manifest | AcceptedManifest;
  readonly problems: readonly Problem[];
}

function readManifest({ file, service, text }: ManifestFile): ReadManifest {
  const empty: Manifest = { file, service, draft: {} };
  if (text === undefined) return { manifest: empty, problems: [] };
  const { source, problems } = parse(file, text);
  if (source === undefined) return { manifest: empty, problems };
  const leaks = leaksIn(source);
  const unread = source.tree.problems.filter(({ hidesValue }) => hidesValue === true).map(({ path }) => path);
  const hidden = new Set([...unread, ...leaks.paths].map(pathKey));
  const result = readService(source.tree.plain);
  const all = "differences" in result ? result.differences : [];
  const differences = all.filter(({ path }) => !hidden.has(pathKey(path)));
  const refused = differences.filter(({ kind }) => kind !== "disagreement").map(({ path }) => path);
  const draft = prune(source.tree.plain, [...refused, ...leaks.paths]);
  const read: Manifest = { file, service, source, draft: draft ?? {} };
  const manifest = "service" in result ? { ...read, accepted: result.service } : read;
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
