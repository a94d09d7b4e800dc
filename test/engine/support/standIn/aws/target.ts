import type { Properties } from "../properties";
import { withoutIgnored, type IgnoredTags } from "./ignoredTags";
import type { ResourceTarget } from "../resourceHandler";
import { partitionOf, type Identity } from "./identity";

/** A resource of AWS: what it is, and the account, region and partition it lives in. */
export interface AwsTarget extends ResourceTarget, Identity {
  /** Tags that the provider's configuration adds to the resource's own. */
  defaultTags: Properties;
  /** Tags that the provider's configuration leaves to others. */
  ignoredTags: IgnoredTags;
}

/** The target in the region that the resource itself names, which any may since version 7 of the provider. */
export function inRegion(target: AwsTarget, region: unknown): AwsTarget {
  return typeof region === "string" ? { ...target, region, partition: partitionOf(region) } : target;
}

/** The outputs that follow from inputs and configuration, and so are known even in a preview. */
export function knownOutputs(target: AwsTarget, inputs: Properties, computed: readonly string[]): Properties {
  return {
    region: inputs["region"] ?? target.region,
    ...(computed.includes("tagsAll") && {
      tagsAll: withoutIgnored(target.ignoredTags, {
        ...target.defaultTags,
        ...(inputs["tags"] as Properties | undefined),
      }),
    }),
  };
}
