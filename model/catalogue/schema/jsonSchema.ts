import { z } from "zod";
import { service } from "./service";

/** Name of the file beside the manifests that their first line points to. */
export const schemaFileName = "service.schema.json";

/**
 * JSON Schema of a manifest (draft 7, which yaml-language-server reads), for completion and checks in editors. It says
 * what the schema says; what spans several keys or files is left to `platform check`.
 */
export function jsonSchema(): Record<string, unknown> {
  const generated = z.toJSONSchema(service, {
    target: "draft-07",
    io: "input",
    override: ({ zodSchema, jsonSchema: node }) => {
      // What a key that is read as something else takes by default is left out, since it might be of the other type.
      const standard = z.globalRegistry.get(zodSchema)?.["default"];
      if (standard !== undefined) Object.assign(node, { default: standard });
      // A record's keys that may be any text need no mention.
      if (JSON.stringify(node.propertyNames) === '{"type":"string"}') delete node.propertyNames;
    },
  });
  const { $schema, description, ...rest } = generated;
  return { $schema, title: "Service manifest", description, ...rest };
}

/** The file's text, ending in a line feed. */
export function jsonSchemaText(): string {
  return `${JSON.stringify(jsonSchema(), null, 2)}\n`;
}
