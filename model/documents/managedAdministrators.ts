import { rotatorAdminActions } from "../functions/rotation";
import { accountPrincipal } from "../plan/arns";
import type { ManagedAdminsPlan, Plan, PlatformRotatorPlan } from "../plan/types";
import { policyDocument, type PolicyDocument } from "./policy";

/**
 * What the role of a workload account may do that its rotation function takes on: read these secrets, which a database
 * service made, and nothing else. By themselves they are under `aws/secretsmanager`, which whoever may read a secret may use
 * within its account; a customer's key of the account has to let the role decrypt by its own policy, which is enough there.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
export function managedAdministratorsPolicy({ secrets }: ManagedAdminsPlan): PolicyDocument {
  return policyDocument([
    { Sid: "ReadAdministrators", Effect: "Allow", Action: rotatorAdminActions, Resource: secrets },
  ]);
}

/**
 * The rotation function's role alone assumes it. In a condition, since a trust takes no principal that is not made yet, and
 * keeps the identity of one that was: made anew, the role would be let in no more.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
 */
export function managedAdministratorsTrust(
  { organisation }: Plan,
  { account, role }: Pick<PlatformRotatorPlan, "account" | "role">,
): PolicyDocument {
  return policyDocument([
    {
      Sid: "RotationAssumes",
      Effect: "Allow",
      Principal: { AWS: accountPrincipal({ ...organisation, account }) },
      Action: "sts:AssumeRole",
      Condition: {
        ArnEquals: { "aws:PrincipalArn": role },
        StringEquals: { "aws:PrincipalOrgID": organisation.id },
      },
    },
  ]);
}
