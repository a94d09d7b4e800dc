import { environmentOf } from "../../plan/environmentOf";
import type { Plan, ReadableItem, RolePlan, SecretPlan } from "../../plan/types";
import type { Thing } from "../types";
import { rolesOf } from "../../plan/contents";

/** Who may read what: each role with each of its items, and each function of a team's own with the secret it rotates. */
export function grantsOf(plan: Plan): readonly Thing[] {
  return [
    ...rolesOf(plan.consumers).flatMap((role) => role.grants.map((item) => grant(plan, role, item))),
    ...rotationGrants(plan),
  ];
}

/** Each function of a team's own with the secret that it may read and write. */
export function rotationGrants(plan: Plan): readonly Thing[] {
  return plan.secrets.filter(isRotatedByTeam).flatMap((secret) => rotations(plan, secret));
}

export function grant(plan: Plan, role: RolePlan, item: ReadableItem): Thing {
  const { service, environment, consumer, use } = role;
  const which = use === "ecs-execution" ? " (at its start)" : "";
  const what = item.service === service ? item.item : `${item.service}/${item.item}`;
  return {
    kind: "grant",
    stack: environmentOf(plan, environment).workload.stack,
    about: `${service}/${environment}`,
    name: `${role.name} ${item.service}/${item.environment}/${item.item}`,
    words: `${consumer}${which} may read ${what} (${kindOf(item)})`,
    wider: "added",
    facts: {},
  };
}

function kindOf(item: ReadableItem): string {
  if (item.kind === "parameter") return item.type;
  return item.kind === "secret" ? "secret" : "managed secret";
}

/** The platform's own functions come with every secret that they rotate; what else comes is a fact of the secret. */
export function isRotatedByTeam({ rotation }: SecretPlan): boolean {
  return rotation.rotator === undefined && rotation.partner === undefined;
}

function rotations(plan: Plan, secret: SecretPlan): readonly Thing[] {
  const { service, environment, item, name, rotatorRoles } = secret;
  return rotatorRoles.map((role) => ({
    kind: "grant",
    stack: environmentOf(plan, environment).security.stack,
    about: `${service}/${environment}`,
    name: `${role} rotates ${name}`,
    words: `${role} may read and write ${item} (secret), to rotate it`,
    wider: "added",
    facts: {},
  }));
}
