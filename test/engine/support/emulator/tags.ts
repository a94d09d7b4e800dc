import type { AwsTarget } from "../standIn/aws/target";
import type { Properties } from "../standIn/properties";
import type { Update } from "../standIn/resourceHandler";

export type Tags = Record<string, string>;

/** The resource's own tags and those of the provider's configuration. */
export function allTags({ defaultTags }: AwsTarget, inputs: Properties): Tags {
  return { ...defaultTags, ...(inputs["tags"] as object | undefined) } as Tags;
}

/** The input `tags` that would make a resource as it is; undefined for none beside the configuration's. */
export function ownTags({ defaultTags }: AwsTarget, found: Tags): Tags | undefined {
  const own = Object.entries(found).filter(([key, value]) => defaultTags[key] !== value);
  return own.length === 0 ? undefined : Object.fromEntries(own);
}

/** Keys of the tags that an update takes away. */
export function droppedTags(target: AwsTarget, { old, inputs }: Update): string[] {
  const tags = allTags(target, inputs);
  return Object.keys(allTags(target, old.inputs)).filter((key) => !(key in tags));
}

/** `[{ Key, Value }]`, as most of AWS's APIs write them. */
export function tagList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** What `tagList` makes, read. */
export function tagsOf(list: readonly { Key?: string | undefined; Value?: string | undefined }[] = []): Tags {
  return Object.fromEntries(list.map(({ Key = "", Value = "" }) => [Key, Value]));
}
