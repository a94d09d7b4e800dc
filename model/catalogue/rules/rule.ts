import type { Problem } from "../../yaml/problem";
import type { Manifest } from "../reading/manifest";
import type { KnownEnvironment, LoadOptions } from "../options";

/** Everything a check may look at. */
export interface Context {
  readonly manifests: readonly Manifest[];
  /** Manifests by service name. */
  readonly services: ReadonlyMap<string, Manifest>;
  readonly environments: ReadonlyMap<string, KnownEnvironment>;
  readonly options: LoadOptions;
}

/** One cross-check: everything it finds wrong, in any order. It looks only at what the schema accepted. */
export type Rule = (context: Context) => readonly Problem[];

/** A check of each manifest by itself. */
export function eachManifest(check: (manifest: Manifest, context: Context) => readonly Problem[]): Rule {
  return (context) => context.manifests.flatMap((manifest) => check(manifest, context));
}
