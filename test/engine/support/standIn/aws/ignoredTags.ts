import { isObject, type Properties } from "../properties";
import type { Found } from "../resourceHandler";
import { decoded, strings } from "./configuration";

/** Tags that a provider is told to leave to others, by their keys or how these begin. */
export interface IgnoredTags {
  keys: readonly string[];
  keyPrefixes: readonly string[];
}

/** `ignoreTags` of a provider's configuration. */
export function ignoredTags(config: Properties): IgnoredTags {
  const setting = decoded(config["ignoreTags"]);
  const given = isObject(setting) ? setting : {};
  return { keys: strings(given["keys"]), keyPrefixes: strings(given["keyPrefixes"]) };
}

/** The tags but those ignored. A value that a preview cannot know is no object, and stays. */
export function withoutIgnored({ keys, keyPrefixes }: IgnoredTags, tags: unknown): unknown {
  if (!isObject(tags)) return tags;
  const isIgnored = (key: string) =>
    keys.includes(key) || keyPrefixes.some((prefix) => key.startsWith(prefix));
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !isIgnored(key)));
}

/**
 * Outputs as the state gets them: the real provider takes ignored tags out of `tags` and `tagsAll` after each look at
 * the resource, its own creation included; AWS keeps them
 * (https://registry.terraform.io/providers/hashicorp/aws/latest/docs#ignore_tags).
 */
export function seenOutputs(ignored: IgnoredTags, outputs: Properties): Properties {
  return {
    ...outputs,
    ...("tags" in outputs && { tags: withoutIgnored(ignored, outputs["tags"]) }),
    ...("tagsAll" in outputs && { tagsAll: withoutIgnored(ignored, outputs["tagsAll"]) }),
  };
}

/** What a look at a resource finds, without what is ignored; tags of which none are left are no input. */
export function seen(ignored: IgnoredTags, { inputs, outputs }: Found): Found {
  const { tags, ...others } = inputs;
  const left = withoutIgnored(ignored, tags);
  const isNone = tags === undefined || (isObject(left) && isObject(tags) && isEmptied(left, tags));
  return {
    inputs: isNone ? others : { ...others, tags: left },
    outputs: seenOutputs(ignored, outputs),
  };
}

function isEmptied(left: Properties, tags: Properties): boolean {
  return Object.keys(left).length === 0 && Object.keys(tags).length > 0;
}
