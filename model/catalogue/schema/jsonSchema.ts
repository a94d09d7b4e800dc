import { z } from "zod";
import { ofEnvironments } from "./perEnvironment";
import { service } from "./service";

/** Name of the file beside the manifests that their first line points to. */
export const schemaFileName = "service.schema.json";

/** What editors offer before an organisation has environments. */
const exampleEnvironments = ["prod", "staging"];

/**
 * JSON Schema of a manifest (draft 7, which yaml-language-server reads), for completion and checks in editors. It says
 * what the schema says; what spans several keys or files is left to `platform check`.
 *
 * @param environments Names that editors offer where an environment is to be named; others are right as well.
 */
export function jsonSchema(environments: readonly string[] = []): Record<string, unknown> {
  const names = environments.length > 0 ? environments : exampleEnvironments;
  const generated = z.toJSONSchema(service, {
    target: "draft-07",
    io: "input",
    override: ({ zodSchema, jsonSchema: node }) => {
      if (zodSchema instanceof z.ZodDiscriminatedUnion) byWord(node, zodSchema.def.discriminator);
      // What a key that is read as something else takes by default is left out, since it might be of the other type.
      const standard = z.globalRegistry.get(zodSchema)?.["default"];
      if (standard !== undefined) Object.assign(node, { default: standard });
      // A record's keys that may be any text need no mention.
      if (JSON.stringify(node.propertyNames) === '{"type":"string"}') delete node.propertyNames;
      if (ofEnvironments.has(zodSchema)) offered(node, names);
    },
  });
  const { $schema, description, ...rest } = generated;
  return { $schema, title: "Service manifest", description, ...rest };
}

/** Names beside others that would do as well: an error would be false in a fork, and ahead of a new stack. */
function offered(node: z.core.JSONSchema.BaseSchema, names: readonly string[]): void {
  if (node.type === "object") node.propertyNames = { anyOf: [{ enum: [...names] }, { type: "string" }] };
  else node.examples = [...names];
}

/**
 * Alternatives by the word of a key, instead of `oneOf`: editors then say of a wrong word all that are allowed, and of
 * anything else only what is wrong beside the word that stands there.
 */
function byWord(node: z.core.JSONSchema.BaseSchema, key: string): void {
  const { oneOf = [] } = node;
  delete node.oneOf;
  const words = oneOf.map((option) => wordSchema(option, key));
  Object.assign(node, {
    type: "object",
    properties: {
      [key]: {
        description: [...new Set(words.map(({ description }) => description))].join(" "),
        enum: words.flatMap(({ const: word, enum: several }) => several ?? [word]),
      },
    },
    required: [key],
    allOf: oneOf.map((option) => {
      const { const: word, enum: several } = wordSchema(option, key);
      return {
        if: {
          properties: { [key]: several === undefined ? { const: word } : { enum: several } },
          required: [key],
        },
        then: option,
      };
    }),
  });
}

function wordSchema(option: z.core.JSONSchema._JSONSchema, key: string): z.core.JSONSchema.BaseSchema {
  const word = typeof option === "object" ? option.properties?.[key] : undefined;
  if (typeof word !== "object") throw new Error(`an alternative has no ${key}`);
  return word;
}

/** The file's text, ending in a line feed; `environments` as of `jsonSchema`. */
export function jsonSchemaText(environments: readonly string[] = []): string {
  return `${JSON.stringify(jsonSchema(environments), null, 2)}\n`;
}
