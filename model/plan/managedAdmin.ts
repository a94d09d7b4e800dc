import type { ManagedAdminsPlan, Plan, PlatformRotatorPlan } from "./types";

/** A rotation function that reads administrators' logins that a database service manages. */
export type AdministeredRotator = PlatformRotatorPlan & { readonly managedAdmins: ManagedAdminsPlan };

/**
 * Whether a rotation's administrator is a secret that a database service manages: it is known by its ARN, any other by its
 * name, which takes no colon.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
 */
export function isManagedAdmin(admin: string): boolean {
  return admin.startsWith("arn:");
}

/** At most one an environment. */
export function administeredRotators({ rotators }: Pick<Plan, "rotators">): readonly AdministeredRotator[] {
  return rotators.filter(
    (rotator): rotator is AdministeredRotator =>
      rotator.hosted === "platform" && rotator.managedAdmins !== undefined,
  );
}

export function managedAdminsOf(plan: Pick<Plan, "rotators">): readonly ManagedAdminsPlan[] {
  return administeredRotators(plan).map(({ managedAdmins }) => managedAdmins);
}
