import { oncePerStack } from "../../documents/secrets";
import type { Resource } from "../../view/resource";
import { finding, undecided, type Finding, type Rule, type StackFinding } from "../rule";
import type { Stack } from "../../view/stack";
import { types } from "../../view/types";
import { isPresent, listOf, objectOf, textOf, unknown, type Value } from "../../view/values";

export const trailBucketLogged: Rule = {
  id: "trail-bucket-logged",
  title: "Requests to the bucket a trail writes to are logged in another bucket",
  why: "Who reads the records learns what is watched, and no trail records reads of objects unless it is told to",
  remedy: "Add an `aws.s3.BucketLogging` for the bucket, with another one as `targetBucket`",
  severity: "medium",
  level: "mandatory",
  references: ["FSBP CloudTrail.7", "FSBP S3.9", "CIS AWS 3.0 3.4", "Checkov CKV_AWS_18"],
  stack: {
    types: [types.trail],
    *check(stack): Iterable<StackFinding> {
      const { byBucket, open } = logsIn(stack);
      const trails = stack.ofType(types.trail);
      const written = new Set(trails.flatMap((trail) => bucketsOf(stack, trail, "s3BucketName")));
      const unsure = trails.filter((trail) => bucketsOf(stack, trail, "s3BucketName").length === 0);
      for (const bucket of stack.ofType(...bucketTypes)) {
        const doubt = written.has(bucket) ? undefined : doubtOf(bucket, unsure);
        if (doubt === undefined && !written.has(bucket)) continue;
        const targets = [...inlineTargets(bucket.props), ...(byBucket.get(bucket.urn) ?? [])];
        const found = targets.map((target) => judge(bucket, target));
        if (found.includes(undefined)) continue;
        const [less = open ? undecided("bucket of a BucketLogging") : none] = found;
        yield { ...(doubt ?? less), urn: bucket.urn };
      }
    },
  },
};

/** Whether a trail may write to the bucket whose own is none that is known here; undefined: it cannot. */
function doubtOf(bucket: Resource, trails: readonly Resource[]): Finding | undefined {
  if (trails.some(({ props }) => props["s3BucketName"] === unknown))
    return undecided("s3BucketName of a Trail");
  return trails.length > 0 && bucket.props["bucket"] === unknown ? undecided("bucket") : undefined;
}

const none: Finding = { message: "requests to it are not logged" };

/** Where logs go: the property that says so, and the buckets of the stack that it means. */
interface Target {
  readonly value: Value;
  /** It is not known whether there is such a place. */
  readonly isOpen?: true;
  readonly buckets: readonly Resource[];
}

/** What stands beside a bucket, by the bucket's URN; `open` where one is for a bucket that is not known yet. */
function logsIn(stack: Stack): { readonly byBucket: ReadonlyMap<string, Target[]>; readonly open: boolean } {
  const byBucket = new Map<string, Target[]>();
  let open = false;
  for (const logging of stack.ofType(types.bucketLogging, types.bucketLoggingV2)) {
    const logged = bucketsOf(stack, logging, "bucket");
    open ||= logged.length === 0 && logging.props["bucket"] === unknown;
    const target: Target = {
      value: logging.props["targetBucket"],
      buckets: bucketsOf(stack, logging, "targetBucket"),
    };
    for (const { urn } of logged) byBucket.set(urn, [...(byBucket.get(urn) ?? []), target]);
  }
  return { byBucket, open };
}

/** On the bucket itself, as older versions of the provider have it. */
function inlineTargets({ logging, loggings }: Resource["props"]): readonly Target[] {
  if (logging === unknown || loggings === unknown) return [{ value: unknown, isOpen: true, buckets: [] }];
  return [logging, ...listOf(loggings)]
    .filter(isPresent)
    .map((one) => ({ value: objectOf(one)["targetBucket"], buckets: [] }));
}

/** Undefined where all is well. Whoever clears a bucket that logs into itself clears both. */
function judge(bucket: Resource, { value, isOpen, buckets }: Target): Finding | undefined {
  if (isOpen) return undecided("logging");
  const name = textOf(value);
  const itself = buckets.includes(bucket) || (name !== undefined && name === textOf(bucket.props["bucket"]));
  if (itself) return finding("targetBucket of its logs", "is the bucket itself");
  return isPresent(value) ? undefined : none;
}

/** By reference, or by the name that the program gives the bucket. */
function bucketsOf(stack: Stack, from: Resource, property: string): readonly Resource[] {
  const referred = stack.referred(from, property).filter(({ type }) => bucketTypes.includes(type));
  if (referred.length > 0) return referred;
  const named = bucketsByName(stack).get(textOf(from.props[property]) ?? "");
  return named === undefined ? [] : [named];
}

const bucketTypes: readonly string[] = [types.bucket, types.bucketV2];

const bucketsByName: (stack: Stack) => ReadonlyMap<string, Resource> = oncePerStack(
  (stack) =>
    new Map(
      stack.ofType(...bucketTypes).flatMap((bucket) => {
        const name = textOf(bucket.props["bucket"]);
        return name === undefined ? [] : [[name, bucket] as const];
      }),
    ),
);
