import type { ReadPolicy } from "../../access/policies";
import type { Item } from "../../access/types";
import type { Organisation } from "../../organisation/types";
import type { Layer } from "./layer";
import { decryptCalls, isEncrypted, oneOfEach, readCalls, strangersTo } from "./probes";
import { subjectsOf } from "./subjects";

/** An endpoint's policy: lets the account's own roles through to its service, and nobody else. */
export function endpointLayer({
  organisation,
  account,
  service,
  policy,
  items,
}: {
  readonly organisation: Organisation;
  readonly account: string;
  readonly service: string;
  readonly policy: ReadPolicy;
  readonly items: readonly Item[];
}): Layer {
  const role = subjectsOf(organisation)(
    `arn:${organisation.partition}:iam::${account}:role/services/any/any`,
  );
  const by = [role, ...strangersTo(role)];
  // It tells no items apart; the actions of each kind are enough.
  const some = oneOfEach(items.filter(isEncrypted), ({ kind }) => kind);
  return {
    policy,
    probes: by.flatMap((one) =>
      some.flatMap((item) => [...readCalls(one, item), ...decryptCalls(one, item)]),
    ),
    allows: ({ by: { arn, ...of }, action }) =>
      of.account === account &&
      of.organisation === organisation.id &&
      arn.startsWith(`arn:${organisation.partition}:iam::${account}:role/`) &&
      action.startsWith(`${service}:`)
        ? "account"
        : undefined,
    denies: () => false,
  };
}
