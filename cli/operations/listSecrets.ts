import { ListSecretsCommand } from "@aws-sdk/client-secrets-manager";
import { observedSecret, type ObservedSecret } from "./secret";
import type { Session } from "./session";

/**
 * Every secret of the account whose home is this region, by name; those being deleted as well. 100 a page. The list may
 * lag behind by five minutes; DescribeSecret does not.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html
 */
export async function listSecrets(session: Session): Promise<ReadonlyMap<string, ObservedSecret>> {
  const found = new Map<string, ObservedSecret>();
  let token: string | undefined;
  do {
    const page = await session.call(
      { action: "secretsmanager:ListSecrets", target: `the secrets of account ${session.account}` },
      () =>
        session.secrets.send(
          new ListSecretsCommand({
            MaxResults: 100,
            IncludePlannedDeletion: true,
            ...(token !== undefined && { NextToken: token }),
          }),
        ),
    );
    for (const entry of page.SecretList ?? []) {
      const isHere = (entry.PrimaryRegion ?? session.region) === session.region;
      if (entry.Name !== undefined && isHere) found.set(entry.Name, observedSecret(entry));
    }
    token = page.NextToken;
  } while (token !== undefined && token !== "");
  return found;
}
