import type { Consumer } from "../catalogue/types";
import type { Plan } from "../plan/types";
import type { Position } from "../yaml/problem";
import type { Note } from "./note";

/**
 * Images that a manifest names without a digest. Whoever may push to the repository can move a tag, and the next
 * deployment, one after a rotation too, or build runs what it then means; a digest names one content for good.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function imageTags({ consumers }: Plan): readonly Note[] {
  return consumers.flatMap(({ settings }) =>
    imagesOf(settings).flatMap(({ image, imageAt }) => {
      if (imageAt === undefined || image.includes("@sha256:")) return [];
      return [{ ...imageAt, note: `${tagOf(image)}; add its digest` }];
    }),
  );
}

/** But for the images of CodeBuild itself, which have no digests to name them by. */
function imagesOf(settings: Consumer): readonly { image: string; imageAt?: Position }[] {
  if (settings.kind === "ecs")
    return settings.task === undefined ? [] : [settings.task, ...Object.values(settings.task.sidecars)];
  if (settings.kind !== "codebuild" || settings.project === undefined) return [];
  return settings.project.image.startsWith("aws/codebuild/") ? [] : [settings.project];
}

/** A colon ahead of a slash is the port of the registry. */
function tagOf(image: string): string {
  const tag = /:([^:/]+)$/.exec(image)?.[1];
  return tag === undefined
    ? "no tag means `latest`, whatever that is by then"
    : `\`${tag}\` is a tag, which can be moved to another image`;
}
