import { organisationPolicy } from "../../../model/documents/organisationPolicy";
import { planOf } from "../../model/plan/support/samples";
import { type ExportedStack, exportsOf } from "./exportsOf";
import { type ApprovedFiles, normalise } from "./normalise";

/**
 * All that is approved of the organisation under `root`: its stacks, and the policy that no stack holds.
 * @param stacks as `exportsOf` gives them, where they are built already
 */
export async function approvedFiles(root: string, stacks?: readonly ExportedStack[]): Promise<ApprovedFiles> {
  const policy = organisationPolicy(planOf(root).organisation);
  const files = normalise(stacks ?? (await exportsOf(root)));
  return new Map([...files, ["organisationPolicy.json", { ...policy }]]);
}
