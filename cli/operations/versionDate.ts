import { ListSecretVersionIdsCommand } from "@aws-sdk/client-secrets-manager";
import type { ObservedSecret } from "./secret";
import type { Session } from "./session";

/** When a version with a label was made; undefined for one that is not there. */
export async function versionDate(
  session: Session,
  { arn, name }: ObservedSecret,
  version: string,
): Promise<Date | undefined> {
  let token: string | undefined;
  do {
    const page = await session.call(
      { action: "secretsmanager:ListSecretVersionIds", target: name, justMade: ["target"] },
      () =>
        session.secrets.send(
          new ListSecretVersionIdsCommand({
            SecretId: arn,
            ...(token !== undefined && { NextToken: token }),
          }),
        ),
    );
    const found = page.Versions?.find(({ VersionId }) => VersionId === version);
    if (found !== undefined) return found.CreatedDate;
    token = page.NextToken;
  } while (token !== undefined && token !== "");
  return undefined;
}
