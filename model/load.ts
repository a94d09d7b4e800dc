import { loadCatalogue } from "./catalogue/load";
import { type LoadOptions, surroundingsOf } from "./catalogue/options";
import { detectionProblems } from "./detection/limits";
import { limitProblems } from "./documents/limits";
import { loadOrganisation, type OrganisationOptions } from "./organisation/load";
import { buildPlan } from "./plan/build";
import type { Plan } from "./plan/types";
import type { Problem } from "./yaml/problem";

export interface ModelOptions extends OrganisationOptions {
  /** Folder of the manifests. Default: `services` in the root. */
  readonly servicesDirectory?: string;
  /** Manifests by file name, taken instead of the folder's, of another state than the root is in. */
  readonly manifests?: NonNullable<LoadOptions["files"]>;
}

/** From files to the Plan: the organisation's first, then the manifests', then AWS's limits on what follows from both. */
export function loadPlan(options: ModelOptions): {
  readonly plan?: Plan;
  readonly problems: readonly Problem[];
} {
  const { organisation, problems } = loadOrganisation(options);
  if (organisation === undefined) return { problems };
  const { root, servicesDirectory, manifests } = options;
  const loaded = loadCatalogue({
    ...surroundingsOf(organisation),
    root,
    ...(servicesDirectory !== undefined && { servicesDirectory }),
    ...(manifests && { files: manifests, codeElsewhere: true }),
  });
  if (loaded.catalogue === undefined) return { problems: loaded.problems };
  const plan = buildPlan(loaded.catalogue, organisation);
  const limits = [...limitProblems(plan), ...detectionProblems(plan)];
  return limits.length > 0 ? { problems: limits } : { plan, problems: [] };
}
