import { ManagedAdministrators } from "../../components/workload/managedAdministrators";
import {
  managedAdministratorsPolicy,
  managedAdministratorsTrust,
} from "../../model/documents/managedAdministrators";
import { administeredRotators } from "../../model/plan/managedAdmin";
import type { Plan } from "../../model/plan/types";
import type { Tags } from "../account/tags";

/** The role by which rotation reads administrators' logins of database services; nothing where no manifest names one. */
export function managedAdministrators(plan: Plan, environment: string, tags: Tags): void {
  const rotator = administeredRotators(plan).find((one) => one.environment === environment);
  if (rotator === undefined) return;
  const { roleName } = rotator.managedAdmins;
  new ManagedAdministrators(roleName, {
    roleName,
    description: "Reads administrators' logins that database services manage, for rotation",
    trust: managedAdministratorsTrust(plan, rotator),
    policy: managedAdministratorsPolicy(rotator.managedAdmins),
    tags,
  });
}
