import { buildPlan } from "../../../../model/plan/build";
import type { Plan } from "../../../../model/plan/types";
import type { PartnerSecret } from "../../../../model/documents/partnerRotation";
import { loadValid } from "../../catalogue/support";
import { organisation } from "./organisations";

const manifest = `service: sales
owner: sales@example.com
description: Keeps customers
environments: [staging, prod]
secrets:
  crm:
    description: Client of the customers' records
    rotation: { method: external, type: SalesforceClientSecret, every: 30 days, metadata: { apiVersion: v65.0 } }
  warehouse:
    description: Key pair of the warehouse
    rotation:
      method: external
      type: SnowflakeKeyPairAuthentication
      schedule: cron(0 4 ? * SUN *)
      window: 3 hours
      metadata: { encryptPrivateKey: true, cryptographicAlgorithm: RS512 }
  catalogue: { description: Token, rotation: { method: external, type: BigIDClientSecret, every: 7 days } }
  signing-key: { description: Signs, rotation: { method: generated, every: 30 days } }
consumers:
  api: { kind: lambda, reads: [crm, warehouse] }
`;

/**
 * A service with a secret at each partner, and one that a function rotates.
 * @param from and `to`: of the manifest's text, what stands in place of what
 */
export function partnersPlan(from = "", to = ""): Plan {
  return buildPlan(loadValid({ sales: manifest.replace(from, to) }), organisation({}));
}

/** @param name `sales/prod/crm` */
export function partnerSecret(plan: Plan, name: string): PartnerSecret {
  const found = plan.secrets.find((secret) => secret.name === name);
  if (found?.rotation.partner === undefined) throw new Error(`${name} is at no partner`);
  return found as PartnerSecret;
}
