import type { ServiceAt } from "../aws/serviceUse";
import { policyDocument, type PolicyDocument } from "./policy";
import { fromService, type SourceArgument } from "./servicePrincipal";

/** Lets one service assume a role, on behalf of what `source` names where the service says on whose it acts. */
export function serviceTrust<Name extends ServiceAt<"role">>(
  name: Name,
  ...source: SourceArgument<Name, "role">
): PolicyDocument {
  return policyDocument([
    {
      Sid: "ServiceAssumes",
      Effect: "Allow",
      ...fromService("role", name, ...source),
      Action: "sts:AssumeRole",
    },
  ]);
}
