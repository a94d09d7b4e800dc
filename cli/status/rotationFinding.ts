import type { SecretPlan } from "../../model/plan/types";
import { plannedRotation } from "../../model/plan/plannedRotation";
import { rotatedOtherwise, rotationMisfit } from "../../model/values/plannedRotation";
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

/** Why a rotation must not be started; undefined where what the manifest names does it, as the manifest says. */
export function foreignFunction(
  secret: SecretPlan,
  { rules }: ObservedSecret,
  stack: string,
): string | undefined {
  const otherwise = rules && rotatedOtherwise(plannedRotation(secret), rules);
  if (otherwise === undefined) return undefined;
  const back = `pulumi up --refresh --stack ${stack} --policy-pack policies`;
  const by = rules?.functionArn ?? rules?.partner?.role;
  return by === secret.rotation.partner?.role
    ? `${itemPath(secret)} rotates ${otherwise}: ${back} makes it what the manifest says`
    : `${itemPath(secret)} is rotated by ${by}, and the manifest names ${rotatorOf(secret)}: ` +
        `a rotation would hand the value to the former; ${back} puts the latter back`;
}
