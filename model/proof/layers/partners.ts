import type { ReadPolicy } from "../../access/policies";
import type { Subject } from "../../access/subjects";
import type { Item } from "../../access/types";
import type { PartnerSecret } from "../../documents/partnerRotation";
import { secretArnPattern } from "../../plan/arns";
import type { Plan } from "../../plan/types";
import { branchProbes, likeAny, throughAliasesOf } from "./branches";
import type { Layer } from "./layer";
import { readCalls } from "./probes";

/**
 * The own policy of the role by which Secrets Manager rotates one secret at a partner: reads that one, in the home region,
 * and decrypts by its key.
 */
export function partnerLayer({
  plan,
  secret,
  by,
  policy,
  own,
  items,
}: {
  readonly plan: Plan;
  readonly secret: PartnerSecret;
  readonly by: Subject;
  readonly policy: ReadPolicy;
  /** The secret, in each of its regions. */
  readonly own: readonly Item[];
  readonly items: readonly Item[];
}): Layer {
  const { account, key, name } = secret;
  const isOwn = likeAny([secretArnPattern({ ...plan.organisation, account }, name)]);
  const decryptsIt = throughAliasesOf(plan, { account, keys: [key], services: ["secretsmanager"] });
  return {
    policy,
    probes: [
      ...own.flatMap((item) => readCalls(by, item)),
      ...branchProbes({ plan, by, items, decrypts: decryptsIt }),
    ],
    allows: (call) =>
      (call.action === "secretsmanager:GetSecretValue" && isOwn(call.resource)) || decryptsIt(call)
        ? "account"
        : undefined,
    denies: () => false,
  };
}
