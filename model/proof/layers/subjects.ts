import { accountInArn } from "../../aws/accountInArn";
import type { Subject } from "../../access/subjects";
import type { Organisation } from "../../organisation/types";

/** Roles by their ARN, as those of the organisation. */
export function subjectsOf({ id }: Organisation): (arn: string) => Subject {
  return (arn) => ({ arn, account: accountInArn(arn), organisation: id });
}
