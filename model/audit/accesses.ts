import type { ReadableItem } from "../plan/types";
import type { PlanIndex } from "./planIndex";
import { cut } from "./readableRecord";
import { type Principal, principalOf } from "./principal";
import type { TrailRecord } from "./trailRecord";

/** What one record says of values of the Plan. */
export interface Access {
  readonly kind: "read" | "decrypt" | "changed";
  /** Empty: the record names none, as of a refused decryption or a read by filter. */
  readonly items: readonly ReadableItem[];
  readonly principal: Principal;
  /** Address; the service that called in somebody's name. */
  readonly from: string;
  readonly endpoint: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly denied: boolean;
  /** Account whose trail holds it. */
  readonly recipient: string;
  /** Common to the caller's and the owner's record of one call. */
  readonly shared: string;
}

/** `outside`: it reads something, but nothing the manifests name. */
export type Reading = Access | "outside" | undefined;

/**
 * What the record tells: a value was read, one was decrypted, a secret's current value was changed, or nothing of that.
 * Failed calls other than refusals read nothing.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html
 */
export function accessOf(record: TrailRecord, index: PlanIndex): Reading {
  const kind = kindOf(record);
  if (kind === undefined) return undefined;
  const { errorCode, recipientAccountId: recipient = "" } = record;
  const denied = errorCode !== undefined && errorCode.startsWith("AccessDenied");
  if (errorCode !== undefined && (!denied || kind === "changed")) return undefined;
  const items = denied ? deniedItems(record, index, recipient) : itemsOf(record, index, recipient);
  if (items.length === 0 && !tellsWithoutItem(record, denied)) return "outside";
  return {
    kind,
    items,
    principal: principalOf(record.userIdentity),
    from: record.sourceIPAddress ?? "",
    endpoint: record.vpcEndpointId ?? "",
    time: record.eventTime,
    denied,
    recipient,
    shared: record.sharedEventID ?? "",
  };
}

function kindOf({ eventName, errorCode, requestParameters }: TrailRecord): Access["kind"] | undefined {
  switch (eventName) {
    case "GetSecretValue":
    case "GetParameter":
    case "GetParameters":
    case "GetParametersByPath":
    case "GetParameterHistory":
      return "read";
    case "BatchGetSecretValue":
      // Each secret it reads has a GetSecretValue record beside; a refused one has nothing else.
      return errorCode === undefined ? undefined : "read";
    case "Decrypt":
      return contextOf(requestParameters)["SecretVersionId"] === "RequestToValidateKeyAccess"
        ? undefined // Secrets Manager tries the key before it stores a value; nothing is read.
        : "decrypt";
    case "RotationSucceeded":
      return "changed";
    case "PutSecretValue": {
      // A rotation puts its new value aside first; that alone makes nothing current.
      const stages = texts(requestParameters?.["versionStages"]);
      return stages.length === 0 || stages.includes("AWSCURRENT") ? "changed" : undefined;
    }
    default:
      return undefined;
  }
}

function itemsOf(
  { eventName, requestParameters: asked, additionalEventData }: TrailRecord,
  index: PlanIndex,
  recipient: string,
): readonly ReadableItem[] {
  switch (eventName) {
    case "GetSecretValue":
    case "PutSecretValue":
      return known(texts(asked?.["secretId"]), (one) => index.secret(one, recipient));
    case "BatchGetSecretValue":
      return known(texts(asked?.["secretIdList"]), (one) => index.secret(one, recipient));
    case "RotationSucceeded":
      return known(texts(additionalEventData?.["SecretId"]), (one) => index.secret(one, recipient));
    case "GetParameter":
    case "GetParameterHistory":
      return known(texts(asked?.["name"]), (one) => index.parameter(one, recipient));
    case "GetParameters":
      return known(texts(asked?.["names"]), (one) => index.parameter(one, recipient));
    case "GetParametersByPath":
      return texts(asked?.["path"]).flatMap((path) =>
        index.parametersUnder(path, asked?.["recursive"] === true, recipient),
      );
    default: {
      const { SecretARN, PARAMETER_ARN } = contextOf(asked);
      return [
        ...known(texts(SecretARN), (one) => index.secret(one, recipient)),
        ...known(texts(PARAMETER_ARN), (one) => index.parameter(one, recipient)),
      ];
    }
  }
}

/** A refused call mostly comes without its parameters; AWS's message names the resource. */
function deniedItems(record: TrailRecord, index: PlanIndex, recipient: string): readonly ReadableItem[] {
  const named = itemsOf(record, index, recipient);
  if (named.length > 0) return named;
  const resource = / on resource: (\S+)/.exec(record.errorMessage ?? "")?.[1] ?? "";
  return known([resource], (one) => index.secret(one, recipient) ?? index.parameter(one, recipient));
}

/** Refused calls that read many values or name none; "on resource: ARN" would name something else. */
function tellsWithoutItem({ eventName, errorMessage }: TrailRecord, denied: boolean): boolean {
  const isBlind = eventName === "Decrypt" || eventName === "BatchGetSecretValue";
  return denied && isBlind && !errorMessage?.includes(" on resource: ");
}

function contextOf(asked: TrailRecord["requestParameters"]): Readonly<Record<string, unknown>> {
  const context = asked?.["encryptionContext"];
  return typeof context === "object" && context !== null ? (context as Record<string, unknown>) : {};
}

function texts(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one) => typeof one === "string").map(cut);
}

function known<T extends ReadableItem>(
  references: readonly string[],
  find: (reference: string) => T | undefined,
): readonly T[] {
  return references.map(find).filter((item) => item !== undefined);
}
