import { databaseFields, managedFields } from "../../model/catalogue/types";
import type { ReadableItem, RotationPlan } from "../../model/plan/types";
import { namesOfConnection } from "../../model/values/connectionFields";
import { keyPairFields } from "../../model/values/keyPair";
import { plannedArn } from "../../model/references/reference";
import { consumerOf } from "../audit/rows";
import { itemPath } from "../operations/item";

export interface DescribedItem {
  /** `orders/prod/database` */
  readonly item: string;
  readonly kind: "secret" | "managed-secret" | "String" | "StringList" | "SecureString";
  readonly description: string;
  /** As AWS knows it; of what a database service makes only the ARN is known. */
  readonly name?: string;
  /** Of a secret a pattern, whose `??????` AWS makes up. */
  readonly arn: string;
  readonly account: string;
  /** Alias of the key over it. */
  readonly key?: string;
  /** JSON fields of the value. @default one text */
  readonly fields?: readonly string[];
  readonly readers: readonly { readonly consumer: string; readonly role: string }[];
  readonly rotation?: DescribedRotation;
  readonly expires?:
    | { readonly afterDays: number; readonly warnDays: number }
    | { readonly never: true; readonly remindDays: number };
  /** Of public keys: the secret that they are of, with whose rotations they change. */
  readonly keysOf?: string;
  readonly sharedWith: readonly string[];
  /** Replica regions. */
  readonly replicas?: readonly string[];
  readonly retired: boolean;
  /** Where the manifest has it: `services/orders.yaml:8`. */
  readonly at: string;
}

export interface DescribedRotation {
  /** As Secrets Manager takes it: `rate(30 days)`. */
  readonly schedule: string;
  /** Days between two rotations at most. */
  readonly longestDays: number;
  readonly windowHours?: number;
  /** ARN of the function; absent where Secrets Manager itself rotates it. */
  readonly function?: string;
  /** Present exactly then. */
  readonly partner?: DescribedPartner;
  /** Name of the secret of the administrator. */
  readonly admin?: string;
}

export interface DescribedPartner {
  /** As AWS names it: `SalesforceClientSecret`. */
  readonly type: string;
  /** ARN of the role that Secrets Manager assumes. */
  readonly role: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export function describedItem(item: ReadableItem): DescribedItem {
  const { description, account, shareWith, at, readers } = item;
  return {
    item: itemPath(item),
    kind: item.kind === "parameter" ? item.type : item.kind,
    description,
    ...(item.kind !== "managed-secret" && { name: item.name }),
    arn: plannedArn(item),
    account,
    ...(item.kind !== "managed-secret" && item.key && { key: item.key.alias }),
    ...fieldsOf(item),
    readers: readers.map((role) => ({ consumer: consumerOf(role), role: role.arn })),
    ...(item.kind === "secret" && { rotation: rotationOf(item.rotation), replicas: item.replicas }),
    ...(item.kind === "parameter" && item.expires && { expires: expiryOf(item.expires) }),
    ...(item.kind === "parameter" && item.keysOf !== undefined && { keysOf: item.keysOf }),
    sharedWith: shareWith,
    retired: item.retired === true,
    at: `${at.file}:${at.line}`,
  };
}

function fieldsOf(item: ReadableItem): Pick<DescribedItem, "fields"> {
  if (item.kind === "parameter") return {};
  if (item.kind === "managed-secret") return { fields: managedFields };
  const { shape } = item;
  if (shape.form === "string") return {};
  if (shape.form === "key-pair") return { fields: keyPairFields };
  if (shape.form === "fields" || shape.form === "external") return { fields: shape.fields };
  return { fields: [...databaseFields, ...namesOfConnection(shape.connection ?? {})] };
}

function rotationOf({ schedule, functionArn, partner, admin }: RotationPlan): DescribedRotation {
  const { expression, longestDays, windowHours } = schedule;
  return {
    schedule: expression,
    longestDays,
    ...(windowHours !== undefined && { windowHours }),
    ...(functionArn !== undefined && { function: functionArn }),
    ...(partner && {
      partner: { type: partner.type, role: partner.role, metadata: partner.metadata },
    }),
    ...(admin !== undefined && { admin }),
  };
}

function expiryOf(
  expires: NonNullable<Extract<ReadableItem, { kind: "parameter" }>["expires"]>,
): NonNullable<DescribedItem["expires"]> {
  return expires.never
    ? { never: true, remindDays: expires.remindDays }
    : { afterDays: expires.afterDays, warnDays: expires.warnDays };
}
