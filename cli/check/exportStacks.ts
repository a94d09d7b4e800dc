import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BuiltStack } from "../inMemory/buildStack";
import type { RegisteredResource } from "../inMemory/registeredResource";
import { writeTo } from "../writable";

/**
 * Writes `{folder}/{stack}.json` for each stack, as `pulumi stack export` would after an update.
 * @throws UsageError where the folder cannot be written
 */
export function exportStacks(folder: string, stacks: readonly BuiltStack[]): void {
  writeTo(folder, () => {
    mkdirSync(folder, { recursive: true });
    for (const built of stacks) {
      const text = JSON.stringify(exported(built), undefined, 4);
      writeFileSync(join(folder, `${built.stack}.json`), `${text}\n`);
    }
  });
}

function exported({ resources }: BuiltStack): object {
  return { version: 3, deployment: { resources: resources.map(exportedResource) } };
}

function exportedResource(resource: RegisteredResource): object {
  const { urn, type, parent, custom, id, inputs, outputs, protect, dependencies } = resource;
  const { propertyDependencies } = resource;
  return {
    urn,
    custom,
    ...(custom && { id }),
    type,
    inputs,
    outputs,
    ...(parent !== "" && { parent }),
    ...(protect && { protect }),
    ...(dependencies.length > 0 && { dependencies }),
    ...(Object.keys(propertyDependencies).length > 0 && { propertyDependencies }),
  };
}
