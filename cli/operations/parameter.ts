import type { ParameterStringFilter } from "@aws-sdk/client-ssm";
import { listParameters as listed, type ObservedParameter, parameterTags } from "../../aws/parameter";
import { unsetTag } from "../../model/values/tags";
import type { Session } from "./session";

/** Every parameter of the account that passes the filters. */
export function listParameters(
  session: Session,
  filters: readonly ParameterStringFilter[],
): Promise<ObservedParameter[]> {
  return listed(session, `the parameters of account ${session.account}`, filters);
}

/** Whether its value from outside has not been supplied yet; of one that is known to be there. */
export async function isParameterUnset(session: Session, name: string): Promise<boolean> {
  return unsetTag in (await parameterTags(session, name));
}
