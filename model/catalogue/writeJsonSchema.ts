import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { jsonSchemaText, schemaFileName } from "./jsonSchema";

/** `npx tsx model/catalogue/writeJsonSchema.ts`, after a change of the schema. */
if (require.main === module) {
  writeFileSync(join(__dirname, "..", "..", "services", schemaFileName), jsonSchemaText());
}
