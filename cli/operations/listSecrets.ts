import { listSecrets as listed, type ObservedSecret } from "../../aws/secret";
import type { Session } from "./session";

/** Every secret of the account whose home is this region, by name; those being deleted as well. */
export async function listSecrets(session: Session): Promise<ReadonlyMap<string, ObservedSecret>> {
  const { region, account } = session;
  const found = await listed(session, {
    region,
    target: `the secrets of account ${account}`,
    deleted: true,
  });
  return new Map(found.map((secret) => [secret.name, secret]));
}
