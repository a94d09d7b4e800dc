import type { Consumer } from "../catalogue/types";
import type { Plan } from "../plan/types";
import type { Note } from "./note";

/**
 * Images that a manifest names without a digest. Whoever may push to the repository can move a tag, and the next
 * deployment, one after a rotation too, or build runs what it then means; a digest names one content for good.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function imageTags({ consumers }: Plan): readonly Note[] {
  return consumers.flatMap(({ settings }) => {
    const named = imageOf(settings);
    if (named === undefined || named.image.includes("@sha256:")) return [];
    return [{ ...named.at, note: `${tagOf(named.image)}; add its digest` }];
  });
}

/** Undefined for a default, and for the images of CodeBuild itself, which have no digests to name them by. */
function imageOf(settings: Consumer) {
  if (settings.kind !== "ecs" && settings.kind !== "codebuild") return undefined;
  const built = settings.kind === "ecs" ? settings.task : settings.project;
  if (built?.imageAt === undefined) return undefined;
  const { image, imageAt } = built;
  if (settings.kind === "codebuild" && image.startsWith("aws/codebuild/")) return undefined;
  return { image, at: imageAt };
}

/** A colon ahead of a slash is the port of the registry. */
function tagOf(image: string): string {
  const tag = /:([^:/]+)$/.exec(image)?.[1];
  return tag === undefined
    ? "no tag means `latest`, whatever that is by then"
    : `\`${tag}\` is a tag, which can be moved to another image`;
}
