import { externalRotationActions } from "../aws/externalSecrets";
import { type Place, secretArnPattern } from "../plan/arns";
import type { PartnerPlan, Plan, SecretPlan } from "../plan/types";
import { policyDocument, type PolicyDocument } from "./policy";
import { serviceTrust } from "./serviceTrust";
import { throughAliases } from "./throughAliases";

/** A secret that Secrets Manager itself rotates, at a partner of AWS. */
export type PartnerSecret = SecretPlan & { readonly rotation: { readonly partner: PartnerPlan } };

export function isAtPartner(secret: SecretPlan): secret is PartnerSecret {
  return secret.rotation.partner !== undefined;
}

/**
 * What Secrets Manager may do with the role that it assumes to rotate one secret at a partner: read and write that secret,
 * and have random text made, which takes no resource. AWS's own example names every secret of the partner's type.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/mes-security.html
 */
export function partnerRotationPolicy({ organisation }: Plan, secret: PartnerSecret): PolicyDocument {
  const place: Place = { ...organisation, account: secret.account };
  return policyDocument([
    {
      Sid: "RotateSecret",
      Effect: "Allow",
      Action: externalRotationActions,
      Resource: secretArnPattern(place, secret.name),
    },
    {
      Sid: "MakePasswords",
      Effect: "Allow",
      Action: "secretsmanager:GetRandomPassword",
      Resource: "*",
    },
    throughAliases(
      { Sid: "EncryptSecret", service: "secretsmanager", Action: ["kms:Decrypt", "kms:GenerateDataKey"] },
      place,
      [secret.key],
    ),
  ]);
}

/** Secrets Manager alone assumes it, on behalf of that secret. */
export function partnerRotationTrust({ organisation }: Plan, secret: PartnerSecret): PolicyDocument {
  const place: Place = { ...organisation, account: secret.account };
  return serviceTrust("secretsmanager", {
    "aws:SourceAccount": secret.account,
    "aws:SourceArn": secretArnPattern(place, secret.name),
  });
}
