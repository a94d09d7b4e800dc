import type { ServiceAt } from "./serviceUse";

interface RoleService {
  /** In the table of service principals. */
  readonly principal: ServiceAt<"role">;
  /** What the role is there for, in the words of an editor. */
  readonly runs: string;
  /** What runs as it finds it by an instance profile. */
  readonly profile?: true;
}

/**
 * Services of AWS that run as a role of their customer's and read values by it, beside those whose compute the platform makes.
 * Who each is, and what it says of whom it acts for, stands in `servicePrincipals` with the page of each. A job of Batch is a
 * task of ECS (https://docs.aws.amazon.com/batch/latest/userguide/execution-IAM-role.html).
 */
export const roleServices = {
  apprunner: { principal: "tasks.apprunner", runs: "services on App Runner" },
  batch: { principal: "ecs-tasks", runs: "jobs of Batch" },
  dms: { principal: "dms", runs: "endpoints of the Database Migration Service" },
  ec2: { principal: "ec2", runs: "instances of another image or launch template", profile: true },
  glue: { principal: "glue", runs: "jobs and connections of Glue" },
  rds: { principal: "rds", runs: "RDS Proxy" },
  sagemaker: { principal: "sagemaker", runs: "notebooks, training and models of SageMaker" },
  states: { principal: "states", runs: "state machines of Step Functions" },
} as const satisfies Readonly<Record<string, RoleService>>;

export type RoleServiceName = keyof typeof roleServices;

/** By name. */
export const roleServiceNames = Object.keys(roleServices) as [RoleServiceName, ...RoleServiceName[]];

/** Whether a role of that service has an instance profile. */
export function hasProfile(service: RoleServiceName): boolean {
  const { profile }: RoleService = roleServices[service];
  return profile ?? false;
}
