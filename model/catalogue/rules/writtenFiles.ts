import type { Problem, ProblemWords } from "../../yaml/problem";
import type { Path } from "../../yaml/tree";
import { folderOf } from "../normalise/container";
import { entriesOf, type Manifest, plainAt, problemAt } from "../reading/manifest";
import { eachManifest } from "./rule";
import { type ContainerDraft, writableSizes } from "./taskContainers";

/** What values are written to are files in folders of their own, and a program is named that starts behind them. */
export const writtenFiles = eachManifest((manifest) =>
  entriesOf(manifest.draft.consumers).flatMap(([name, consumer]) => {
    if (consumer.kind !== "ecs") return [];
    const path = ["consumers", name];
    return [
      ...filesProblems(manifest, path, consumer),
      ...entriesOf(consumer.containers).flatMap(([container, own]) =>
        filesProblems(manifest, [...path, "containers", container], own),
      ),
    ];
  }),
);

function filesProblems(manifest: Manifest, path: Path, container: ContainerDraft): readonly Problem[] {
  const files = Object.keys(container.files ?? {});
  if (files.length === 0) return [];
  const folders = new Set([...files.map(folderOf), ...writableSizes(container.writable).map(([own]) => own)]);
  const start = plainAt(manifest, [...path, "entryPoint"]) === undefined ? [startProblem] : [];
  return [
    ...start.map((problem) => problemAt(manifest, [...path, "files"], problem, "key")),
    ...files
      .filter((file) => [...folders].some((folder) => folder === file || folder.startsWith(`${file}/`)))
      .map((file) => problemAt(manifest, [...path, "files", file], folderProblem(file), "key")),
  ];
}

/** https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact */
const startProblem: ProblemWords = {
  found: "`files` stands without `entryPoint`",
  allowed:
    "a shell of the image writes the files and then starts a program, in place of the image's own start",
  remedy:
    "add `entryPoint`, and `command` too: those of the image, as `docker image inspect` shows them, or your own",
};

function folderProblem(file: string): ProblemWords {
  return {
    found: `\`${file}\` is a folder too`,
    allowed: "a path is one file, or a folder under `writable` or of other files",
    remedy: "choose another path",
  };
}
