import type { Call } from "../../access/call";
import type { ReadPolicy } from "../../access/policies";
import type { Subject } from "../../access/subjects";
import type { Item } from "../../access/types";
import { publicKeysSuffix } from "../../plan/names";
import { arn as arnOf, secretArnPattern } from "../../plan/arns";
import type { Plan, PlatformRotatorPlan } from "../../plan/types";
import { branchesOf, branchProbes, likeAny, throughAliasesOf } from "./branches";
import type { Layer } from "./layer";
import { rotatedByOthers } from "./probes";

/**
 * The own policy of this platform's rotation function: reads secrets of its environment that name it as their rotation
 * function, the public keys of key pairs, and the logins of administrators that it needs, in the home region.
 */
export function rotatorLayer({
  plan,
  rotator,
  by,
  policy,
  items,
}: {
  readonly plan: Plan;
  readonly rotator: PlatformRotatorPlan;
  readonly by: Subject;
  readonly policy: ReadPolicy;
  readonly items: readonly Item[];
}): Layer {
  const { account, environment, keys, functionArn } = rotator;
  const place = { ...plan.organisation, account };
  const isOfEnvironment = likeAny(
    branchesOf(plan, { account, region: place.region, environments: [environment] }).secrets,
  );
  const publishes = plan.secrets.some(
    ({ shape, rotation }) => shape.form === "key-pair" && rotation.rotator === rotator,
  );
  const isPublicKeys = likeAny([arnOf("ssm", place, `parameter/*/${environment}/*${publicKeysSuffix}`)]);
  const isAdministrator = likeAny(rotator.admins.map((name) => secretArnPattern(place, name)));
  const decryptsIt = throughAliasesOf(plan, { account, keys, services: ["secretsmanager"] });
  return {
    policy,
    probes: branchProbes({ plan, by, items, decrypts: decryptsIt }).flatMap((call) => [
      call,
      ...rotatedByOthers(call, functionArn),
    ]),
    allows: (call) => (reads(call) || decryptsIt(call) ? "account" : undefined),
    denies: () => false,
  };

  function reads({ action, resource, secret }: Call): boolean {
    if (action === "ssm:GetParameter") return publishes && isPublicKeys(resource);
    if (action !== "secretsmanager:GetSecretValue") return false;
    const rotates = secret?.rotationFunction === functionArn && isOfEnvironment(resource);
    return rotates || isAdministrator(resource);
  }
}
