import type { Opener } from "../../model/proof/custody/opener";
import type { ItemGates } from "../../model/proof/gates";
import type { UnexpectedAccess } from "../../model/proof/unexpected";
import type { CheckedAccess } from "./access";
import { layerWords } from "./accessWords";

/** Who can read what, for machines. */
export type JsonAccess =
  | {
      /** Pairs of role and item that were decided. */
      readonly pairs: number;
      /** Those that are open. */
      readonly allowed: number;
      /** Open and not meant, or meant and closed. ARNs. */
      readonly unexpected: readonly UnexpectedAccess[];
      /** Policies that were judged by themselves. */
      readonly layers: number;
      /** Those that say something else than they are to say, also where another layer holds. */
      readonly weakened: readonly {
        readonly policy: string;
        readonly statements: readonly string[];
        readonly principal: string;
        readonly action: string;
        readonly resource: string;
        readonly why: string;
      }[];
      /** Statements by which somebody could open values for himself: write a policy, give a grant, take a copy. */
      readonly openers: readonly Opener[];
      /** By item, what keeps each kind of stranger out, each by itself enough. */
      readonly gates: readonly ItemGates[];
    }
  | {
      /** What cannot be decided about, so that nothing was. */
      readonly undecided: readonly string[];
    };

export function jsonAccess(access: CheckedAccess): JsonAccess {
  if ("undecided" in access) return access;
  const { pairs, grants, unexpected, layers, weakened, openers, gates } = access;
  return {
    pairs,
    allowed: grants.length,
    unexpected,
    layers,
    weakened: weakened.map((finding) => ({
      policy: finding.policy,
      statements: finding.statements,
      principal: finding.call.by.arn,
      action: finding.call.action,
      resource: finding.call.resource,
      why: layerWords(finding),
    })),
    openers,
    gates,
  };
}
