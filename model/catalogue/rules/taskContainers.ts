import { mostContainers } from "../../aws/containers";
import { leastFargateMemory } from "../../aws/fargate";
import type { Problem } from "../../yaml/problem";
import { fileFolders, readPort, writableMiB } from "../normalise/container";
import { isList } from "../normalise/parameterValue";
import { entriesOf, formatPlace, type Manifest, placeOf, plainAt, problemAt } from "../reading/manifest";
import type { Path } from "../../yaml/tree";
import { consumerName } from "../../plan/names";
import { repeatedEntries } from "./repeated";
import { eachManifest } from "./rule";

type ConsumerDraft = NonNullable<NonNullable<Manifest["draft"]["consumers"]>[string]>;
/** One container, the main one or one beside it. */
export type ContainerDraft = Pick<ConsumerDraft, "port" | "ports" | "writable" | "files" | "healthCheck">;

/** Containers of one task share its network and its memory, and AWS takes ten. */
export const taskContainers = eachManifest((manifest) =>
  entriesOf(manifest.draft.consumers).flatMap(([name, consumer]): readonly Problem[] => {
    if (consumer.kind !== "ecs") return [];
    const path = ["consumers", name];
    const containers: readonly (readonly [Path, ContainerDraft])[] = [
      [path, consumer],
      ...entriesOf(consumer.containers).map(
        ([container, own]) => [[...path, "containers", container], own] as const,
      ),
    ];
    return [
      ...tooMany(manifest, path, containers.length),
      ...namedLikeMain(manifest, name, consumer),
      ...containers.flatMap(([at, container]) => [
        ...bothPorts(manifest, at, container),
        ...foldersTwice(manifest, at, container),
        ...wordOfEcs(manifest, at, container),
      ]),
      ...portProblems(manifest, containers),
      ...memoryProblems(manifest, path, consumer, containers),
    ];
  }),
);

function tooMany(manifest: Manifest, path: Path, count: number): readonly Problem[] {
  if (count <= mostContainers) return [];
  return [
    problemAt(
      manifest,
      [...path, "containers"],
      {
        found: `found ${count} containers with the main one`,
        allowed: `a task definition of Amazon ECS holds at most ${mostContainers}`,
        remedy: "move some of them to a consumer of their own",
      },
      "key",
    ),
  ];
}

/** The main container goes by the name of the task definition, which is another in each environment. */
function namedLikeMain(manifest: Manifest, name: string, { containers }: ConsumerDraft): readonly Problem[] {
  const { environments } = manifest.draft;
  const main = (environments ?? []).map((one) => consumerName(manifest.service, one ?? "", name));
  return entriesOf(containers).flatMap(([container]) =>
    main.includes(container)
      ? [
          problemAt(
            manifest,
            ["consumers", name, "containers", container],
            {
              found: "the main container has this name",
              allowed: "each container of a task has a name of its own",
              remedy: "rename it",
            },
            "key",
          ),
        ]
      : [],
  );
}

/** A folder is covered once. A map has each once by itself. */
function foldersTwice(manifest: Manifest, path: Path, { writable }: ContainerDraft): readonly Problem[] {
  return writable !== undefined && isList(writable)
    ? repeatedEntries(manifest, [...path, "writable"], writable)
    : [];
}

/**
 * Stands ahead of a command in the API, and would be taken for the program here.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
 */
const wordsOfEcs = ["CMD", "CMD-SHELL", "NONE"];

function wordOfEcs(manifest: Manifest, path: Path, { healthCheck }: ContainerDraft): readonly Problem[] {
  const command = healthCheck?.command;
  const [first] = typeof command === "string" ? command.split(/\s/) : (command ?? []);
  if (first === undefined || !wordsOfEcs.includes(first)) return [];
  return [
    problemAt(manifest, [...path, "healthCheck", "command"], {
      found: `found a command that begins with \`${first}\``,
      allowed: "a list is a program and its arguments, and a text is a command of the shell",
      remedy: `leave \`${first}\` out`,
    }),
  ];
}

function bothPorts(manifest: Manifest, path: Path, { port, ports }: ContainerDraft): readonly Problem[] {
  if (port === undefined || ports === undefined) return [];
  return [
    problemAt(
      manifest,
      [...path, "port"],
      {
        found: "`port` stands beside `ports`",
        allowed: "one port stands under `port`, several stand under `ports`",
        remedy: "move it into `ports`",
      },
      "key",
    ),
  ];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html */
function portProblems(
  manifest: Manifest,
  containers: readonly (readonly [Path, ContainerDraft])[],
): readonly Problem[] {
  const first = new Map<number, Path>();
  return containers
    .flatMap(([path, { port, ports }]) => [
      ...(port === undefined ? [] : [[[...path, "port"], port] as const]),
      ...(ports ?? []).flatMap((one, index) =>
        one === undefined ? [] : [[[...path, "ports", index], one] as const],
      ),
    ])
    .flatMap(([path, written]) => {
      const { port } = readPort(written);
      const other = first.get(port);
      if (other === undefined) {
        first.set(port, path);
        return [];
      }
      return [
        problemAt(manifest, path, {
          found: `port ${port} stands at ${formatPlace(placeOf(manifest, other))} too`,
          allowed: "the containers of a task share its ports, each for one container and one protocol",
          remedy: "choose another port",
        }),
      ];
    });
}

/** What is written to memory counts among that of the task. */
function memoryProblems(
  manifest: Manifest,
  path: Path,
  { cpu, memory }: ConsumerDraft,
  containers: readonly (readonly [Path, ContainerDraft])[],
): readonly Problem[] {
  const refused = (key: string) => plainAt(manifest, [...path, key]) !== undefined;
  // Of a size that was refused nothing is known.
  if ((cpu === undefined && refused("cpu")) || (memory === undefined && refused("memory"))) return [];
  const whole = memory ?? leastFargateMemory(cpu ?? 256);
  const sizes = containers.map(([at, container]) => [at, sizeOf(container)] as const);
  const sum = sizes.reduce((total, [, size]) => total + size, 0);
  const largest = [...sizes].sort(([, one], [, other]) => other - one)[0];
  if (sum < whole || largest === undefined) return [];
  return [
    problemAt(
      manifest,
      [...largest[0], "writable"],
      {
        found: `the folders that may be written take ${sum} MiB`,
        allowed: `they lie in the memory of the task, which has ${whole} MiB`,
        remedy: "make them smaller, or give the task more `memory`",
      },
      "key",
    ),
  ];
}

/** Each folder of `writable` with its MiB; of one that the schema refused only the size is known. */
export function writableSizes(writable: ContainerDraft["writable"]): readonly (readonly [string, number])[] {
  if (writable === undefined) return [];
  if (isList(writable)) return writable.map((path) => [path ?? "", writableMiB] as const);
  return entriesOf<number>(writable);
}

function sizeOf({ writable, files }: ContainerDraft): number {
  const sizes = writableSizes(writable);
  const ofFiles = fileFolders(
    files,
    sizes.map(([path]) => path),
  ).map(({ sizeMiB }) => sizeMiB);
  return [...sizes.map(([, size]) => size), ...ofFiles].reduce((sum, size) => sum + size, 0);
}
