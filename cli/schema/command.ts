import { Command } from "commander";
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { jsonSchemaText, schemaFileName } from "../../model/catalogue/jsonSchema";
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
      const path = join(servicesFolder(repositoryRoot(), flags.services), schemaFileName);
      const file = relative(process.cwd(), path);
      writeTo(file, () => writeFileSync(path, jsonSchemaText()));
      return Promise.resolve({ text: `wrote ${file}`, json: { file } });
    });
  });
}
