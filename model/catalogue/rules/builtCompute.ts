import type { Problem } from "../../yaml/problem";
import { entriesOf, type Manifest, plainAt, problemAt } from "../reading/manifest";
import { eachManifest } from "./rule";

type Kind = "lambda" | "ecs" | "ec2" | "codebuild";

/** What asks for the compute of a kind, and the keys that say something of nothing but that compute. */
interface Compute {
  readonly what: string;
  readonly askedBy: readonly string[];
  readonly keys: readonly string[];
  readonly remedy: string;
}

const compute: Readonly<Record<Kind, Compute>> = {
  lambda: {
    what: "a function",
    askedBy: ["code"],
    keys: ["handler", "runtime", "memory", "timeout"],
    remedy: "name its `code`",
  },
  ecs: {
    what: "a task definition",
    askedBy: ["image"],
    keys: ["cpu", "memory", "port", "command"],
    remedy: "name its `image`",
  },
  ec2: {
    what: "a launch template",
    askedBy: ["instanceType"],
    keys: [],
    remedy: "name its `instanceType`",
  },
  codebuild: {
    what: "a build project",
    askedBy: ["source", "buildspec"],
    keys: ["image"],
    remedy: "name its `source`, or the commands of its `buildspec`",
  },
};

/** A consumer is its roles; what describes its compute stands only where the platform builds that. */
export const builtCompute = eachManifest((manifest) =>
  entriesOf(manifest.draft.consumers).flatMap(([name, consumer]): readonly Problem[] => {
    if (consumer.kind === undefined) return [];
    const path = ["consumers", name];
    const { askedBy } = compute[consumer.kind];
    // Also one that the schema refused: it was asked for.
    const asked = askedBy.find((key) => plainAt(manifest, [...path, key]) !== undefined);
    if (asked !== undefined) return repositoriesProblems(manifest, name, asked, consumer.repositories);
    return withoutCompute(manifest, name, consumer.kind, consumer);
  }),
);

function withoutCompute(manifest: Manifest, name: string, kind: Kind, consumer: object): readonly Problem[] {
  const { what, askedBy, keys, remedy } = compute[kind];
  const asking = askedBy.map((key) => `\`${key}\``).join(" and ");
  return keys.flatMap((key) => {
    if (!(key in consumer)) return [];
    return [
      problemAt(
        manifest,
        ["consumers", name, key],
        {
          found: `\`${key}\` describes ${what}, and this consumer has none`,
          allowed: `without ${asking} only its role is made, for what the team deploys itself`,
          remedy: `${remedy}, or remove \`${key}\``,
        },
        "key",
      ),
    ];
  });
}

function repositoriesProblems(
  manifest: Manifest,
  name: string,
  asked: string,
  repositories: unknown,
): readonly Problem[] {
  if (repositories === undefined) return [];
  return [
    problemAt(
      manifest,
      ["consumers", name, "repositories"],
      {
        found: `\`repositories\` stands beside \`${asked}\``,
        allowed: "what is built here may pull its own images, and no others",
        remedy: "remove `repositories`",
      },
      "key",
    ),
  ];
}
