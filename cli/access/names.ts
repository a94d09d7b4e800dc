import type { AccessModel, Item, Principal } from "../../model/access/types";
import type { Plan, ReadableItem, RolePlan } from "../../model/plan/types";
import { assumedName } from "../../model/proof/assumed";
import { itemsByName, nameOf } from "../../model/proof/intention";
import { itemPath } from "../operations/item";
import { itemsOf, referencesItems, rolesOf } from "../../model/plan/contents";

/** A role among the documents, with what people call it. */
export interface NamedRole {
  readonly principal: Principal;
  /** `orders-prod-api`, or who it stands for. */
  readonly name: string;
  /** Of a consumer. */
  readonly role?: RolePlan;
}

/** An item among the documents, with what people call it; a replica goes by its region as well. */
export interface NamedItem {
  readonly item: Item;
  /** `orders/prod/database` */
  readonly name: string;
  readonly place: ItemPlace;
  /** What the manifests say of it; absent for what says where a consumer's values are. */
  readonly planned?: ReadableItem;
}

export type ItemPlace = Pick<ReadableItem, "service" | "environment" | "item">;

export interface Names {
  readonly roles: readonly NamedRole[];
  readonly items: readonly NamedItem[];
}

export function namesOf(plan: Plan, model: AccessModel): Names {
  const planned = new Map(rolesOf(plan.consumers).map((role) => [role.arn, role]));
  const byName = itemsByName([...model.items.values()].map((item) => ({ arn: item.arn.text, item })));
  const { region } = plan.organisation;
  const named = (
    place: ItemPlace & Parameters<typeof nameOf>[0],
    more: Pick<NamedItem, "planned"> = {},
  ): readonly NamedItem[] =>
    (byName.get(nameOf(place)) ?? []).map(({ item }) => ({
      item,
      name: item.arn.region === region ? itemPath(place) : `${itemPath(place)} in ${item.arn.region}`,
      place,
      ...more,
    }));
  return {
    roles: [...model.principals.values()].map((principal) => {
      const role = planned.get(principal.arn);
      return { principal, name: nameOfRole(principal), ...(role !== undefined && { role }) };
    }),
    items: [
      ...itemsOf(plan).flatMap((planned) => named(planned, { planned })),
      ...referencesItems(plan).flatMap((references) => named(references)),
    ],
  };
}

function nameOfRole({ arn }: Principal): string {
  return assumedName(arn) ?? arn.slice(arn.lastIndexOf("/") + 1);
}
