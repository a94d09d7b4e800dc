import { parseArn } from "../documents/arn";
import type { Resource } from "./resource";
import { oncePerStack } from "../documents/secrets";
import type { Stack } from "./stack";
import { textOf } from "./values";

/** The region a resource says it is in, or that its ARN names; undefined while neither is known. */
export function regionOf({ props }: Resource): string | undefined {
  return regionText(textOf(props["region"])) ?? regionInArn(textOf(props["arn"]));
}

/** The region in an ARN; undefined for a text that is none, and for things of no region. */
export function regionInArn(text: string | undefined): string | undefined {
  return regionText(parseArn(text ?? "")?.region);
}

function regionText(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

/** The region that everything of the stack is in, as far as it is known; undefined where there are several. */
export const onlyRegionOf: (stack: Stack) => string | undefined = oncePerStack((stack) => {
  const regions = new Set(stack.resources.flatMap((resource) => regionOf(resource) ?? []));
  return regions.size === 1 ? [...regions][0] : undefined;
});
