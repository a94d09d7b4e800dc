import { parseArn } from "../../documents/arn";
import { keyChoice } from "../../view/keys";
import { regionInArn, regionOf } from "../../view/regions";
import type { Resource } from "../../view/resource";
import { finding, undecided, type Finding, type StackFinding } from "../rule";
import { keyNamedBy, keysBehind, keyTypes, oncePerStack } from "../../documents/secrets";
import type { Stack } from "../../view/stack";
import { types } from "../../view/types";
import { booleanOf, isUnknown, listOf, objectOf, textOf, type Value } from "../../view/values";

/**
 * Replicas whose key is in another region than they are: a replica is encrypted by a key of its own region.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
 */
export function* keysOfOtherRegions(stack: Stack): Iterable<StackFinding> {
  for (const secret of stack.ofType(types.secret)) {
    const replicas = listOf(secret.props["replicas"]);
    if (replicas.length === 0) continue;
    for (const found of check(stack, secret, replicas)) yield { ...found, urn: secret.urn };
  }
}

function* check(stack: Stack, secret: Resource, replicas: readonly Value[]): Iterable<Finding> {
  const own = keyNamedBy(stack, secret, "kmsKeyId");
  const ownText = textOf(secret.props["kmsKeyId"]);
  const toCome = keysToCome(stack, secret, replicas);
  for (const [at, replica] of replicas.entries()) {
    const { region, kmsKeyId } = objectOf(replica);
    if (keyChoice(kmsKeyId) !== "customer-managed") continue;
    const text = textOf(kmsKeyId);
    const key = text === undefined ? one(toCome) : keysByText(stack).get(text);
    const isOwn = (key !== undefined && key === own) || isSameKey(text, ownText);
    if (text?.startsWith("mrk-")) continue;
    const keyRegion = regionInArn(text) ?? (key === undefined ? undefined : regionOf(key));
    const mayBeCopy = text === undefined && isMultiRegion(key);
    yield* checkReplica(`replicas[${at}]`, region, { keyRegion, isOwn, mayBeCopy });
  }
  // One of them takes it, whichever it is.
  if (toCome.length > 1 && toCome.some((key) => key === own && !isMultiRegion(key)))
    yield finding("replicas", ofSecret);
}

const ofSecret = "names the key of the secret itself, which is in another region";

interface ReplicaKey {
  readonly keyRegion: string | undefined;
  readonly isOwn: boolean;
  /** The identifier of a key of many regions stands for its copy in the replica's region, its ARN for itself alone. */
  readonly mayBeCopy: boolean;
}

function* checkReplica(place: string, region: Value, key: ReplicaKey): Iterable<Finding> {
  const { keyRegion, isOwn, mayBeCopy } = key;
  if (keyRegion === undefined ? !isOwn : textOf(region) === keyRegion) return;
  const property = `${place}.kmsKeyId`;
  if (mayBeCopy) yield undecided(property);
  else if (keyRegion === undefined) yield finding(property, ofSecret);
  else if (isUnknown(region)) yield undecided(`${place}.region`);
  else
    yield finding(property, `names a key of ${keyRegion}, and the replica is in ${textOf(region) ?? "none"}`);
}

/** The keys of the stack that replicas name and that are not known yet. */
function keysToCome(stack: Stack, secret: Resource, replicas: readonly Value[]): readonly Resource[] {
  const texts = replicas.map((replica) => objectOf(replica)["kmsKeyId"]);
  if (!texts.some(isUnknown)) return [];
  const known = texts.flatMap((text) => keysByText(stack).get(textOf(text) ?? "") ?? []);
  return keysBehind(stack, stack.referred(secret, "replicas")).filter((key) => !known.includes(key));
}

function one<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

const keysByText: (stack: Stack) => ReadonlyMap<string, Resource> = oncePerStack((stack) => {
  const keys = stack.ofType(...keyTypes);
  return new Map(
    keys.flatMap((key) =>
      ["arn", "id", "keyId"].flatMap((property) => {
        const text = textOf(key.props[property]);
        return text === undefined ? [] : [[text, key] as const];
      }),
    ),
  );
});

/** The same by ARN or identifier; an alias and a key of many regions are another in each region. */
function isSameKey(text: string | undefined, other: string | undefined): boolean {
  const [id, otherId] = [text, other].map(
    (one) => parseArn(one ?? "")?.resource.replace(/^key\//, "") ?? one,
  );
  return id !== undefined && id === otherId && !id.startsWith("alias/") && !id.startsWith("mrk-");
}

function isMultiRegion(key: Resource | undefined): boolean {
  return booleanOf(key?.props["multiRegion"]) === true;
}
