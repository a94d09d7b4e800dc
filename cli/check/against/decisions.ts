import type { Thing } from "../../../model/changes/types";
import { accessDifferences, type AccessDifferences } from "../../../model/changes/ofDecisions/differences";
import { type GrantWords, grantsDecided, plainGrantWords } from "../../../model/changes/ofDecisions/grants";
import { standingPairs } from "../../../model/changes/ofDecisions/standing";
import type { Plan } from "../../../model/plan/types";
import { decideSides } from "../../../model/proof/compared/sides";
import type { StackDocuments } from "../../../model/proof/registered/stack";
import type { CheckedStacks } from "../check";

/** Who reads what more or less, by decisions; or why that cannot be said. */
export type ComparedAccess = AccessDifferences | { readonly undecided: readonly string[] };

/** With the grants of each side, for a comparison with everything else. */
export type Decisions =
  | { readonly undecided: readonly string[] }
  | {
      readonly access: AccessDifferences;
      readonly before: readonly Thing[];
      readonly after: readonly Thing[];
    };

/**
 * Decides both sides from what their stacks register. Where those of now were not decided by themselves, nothing is.
 * @param words what pairs are called, beside names as AWS has them
 */
export function decisionsOf(
  before: { readonly stacks: readonly StackDocuments[]; readonly organisation: string },
  now: CheckedStacks,
  plans: readonly Plan[],
  words: (others: GrantWords) => GrantWords = (others) => others,
): Decisions {
  if ("undecided" in now.access) return { undecided: now.access.undecided };
  const { id, region } = now.plan.organisation;
  const decided = decideSides(
    {
      before: { name: "before", ...before },
      after: { name: "now", stacks: now.stacks, organisation: id },
    },
    plans,
    now.controls,
  );
  if ("undecided" in decided) return decided;
  const { before: old, after } = decided;
  const stacks = new Map([...before.stacks, ...now.stacks].map(({ account, stack }) => [account, stack]));
  const both = {
    region,
    wordsOf: words(plainGrantWords(stacks)),
    comesWithItem: standingPairs(plans, [old, after]),
  };
  return {
    access: accessDifferences(old, after),
    before: grantsDecided({ own: old, other: after, ...both }),
    after: grantsDecided({ own: after, other: old, ...both }),
  };
}

/** Lines for people about what was not decided. */
export function undecidedWords(access: ComparedAccess): readonly string[] {
  return "undecided" in access ? access.undecided.map((reason) => `who can read what: ${reason}`) : [];
}
