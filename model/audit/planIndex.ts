import type { ParameterPlan, Plan, ReadableItem, RolePlan } from "../plan/types";
import { itemsOf, rolesOf } from "../plan/contents";

/** Finds what a record names in the Plan. */
export interface PlanIndex {
  readonly items: readonly ReadableItem[];
  /**
   * The secret that a call names by ARN, by ARN without its last characters, or by name.
   * @param account that a bare name lies in
   */
  secret(reference: string, account: string): ReadableItem | undefined;
  /** The parameter that a call names by ARN or name, with or without `:version` or `:label`. */
  parameter(reference: string, account: string): ParameterPlan | undefined;
  /** Parameters below a path. */
  parametersUnder(path: string, recursive: boolean, account: string): readonly ParameterPlan[];
  /** The consumer's role. */
  role(arn: string): RolePlan | undefined;
}

export function planIndex(plan: Plan): PlanIndex {
  const items = itemsOf(plan);
  const secrets = new Map<string, ReadableItem>([
    ...plan.secrets.map((secret) => [`${secret.account}:${secret.name}`, secret] as const),
    ...plan.managedSecrets.map((secret) => {
      const { account, name } = partsOf(secret.arn, "secret:", secret.account);
      return [`${account}:${name}`, secret] as const;
    }),
  ]);
  const parameters = new Map(plan.parameters.map((one) => [`${one.account}:${one.name}`, one]));
  const roles = new Map(rolesOf(plan.consumers).map((role) => [role.arn, role]));
  return {
    items,
    secret(reference, recipient) {
      const { account, name } = partsOf(reference, "secret:", recipient);
      return (
        secrets.get(`${account}:${name}`) ?? secrets.get(`${account}:${name.replace(/-[A-Za-z0-9]{6}$/, "")}`)
      );
    },
    parameter(reference, recipient) {
      const { account, name } = partsOf(reference, "parameter", recipient);
      return parameters.get(`${account}:${name.replace(/:.*$/, "")}`);
    },
    parametersUnder(path, recursive, account) {
      const branch = path.endsWith("/") ? path : `${path}/`;
      return plan.parameters.filter(
        (one) =>
          one.account === account &&
          one.name.startsWith(branch) &&
          (recursive || !one.name.slice(branch.length).includes("/")),
      );
    },
    role: (arn) => roles.get(arn),
  };
}

/** Account and name out of an ARN, whatever its partition and region (a replica is the same secret); or a bare name. */
function partsOf(reference: string, kind: string, recipient: string): { account: string; name: string } {
  if (!reference.startsWith("arn:")) return { account: recipient, name: reference };
  const [, , , , account = "", ...rest] = reference.split(":");
  const resource = rest.join(":");
  return { account, name: resource.startsWith(kind) ? resource.slice(kind.length) : "" };
}
