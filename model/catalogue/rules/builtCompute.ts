import type { Problem } from "../../yaml/problem";
import { entriesOf, type Manifest, plainAt, problemAt } from "../reading/manifest";
import type { Consumer } from "../types";
import { eachManifest } from "./rule";

/** What asks for the compute of a kind, and the keys that say something of nothing but that compute. */
interface Compute {
  readonly what: string;
  readonly askedBy: readonly string[];
  readonly keys: readonly string[];
  readonly remedy: string;
}

/** Kinds whose compute can be built; of the others there is nothing to build. */
const compute: Readonly<Partial<Record<Consumer["kind"], Compute>>> = {
  lambda: {
    what: "a function",
    askedBy: ["code"],
    keys: [
      ...["handler", "runtime", "memory", "timeout", "architecture", "layers", "extension"],
      "ephemeralStorage",
    ],
    remedy: "name its `code`",
  },
  ecs: {
    what: "a task definition",
    askedBy: ["image"],
    keys: [
      ...["cpu", "memory", "architecture", "port", "ports", "entryPoint", "command", "user"],
      ...["writable", "files", "healthCheck", "stopTimeout", "containers"],
    ],
    remedy: "name its `image`",
  },
  ec2: {
    what: "a launch template",
    askedBy: ["instanceType"],
    keys: ["architecture", "hopLimit"],
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
    const built = consumer.kind === undefined ? undefined : compute[consumer.kind];
    if (built === undefined) return [];
    const path = ["consumers", name];
    const { askedBy } = built;
    // Also one that the schema refused: it was asked for.
    const asked = askedBy.find((key) => plainAt(manifest, [...path, key]) !== undefined);
    if (asked !== undefined) return repositoriesProblems(manifest, name, asked, consumer.repositories);
    return withoutCompute(manifest, name, built, consumer);
  }),
);

function withoutCompute(
  manifest: Manifest,
  name: string,
  { what, askedBy, keys, remedy }: Compute,
  consumer: object,
): readonly Problem[] {
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
