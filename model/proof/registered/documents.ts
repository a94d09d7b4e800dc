import type { AccessDocuments } from "../../access/input";
import { NotModelled } from "../../access/notModelled";
import { endpointsIn } from "./endpoints";
import { itemsIn } from "./items";
import { keysIn } from "./keys";
import { rolesIn } from "./roles";
import { nameIn, ResourcesByType, type StackDocuments, textOf } from "./stack";
import { isUnread } from "./unread";

/**
 * The documents that stacks register, as the evaluator takes them.
 *
 * @param organisation its id, which all the stacks' accounts belong to
 * @throws NotModelled with everything that has a say in who reads a value and is not read
 */
export function registeredDocuments(
  stacks: readonly StackDocuments[],
  organisation: string,
): AccessDocuments {
  const reasons: string[] = [];
  const read = stacks.map((stack) => {
    const resources = new ResourcesByType(stack);
    const note = (reason: string) => void reasons.push(`${stack.stack}: ${reason}`);
    for (const resource of stack.resources.filter(isUnread))
      note(`${resource.type} ${textOf(resource, "name") ?? nameIn(resource.urn)}`);
    const keys = keysIn(resources);
    return {
      principals: rolesIn(resources, stack.account, note),
      items: itemsIn(resources, keys, note),
      keys,
      endpoints: endpointsIn(resources, stack),
    };
  });
  if (reasons.length > 0) throw new NotModelled(reasons);
  return {
    accounts: [...new Set(stacks.map(({ account }) => account))].map((account) => ({
      account,
      organisation,
    })),
    principals: read.flatMap(({ principals }) => principals),
    items: read.flatMap(({ items }) => items),
    keys: read.flatMap(({ keys }) => keys),
    endpoints: read.flatMap(({ endpoints }) => endpoints),
  };
}
