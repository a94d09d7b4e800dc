import type { Plan } from "../plan/types";
import { firstThatFits } from "./room";

/**
 * What the ARNs of identity providers end in whose tokens pods of an environment take on roles by. Where clusters are too many
 * to be named, any of EKS's: which of them a role trusts, and whom of it, its trust says.
 * https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 */
export function podIssuers(plan: Plan, environment: string | undefined): readonly string[] {
  const issuers = plan.consumers.flatMap((consumer) =>
    consumer.environment === environment ? (consumer.role.pods?.oidcProvider ?? []) : [],
  );
  if (issuers.length === 0) return [];
  return firstThatFits(roomOfIssuers, comparison, [
    [...issuers].sort().map((issuer) => `*:oidc-provider/${issuer}`),
    ["*:oidc-provider/oidc.eks.*", "*:oidc-provider/oidc-eks.*"],
  ]);
}

/** Characters that they take of a pattern at most. */
const roomOfIssuers = 400;

const comparison = ' && $.userIdentity.identityProvider != ""';
