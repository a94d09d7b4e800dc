import type { ReadPolicy } from "../../access/policies";
import type { Subject } from "../../access/subjects";
import type { Item } from "../../access/types";
import type { ManagedAdminsPlan, Plan } from "../../plan/types";
import { branchProbes } from "./branches";
import type { Layer } from "./layer";
import { readCalls } from "./probes";

/**
 * The own policy of the role by which a rotation function reads administrators' logins of database services: those by their whole
 * ARNs, and no other secret of the service. It decrypts nothing: AWS's own key asks for nothing, and a customer's by its policy.
 */
export function managedAdministratorsLayer({
  plan,
  secrets,
  by,
  policy,
  own,
  items,
}: {
  readonly plan: Plan;
  readonly by: Subject;
  readonly policy: ReadPolicy;
  /** What the Plan says that it reads. */
  readonly own: readonly Item[];
  readonly items: readonly Item[];
} & Pick<ManagedAdminsPlan, "secrets">): Layer {
  return {
    policy,
    probes: [
      ...own.flatMap((item) => readCalls(by, item)),
      ...branchProbes({ plan, by, items, decrypts: () => false }),
    ],
    allows: ({ action, resource }) =>
      action === "secretsmanager:GetSecretValue" && secrets.includes(resource) ? "account" : undefined,
    denies: () => false,
  };
}
