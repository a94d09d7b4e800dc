import { rolePatterns } from "../aws/singleSignOn";
import { breakGlassRole } from "../detection/breakGlass";
import { serviceLinkedRoles } from "../detection/records";
import { platformPath, platformRoleNames } from "../plan/names";
import type { Plan, ReadableItem } from "../plan/types";
import type { Principal } from "./principal";

/**
 * Why somebody may read a value:
 * - `granted`: the manifest names it for this consumer
 * - `account`: the owner's record alone, which names an account whose consumers were granted it, and no role
 * - `rotation`: it rotates the secret, or reads an administrator's login to do so
 * - `developers`: a parameter of an environment that is open to developers
 * - `deployer`: the deployment compares a plain parameter with the manifest
 * - `expected`: the `alarms` setting of the account expects that role
 * - `service`: one of AWS's services, for itself
 * - `break-glass`: the role for emergencies
 * - `unexplained`: nothing of that
 */
export type AccessFinding =
  | "granted"
  | "account"
  | "rotation"
  | "developers"
  | "deployer"
  | "expected"
  | "service"
  | "break-glass"
  | "unexplained";

/** Judges readers by the Plan; `item` is absent where a record does not name one. */
export function accessFinding(
  { organisation, secrets }: Plan,
  principal: Principal,
  item: ReadableItem | undefined,
): AccessFinding {
  const { name, account, kind } = principal;
  if (kind === "service") return "service";
  if (kind === "account") {
    return item?.readers.some((reader) => reader.account === account) ? "account" : "unexplained";
  }
  if (kind !== "role") return "unexplained";
  const role = name.slice(name.indexOf(":role/") + ":role/".length);
  const stack = organisation.stacks.find((one) => one.account === account);
  // A role of the same name in a foreign account is not ours.
  if (stack === undefined) return "unexplained";
  if (role === breakGlassRole) return "break-glass";
  if (matches(serviceLinkedRoles, role)) return "service";
  if (item?.readers.some(({ arn }) => arn === name)) return "granted";
  if (item?.kind === "managed-secret" && item.administratorsRole === name) return "rotation";
  const rotated = item === undefined ? secrets : item.kind === "secret" ? [item] : [];
  if (rotated.some(({ rotatorRoles }) => rotatorRoles.some((pattern) => matches(pattern, name)))) {
    return "rotation";
  }
  if (item?.kind === "parameter") {
    const { developers, deployer } = organisation.principals;
    const isDeveloper = role === `${platformPath.slice(1)}${platformRoleNames.developers}`;
    if (isDeveloper && developers.environments.includes(item.environment)) return "developers";
    if (isNamed(deployer, role) && item.type !== "SecureString") return "deployer";
  }
  return stack.alarms?.expectedRoles?.some((name) => isNamed(name, role)) ? "expected" : "unexplained";
}

/** By a name of the settings. */
function isNamed(name: string, role: string): boolean {
  return rolePatterns(name).some((pattern) => matches(pattern, role));
}

/** `*` stands for any characters, `?` for one. */
function matches(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === text;
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(text);
}
