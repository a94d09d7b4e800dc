import pulumi from "@pulumi/eslint-plugin";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** Which folders the code in a folder may import from, beside its own. Nothing else of ours. */
const mayImport = {
  startup: [],
  model: [],
  aws: ["model"],
  components: ["model"],
  stacks: ["components", "model", "startup"],
  policies: ["model", "startup"],
  cli: ["stacks", "policies", "aws", "model", "startup"],
  functions: ["aws", "model"],
  provider: ["aws", "model", "startup"],
  tools: ["cli", "policies", "model"],
};

/** What stacks deploy of the functions is their bundled text, and nothing else of them. */
const except = { "stacks functions": ["./bundle.ts"] };

const zones = Object.entries(mayImport).flatMap(([folder, allowed]) =>
  [...Object.keys(mayImport), "test", "examples"]
    .filter((other) => other !== folder && !allowed.includes(other))
    .map((other) => ({
      target: `./${folder}`,
      from: `./${other}`,
      except: except[`${folder} ${other}`] ?? [],
      message: `${folder} may import ${allowed.length > 0 ? allowed.join(", ") : "nothing else of ours"}`,
    })),
);

export default tseslint.config(
  { ignores: ["node_modules", ".tools", "**/*.js", "**/*.cjs", "**/*.mjs"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  tseslint.configs.recommendedTypeChecked,
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { project: "./tsconfig.json" } },
    plugins: { "import-x": importX, "@pulumi": pulumi },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "import-x/no-cycle": "error",
      "import-x/no-restricted-paths": ["error", { zones }],
      "@typescript-eslint/consistent-type-imports": "error",
      eqeqeq: "error",
      "max-params": ["error", 4],
      "no-console": "error",
    },
  },
  {
    files: ["model/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^node:fs",
              importNamePattern: "^(?:append|chmod|cp|copy|create|mkdir|rename|rm|truncate|unlink|write)",
              message: "nothing in model writes a file; what follows from it is written by tools/ or cli/",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["aws/**/*.ts", "cli/**/*.ts", "functions/**/*.ts", "provider/**/*.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector:
            'CallExpression[callee.property.name="send"]' +
            ':not(CallExpression:matches([callee.property.name="call"], [callee.name="call"]) CallExpression)',
          message: "make it within `call`, which tries again what passes by itself (aws/retry.ts)",
        },
      ],
    },
  },
  {
    // mocha's `this` and node's assertions.
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
    },
  },
);
