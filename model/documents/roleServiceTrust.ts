import { partitions } from "../aws/partitions";
import type { RoleServiceName } from "../aws/roleServices";
import { arn, type Place } from "../plan/arns";
import { policyDocument, type PolicyDocument } from "./policy";
import { fromService } from "./servicePrincipal";
import { serviceTrust } from "./serviceTrust";

/**
 * Who may assume a role that its team hands to a service of AWS: that service, on behalf of this account's own things as far as
 * its page says that it tells whose they are. Where the page shows no source, nothing is asked: a role goes to a service within
 * its own account alone. Pages and limits stand in `servicePrincipals`.
 */
export function roleServiceTrust(service: RoleServiceName, place: Place): PolicyDocument {
  const own = (of: string, resource = "*") => ({
    "aws:SourceAccount": place.account,
    "aws:SourceArn": arn(of, place, resource),
  });
  switch (service) {
    case "states":
      return serviceTrust("states", own("states", "stateMachine:*"));
    case "batch":
      // As every task of ECS: a cluster cannot be named.
      return serviceTrust("ecs-tasks", own("ecs"));
    case "sagemaker":
      return serviceTrust("sagemaker", own("sagemaker"));
    case "dms":
      return databaseMigrationTrust(place);
    case "apprunner":
      return serviceTrust("tasks.apprunner");
    case "ec2":
    case "glue":
    case "rds":
      return serviceTrust(service);
  }
}

/**
 * What reads the login of an endpoint is the service of one region, in that region's domain.
 * https://docs.aws.amazon.com/dms/latest/userguide/security_iam_secretsmanager.html
 */
function databaseMigrationTrust({ region, partition }: Place): PolicyDocument {
  return policyDocument([
    {
      Sid: "ServiceAssumes",
      Effect: "Allow",
      ...fromService("role", "dms"),
      Principal: { Service: `dms.${region}.${partitions[partition].dnsSuffix}` },
      Action: "sts:AssumeRole",
    },
  ]);
}
