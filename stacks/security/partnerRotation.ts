import { PartnerRotation } from "../../components/security/partnerRotation";
import type { SecretRotationArgs } from "../../components/security/rotatingSecretArgs";
import { externalPartner } from "../../model/aws/externalSecrets";
import {
  isAtPartner,
  partnerRotationPolicy,
  partnerRotationTrust,
} from "../../model/documents/partnerRotation";
import type { Plan, SecretPlan } from "../../model/plan/types";
import { serviceTags } from "../account/tags";

/** Makes the role that Secrets Manager rotates a secret by; undefined where a function does. */
export function partnerRotation(
  plan: Plan,
  secret: SecretPlan,
): Pick<SecretRotationArgs, "partner" | "after"> | undefined {
  if (!isAtPartner(secret)) return undefined;
  const { type, metadata, roleName } = secret.rotation.partner;
  const { roleArn, ready } = new PartnerRotation(roleName, {
    roleName,
    description: `Secrets Manager rotates ${secret.name} at ${externalPartner(type).partner}`,
    trust: partnerRotationTrust(plan, secret),
    policy: partnerRotationPolicy(plan, secret),
    tags: serviceTags(secret),
  });
  return { partner: { roleArn, metadata }, after: ready };
}
