import { accountPrincipal, type Place } from "../plan/arns";
import { policyDocument, type PolicyDocument } from "./policy";

/**
 * Policy of an interface endpoint: roles of this account, of this organisation, for one service. What they may do there
 * is decided by their own policies.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function endpointPolicy(organisationId: string, place: Place, service: string): PolicyDocument {
  return policyDocument([
    {
      Sid: "RolesOfThisAccount",
      Effect: "Allow",
      Principal: { AWS: accountPrincipal(place) },
      Action: `${service}:*`,
      Resource: "*",
      Condition: {
        ArnLike: { "aws:PrincipalArn": `arn:${place.partition}:iam::${place.account}:role/*` },
        StringEquals: { "aws:PrincipalOrgID": organisationId },
      },
    },
  ]);
}
