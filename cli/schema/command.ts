import { Command } from "commander";
import { closeSync, constants, openSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { jsonSchemaText, schemaFileName } from "../../model/catalogue/schema/jsonSchema";
import { environmentNames } from "../../model/organisation/environmentNames";
import { type OperationFlags, withOperationOptions } from "../operations/options";
import { runOperation } from "../operations/run";
import { repositoryRoot, servicesFolder } from "../repository";
import { writeTo } from "../writable";

export function schemaCommand(): Command {
  return withOperationOptions(
    new Command("schema").description(
      "Write the JSON Schema of manifests, by which editors complete and check them, beside them",
    ),
  ).action(async (flags: Omit<OperationFlags, "stack">) => {
    await runOperation(flags, () => {
      const root = repositoryRoot();
      const path = join(servicesFolder(root, flags.services), schemaFileName);
      const file = relative(process.cwd(), path);
      writeTo(file, () => overwrite(path, jsonSchemaText(environmentNames(root))));
      return Promise.resolve({ text: `wrote ${file}`, json: { file } });
    });
  });
}

/** Where a link has taken the file's place, what that leads to is left alone. */
function overwrite(path: string, text: string): void {
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
  const descriptor = openSync(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
  try {
    writeFileSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}
