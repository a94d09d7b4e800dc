import type { SecretPlan } from "../../model/plan/types";
import { plannedRotation } from "../../model/plan/plannedRotation";
import { isRotatedByAnother, rotationMisfit } from "../../model/values/plannedRotation";
import { rotatorOf } from "../operations/rotatorOf";
import { itemPath } from "../operations/item";
import type { ObservedSecret } from "../../aws/secret";
import type { Finding } from "./itemStatus";

/** Rotation held against the manifest: what Secrets Manager says of itself may be what somebody told it. */
export function rotationFindings(secret: SecretPlan, observed: ObservedSecret, stack: string): Finding[] {
  const back = `pulumi up --refresh --stack ${stack} --policy-pack policies`;
  if (!observed.rotates) {
    return [
      { kind: "not rotating", matter: "its rotation is switched off", remedy: `${back} switches it on` },
    ];
  }
  const misfit = observed.rules && rotationMisfit(plannedRotation(secret), observed.rules);
  if (misfit === undefined) return [];
  return [
    {
      kind: "not as planned",
      matter: misfit,
      remedy: `find out who changed that; ${back} puts it back, then npx platform rotate ${itemPath(secret)}`,
    },
  ];
}

/** Why a rotation must not be started; undefined where the manifest's own function does it. */
export function foreignFunction(
  secret: SecretPlan,
  { rules }: ObservedSecret,
  stack: string,
): string | undefined {
  if (rules === undefined || !isRotatedByAnother(plannedRotation(secret), rules)) return undefined;
  return (
    `${itemPath(secret)} is rotated by ${rules.functionArn ?? rules.partner?.role}, and the manifest names ${rotatorOf(secret)}: ` +
    `a rotation would hand the value to the former; pulumi up --refresh --stack ${stack} --policy-pack policies puts the latter back`
  );
}
