import { accountPrincipal } from "../plan/arns";
import { environmentOf } from "../plan/environmentOf";
import type { Plan, SecretPlan } from "../plan/types";
import { platformRoleArn } from "./people";
import { policyDocument, type PolicyDocument, type ResourceStatement } from "./policy";

/**
 * Policy of one secret: its consumers may read it; everybody else, the deployer and the administrators included, is
 * denied reading, but the roles that rotate it and break-glass. Roles are named in conditions because AWS refuses a
 * principal that does not exist yet, and a deleted one would leave a raw id behind.
 *
 * At most 20,480 characters, see `limits`. `Resource: "*"` is the secret itself.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html
 */
export function secretPolicy(plan: Plan, secret: SecretPlan): PolicyDocument {
  const { organisation } = plan;
  const readers = secret.readers.map(({ arn }) => arn).sort();
  const account = environmentOf(plan, secret.environment).workload.account;
  const consumers: ResourceStatement = {
    Sid: "ConsumersRead",
    Effect: "Allow",
    Principal: { AWS: accountPrincipal({ partition: organisation.partition, account }) },
    Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
    Resource: "*",
    Condition: {
      ArnEquals: { "aws:PrincipalArn": readers },
      StringEquals: { "aws:PrincipalOrgID": organisation.id },
    },
  };
  const everybodyElse: ResourceStatement = {
    Sid: "NobodyElseReads",
    Effect: "Deny",
    Principal: { AWS: "*" },
    Action: "secretsmanager:GetSecretValue",
    Resource: "*",
    Condition: {
      ArnNotLike: {
        "aws:PrincipalArn": [
          ...readers,
          ...secret.rotatorRoles,
          platformRoleArn(organisation, secret.account, "breakGlass"),
        ],
      },
    },
  };
  return policyDocument(readers.length > 0 ? [consumers, everybodyElse] : [everybodyElse]);
}
