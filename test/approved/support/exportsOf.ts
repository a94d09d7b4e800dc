import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportStacks } from "../../../cli/check/exportStacks";
import { buildStacks } from "../../../cli/inMemory/buildStacks";
import { planOf } from "../../model/plan/support/samples";

export type Properties = Readonly<Record<string, unknown>>;

/** One resource in the shape of `pulumi stack export`, as `platform check --export` writes it. */
export interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

export interface ExportedStack {
  readonly stack: string;
  readonly resources: readonly ExportedResource[];
}

/** What `platform check --export` writes for the organisation whose settings and manifests stand under `root`. */
export async function exportsOf(root: string): Promise<readonly ExportedStack[]> {
  const stacks = await buildStacks(planOf(root), () => {}, root);
  const folder = mkdtempSync(join(tmpdir(), "exports-"));
  try {
    exportStacks(folder, stacks);
    return stacks.map(({ stack }) => {
      const text = readFileSync(join(folder, `${stack}.json`), "utf8");
      const { deployment } = JSON.parse(text) as { deployment: Omit<ExportedStack, "stack"> };
      return { stack, resources: deployment.resources };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
