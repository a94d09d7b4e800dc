import { type ObservedSecret, secretVersions } from "../../aws/secret";
import type { Session } from "./session";

/** When a version with a label was made; undefined for one that is not there. */
export async function versionDate(
  session: Session,
  { arn, name }: ObservedSecret,
  version: string,
): Promise<Date | undefined> {
  for await (const entry of secretVersions(session, { arn, target: name, deprecated: false })) {
    if (entry.VersionId === version) return entry.CreatedDate;
  }
  return undefined;
}
