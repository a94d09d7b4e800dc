import { Command } from "commander";
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { jsonSchemaText, schemaFileName } from "../../model/catalogue/jsonSchema";
import { repositoryRoot, servicesFolder } from "../repository";
import { writeTo } from "../writable";

export function schemaCommand(): Command {
  return new Command("schema")
    .description("Write the JSON Schema of manifests, by which editors complete and check them")
    .option("--services <folder>", "write it into another folder")
    .action(({ services }: { readonly services?: string }) => {
      const file = join(servicesFolder(repositoryRoot(), services), schemaFileName);
      writeTo(relative(process.cwd(), file), () => writeFileSync(file, jsonSchemaText()));
      process.stdout.write(`wrote ${relative(process.cwd(), file)}\n`);
    });
}
