import { entriesOf, formatPlace, type Manifest, placeOf, plainAt, problemAt } from "../reading/manifest";
import { fileVariable } from "../normalise/container";
import { parseRead } from "../normalise/reference";
import { referenceVariable } from "../referenceVariable";
import type { Problem } from "../../yaml/problem";
import type { Path } from "../../yaml/tree";
import { eachManifest } from "./rule";
import type { Consumer } from "../types";
import { shown } from "./uses";

/** Instances find a file in place of variables; what others set up is theirs to fill. */
const hasVariables: ReadonlySet<Consumer["kind"]> = new Set(["lambda", "ecs", "codebuild"]);

interface Variable {
  readonly name: string;
  readonly path: Path;
  /** Whether the name is the key that stands at the path, rather than made from the value. */
  readonly isKey: boolean;
}

/** Each variable of a process has one source: an entry of `environment` or `variables`, or the ARN of one of its `reads`. */
export const variables = eachManifest((manifest) =>
  entriesOf(manifest.draft.consumers).flatMap(([name, consumer]) => {
    if (consumer.kind === undefined || !hasVariables.has(consumer.kind)) return [];
    const path = ["consumers", name];
    return [
      variablesOf(manifest, path, consumer),
      ...entriesOf(consumer.containers).map(([container, own]) =>
        variablesOf(manifest, [...path, "containers", container], own),
      ),
    ].flatMap((each) => setTwice(manifest, each));
  }),
);

function setTwice(manifest: Manifest, variables: readonly Variable[]): readonly Problem[] {
  const first = new Map<string, Variable>();
  return variables.flatMap((variable) => {
    const other = first.get(variable.name);
    if (other === undefined) first.set(variable.name, variable);
    // The same item twice is reported as that.
    if (other === undefined || sameText(manifest, other.path, variable.path)) return [];
    const place = formatPlace(placeOf(manifest, other.path, other.isKey ? "key" : "value"));
    return [
      problemAt(
        manifest,
        variable.path,
        {
          found: `the variable \`${variable.name}\` would be set here and at ${place}`,
          allowed:
            "an item under `reads` sets the variable ITEM_ARN or SERVICE_ITEM_ARN, and `files` use PLATFORM_FILE_1 and on; each variable is set once",
          remedy: "rename the variable or one of the items",
        },
        variable.isKey ? "key" : "value",
      ),
    ];
  });
}

function variablesOf(
  manifest: Manifest,
  base: Path,
  {
    reads,
    environment,
    files,
    variables: plain,
  }: {
    reads?: readonly (string | undefined)[] | undefined;
    environment?: { [variable: string]: string | undefined } | undefined;
    files?: object | undefined;
    variables?: object | undefined;
  },
): readonly Variable[] {
  return [
    ...(reads ?? []).flatMap((text, index) =>
      text === undefined
        ? []
        : [
            {
              name: referenceVariable(shown(parseRead(text, manifest.service), manifest.service)),
              path: [...base, "reads", index],
              isKey: false,
            },
          ],
    ),
    ...Object.keys(environment ?? {}).map((name) => ({
      name,
      path: [...base, "environment", name],
      isKey: true,
    })),
    ...Object.keys(files ?? {}).map((file, index) => ({
      name: fileVariable(index),
      path: [...base, "files", file],
      isKey: true,
    })),
    ...Object.keys(plain ?? {}).map((name) => ({ name, path: [...base, "variables", name], isKey: true })),
  ];
}

function sameText(manifest: Manifest, one: Path, other: Path): boolean {
  const text = (path: Path): unknown => plainAt(manifest, path);
  return text(one) === text(other) && one.at(-2) === other.at(-2);
}
