import { processorsNamed } from "../aws/processors";
import type { Architecture, Consumer, TaskSettings } from "../catalogue/types";
import type { Plan } from "../plan/types";
import type { Position } from "../yaml/problem";
import type { Note } from "./note";

/**
 * Images and layers that nothing here can look into: built for other processors they end at the start. Where a name
 * says others, that is told; where a task is to run on arm64, that its images must be built so.
 * https://repost.aws/knowledge-center/ecs-task-exec-format-error
 */
export function processors({ consumers }: Plan): readonly Note[] {
  return consumers.flatMap(({ settings, consumer }) => [
    ...builtOf(settings).flatMap(({ what, name, architecture, at }) => {
      const named = processorsNamed(name);
      return named === undefined || named === architecture
        ? []
        : [{ ...at, note: `the name of ${what} says ${named}, and it would run on ${architecture}` }];
    }),
    ...(settings.kind === "ecs" && settings.task?.architecture === "arm64" && !isSaidByAll(settings.task)
      ? [
          {
            ...(settings.task.architectureAt ?? settings.at),
            note: `images of ${consumer} must be built for arm64, or its tasks end at their start`,
          },
        ]
      : []),
  ]);
}

function isSaidByAll(task: TaskSettings): boolean {
  return imagesOf(task).every(({ image }) => processorsNamed(image) !== undefined);
}

interface Built {
  readonly what: string;
  readonly name: string;
  readonly architecture: Architecture;
  readonly at: Position;
}

/** What the platform runs on processors that a manifest chooses; those of a build follow from its image's name. */
function builtOf(settings: Consumer): readonly Built[] {
  if (settings.kind === "ecs") {
    const { task } = settings;
    if (task === undefined) return [];
    return imagesOf(task).map(({ image, imageAt }) => ({
      what: "the image",
      name: image,
      architecture: task.architecture,
      at: imageAt,
    }));
  }
  if (settings.kind !== "lambda" || settings.function === undefined) return [];
  const { layers, architecture } = settings.function;
  return layers.map((layer) => ({
    what: `the layer ${layer.split(":")[6] ?? layer}`,
    name: layer,
    architecture,
    at: settings.at,
  }));
}

function imagesOf(task: TaskSettings) {
  return [task, ...Object.values(task.sidecars)];
}
