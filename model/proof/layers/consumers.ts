import type { ReadPolicy } from "../../access/policies";
import type { Subject } from "../../access/subjects";
import type { Item } from "../../access/types";
import type { Plan } from "../../plan/types";
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
  const names = new Set(granted.map(({ arn }) => arn.text));
  const keys = new Set(encrypted(granted).map(({ underKey }) => underKey.key));
  const foreign = encrypted(others);
  const otherKeys = [...new Set(foreign.map(({ underKey }) => underKey.key))].filter((key) => !keys.has(key));
  const right = new Set(granted.flatMap((item) => decryptCalls(by, item)));
  const decrypts = [...right].flatMap((call) => [
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
      const may = readsOne.has(call.action) ? names.has(call.resource) : right.has(call);
      return may ? "account" : undefined;
    },
    denies: () => false,
  };
}
