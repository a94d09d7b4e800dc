import { decrypt, type ReadAction } from "../../access/actions";
import type { Call } from "../../access/call";
import { actionsOf, decryptCall, encryptionContext, readCall, resourcesOf } from "../../access/calls";
import type { Subject } from "../../access/subjects";
import type { Item, Key, UnderKey } from "../../access/types";
import type { Plan } from "../../plan/types";
import { outsider } from "../assumed";

/** An item that is under a customer's key; AWS's own keys let in whoever may read what is under them. */
export type Encrypted = Item & { readonly underKey: UnderKey };

export function isEncrypted({ underKey }: Item): boolean {
  return underKey !== undefined && !underKey.key.aliases.some((alias) => alias.startsWith("alias/aws/"));
}

export function encrypted(items: readonly Item[]): readonly Encrypted[] {
  return items.filter((item): item is Encrypted => isEncrypted(item));
}

/** Every call that reads the item, as the role would make it. */
export function readCalls(by: Subject, item: Item): readonly Call[] {
  return actionsOf(item).flatMap((action) => callsOf(by, item, action));
}

function callsOf(by: Subject, item: Item, action: ReadAction): readonly Call[] {
  return resourcesOf(item, action).map((resource) => readCall(by, item, { action, resource }));
}

/** As if another function rotated the secret, and as if none did. */
export function rotatedByOthers(call: Call, functionArn: string): readonly Call[] {
  const { secret } = call;
  if (secret === undefined) return [];
  return [
    { ...call, secret: { ...secret, rotationFunction: functionArn } },
    { ...call, secret: { ...secret, rotationFunction: `${functionArn}-2` } },
    { ...call, secret: { arn: secret.arn } },
  ];
}

/** Decrypt of the item's value as its service calls it for the role, under each name that the service has. */
export function decryptCalls(by: Subject, item: Item): readonly Call[] {
  return encrypted([item]).flatMap((one) => one.underKey.services.map((via) => decryptCall(by, one, via)));
}

/** The same call with one thing wrong: service, region, encryption context, alias, key; `regions` are those there are. */
export function wrongDecrypts(
  call: Call,
  regions: ReadonlySet<string>,
  others: readonly Key[] = [],
): readonly Call[] {
  const { key, via } = call;
  if (key === undefined || via === undefined || call.action !== decrypt) return [];
  const [service = "", , ...domain] = via.split(".");
  const from = (...parts: readonly string[]) => [...parts, ...domain].join(".");
  const other = service === "ssm" ? "secretsmanager" : "ssm";
  const contexts = [...key.encryptionContext].flatMap(([name, { name: written, value }]) =>
    value === undefined
      ? []
      : [`${value}-2`, inOutsider(value)].map((wrong) =>
          new Map(key.encryptionContext).set(name, { name: written, value: wrong }),
        ),
  );
  return [
    { ...call, via: undefined },
    ...[...regions].flatMap((region) => ["s3", other].map((one) => ({ ...call, via: from(one, region) }))),
    { ...call, via: from(service, "xx-elsewhere-1") },
    ...contexts.map((encryptionContext) => ({ ...call, key: { ...key, encryptionContext } })),
    { ...call, key: { ...key, encryptionContext: new Map() } },
    // Another key, which a policy may tell by its ARN or by its alias.
    { ...call, resource: `${call.resource}-2`, key: { ...key, aliases: ["alias/other"] } },
    { ...call, resource: `${call.resource}-2`, key: { ...key, aliases: [] } },
    { ...call, resource: inOutsider(call.resource) },
    ...others.map(({ arn, aliases }) => ({ ...call, resource: arn, key: { ...key, aliases } })),
  ];
}

/** Regions that values are kept in. */
export function regionsOf({ organisation, keys }: Plan): ReadonlySet<string> {
  return new Set([organisation.region, ...keys.flatMap(({ replicaRegions }) => replicaRegions)]);
}

/** The first of each kind, in their order. */
export function oneOfEach<T>(all: readonly T[], kindOf: (one: T) => string): readonly T[] {
  const found = new Map<string, T>();
  for (const one of all) if (!found.has(kindOf(one))) found.set(kindOf(one), one);
  return [...found.values()];
}

/** The same name in an account outside. */
function inOutsider(arn: string): string {
  return arn.split(":").with(4, outsider.account).join(":");
}

/** The same call about another item. */
export function inContextOf(call: Call, item: Item): Call {
  return call.key === undefined
    ? call
    : { ...call, key: { ...call.key, encryptionContext: encryptionContext(item.arn) } };
}

/** Those who differ from the role in one thing: name, path, kind, account, organisation. */
export function strangersTo(role: Subject): readonly Subject[] {
  const elsewhere = role.arn.replace(`:${role.account}:`, `:${outsider.account}:`);
  return [
    { ...role, arn: `${role.arn}-2` },
    { ...role, arn: role.arn.replace(":role/", ":role/teams/") },
    { ...role, arn: role.arn.replace(/:role\/.*/, ":user/somebody") },
    { ...role, arn: elsewhere, account: outsider.account },
    { arn: role.arn, account: role.account, organisation: outsider.organisation },
    { arn: role.arn, account: role.account },
  ];
}
