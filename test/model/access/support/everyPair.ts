import type { Access } from "../../../../model/access/access";
import type { Grant } from "../../../../model/access/grants";

/** The same as `grants`, by asking every pair. */
export function everyPair(access: Access): readonly Grant[] {
  return [...access.model.principals.values()].flatMap((principal) =>
    [...access.model.items.values()].flatMap((item) => {
      const actions = access.actions(principal, item);
      return actions.length > 0 ? [{ principal: principal.arn, item: item.arn.text, actions }] : [];
    }),
  );
}

/** As one line each, in an order of their own. */
export function lines(grants: readonly Grant[]): readonly string[] {
  return grants.map(({ principal, item, actions }) => `${principal} ${item} ${actions.join()}`).sort();
}
