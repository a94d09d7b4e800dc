import { organisationPolicy } from "../../../model/documents/organisationPolicy";
import { planOf } from "../../model/plan/support/samples";
import { exportsOf } from "./exportsOf";
import { type ApprovedFiles, normalise } from "./normalise";

/** All that is approved of the organisation under `root`: its stacks, and the policy that no stack holds. */
export async function approvedFiles(root: string): Promise<ApprovedFiles> {
  const policy = organisationPolicy(planOf(root).organisation);
  const stacks = normalise(await exportsOf(root));
  return new Map([...stacks, ["organisationPolicy.json", { ...policy }]]);
}
