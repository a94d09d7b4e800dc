/**
 * What editors offer to write under `secrets`, `parameters` and `consumers`, by what it is: `$1` and so on are filled in.
 * https://code.visualstudio.com/docs/languages/json#_define-snippets-in-json-schemas
 */
interface Snippet {
  readonly label: string;
  readonly description: string;
  readonly body: Readonly<Record<string, object>>;
}

const named = "${1:name}";
const description = "${2:What it is for}";

export const secretSnippets: readonly Snippet[] = [
  {
    label: "generated secret",
    description: "A random value that this platform makes and rotates",
    body: { [named]: { description, rotation: { method: "generated", every: "30 days" } } },
  },
  {
    label: "database login",
    description: "A login whose password rotates",
    body: {
      [named]: {
        description,
        rotation: { method: "${3:postgres}-single-user", every: "30 days" },
        database: { host: "$4", port: "${5:5432}", name: "$6", username: "$7" },
      },
    },
  },
];

export const parameterSnippets: readonly Snippet[] = [
  {
    label: "plain setting",
    description: "A String: nothing sensitive",
    body: { [named]: { description, type: "String", value: "$3" } },
  },
  {
    label: "sensitive value",
    description: "A SecureString, put with npx platform set",
    body: { [named]: { description, type: "SecureString", expires: { after: "30 days" } } },
  },
];

export const consumerSnippets: readonly Snippet[] = [
  {
    label: "function",
    description: "An AWS Lambda function that reads at run time",
    body: { [named]: { kind: "lambda", reads: ["$2"] } },
  },
  {
    label: "task",
    description: "A task on Amazon ECS whose variables AWS fills at start",
    body: { [named]: { kind: "ecs", environment: { "${2:VARIABLE}": "$3" } } },
  },
];
