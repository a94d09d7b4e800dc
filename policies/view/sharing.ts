import type { ItemName } from "./names";
import type { Settings } from "../pack/settings";

/** May the service read the item in the environment: its own, or one that its owner shares with it? */
export function mayRead(
  service: string,
  environment: string,
  item: ItemName,
  { sharing }: Pick<Settings, "sharing">,
): boolean {
  if (item.environment !== environment) return false;
  if (item.service === service) return true;
  return sharing.some(
    (share) => share.owner === item.service && share.item === item.item && share.with.includes(service),
  );
}
