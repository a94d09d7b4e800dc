import { decrypt } from "../../access/actions";
import type { Call } from "../../access/call";
import type { ReadPolicy } from "../../access/policies";
import type { Subject } from "../../access/subjects";
import type { Item } from "../../access/types";
import { groupBy } from "../../groupBy";
import type { Plan } from "../../plan/types";
import { likeAny } from "./branches";
import type { Layer } from "./layer";
import { decryptCalls, inContextOf, encrypted, readCalls, regionsOf, wrongDecrypts } from "./probes";

/** Calls that read one named item; the others read its past, or whatever is under a path. */
const readsOne: ReadonlySet<string> = new Set([
  "secretsmanager:GetSecretValue",
  "ssm:GetParameter",
  "ssm:GetParameters",
]);

/**
 * A consumer's own policy: reads its granted items by name, and decrypts them, each in its own name, under its own key,
 * through its service.
 *
 * @param others items that it was not granted, near ones among them
 */
export function consumerLayer({
  plan,
  by,
  policy,
  granted,
  others,
}: {
  readonly plan: Plan;
  readonly by: Subject;
  readonly policy: ReadPolicy;
  readonly granted: readonly Item[];
  readonly others: readonly Item[];
}): Layer {
  const regions = regionsOf(plan);
  const isGranted = likeAny(granted.map(patternOf));
  const keys = new Set(encrypted(granted).map(({ underKey }) => underKey.key));
  const foreign = encrypted(others);
  const otherKeys = [...new Set(foreign.map(({ underKey }) => underKey.key))].filter((key) => !keys.has(key));
  const decryptsIt = decrypting(granted);
  const decrypts = granted
    .flatMap((item) => decryptCalls(by, item))
    .flatMap((call) => [
      call,
      ...wrongDecrypts(call, regions, otherKeys),
      ...foreign.map((item) => inContextOf(call, item)),
    ]);
  return {
    policy,
    probes: [
      ...[...granted, ...others].flatMap((item) => readCalls(by, item)),
      ...decrypts,
      ...others.flatMap((item) => decryptCalls(by, item)),
    ],
    allows: (call) => {
      const may = readsOne.has(call.action) ? isGranted(call.resource) : decryptsIt(call);
      return may ? "account" : undefined;
    },
    denies: () => false,
  };
}

/** Of a secret with any six characters after its name: they are AWS's to make up. */
function patternOf({ kind, arn: { text } }: Item): string {
  return kind === "secret" ? text.replace(/-[A-Za-z0-9]{6}$/, "-??????") : text;
}

/**
 * Whether a call of Decrypt is by a key of the items, through their service and in the name of one of them. Keys, regions of
 * the service and names stand in lists of their own: what is in one region was never encrypted under another one's key.
 */
function decrypting(granted: readonly Item[]): (call: Call) => boolean {
  const ways = [...groupBy(encrypted(granted), ({ arn }) => `${arn.service} ${arn.account}`).values()].map(
    (items) => ({
      keys: new Set(items.map(({ underKey }) => underKey.key.arn)),
      aliases: new Set(items.flatMap(({ underKey }) => underKey.key.aliases)),
      services: new Set(items.flatMap(({ underKey }) => underKey.services)),
      isName: likeAny(items.map(patternOf)),
      context: items[0]?.kind === "secret" ? "secretarn" : "parameter_arn",
    }),
  );
  return ({ action, resource, via = "", key }) =>
    action === decrypt &&
    ways.some(({ keys, aliases, services, isName, context }) => {
      const name = key?.encryptionContext.get(context)?.value;
      const isKey = keys.has(resource) && key?.aliases.some((alias) => aliases.has(alias)) === true;
      return isKey && services.has(via) && name !== undefined && isName(name);
    });
}
