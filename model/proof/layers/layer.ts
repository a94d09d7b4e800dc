import type { Call } from "../../access/call";
import { ask, only, type ReadPolicy } from "../../access/policies";
import type { Meant } from "../../access/subjects";

/**
 * One policy, with what its statements are to say by themselves: another layer that still holds hides no mistake in it.
 * Allow and Deny are judged apart, since a Deny would hide what an Allow opens.
 */
export interface Layer {
  readonly policy: ReadPolicy;
  /** Calls as they should be, and each such call with one thing about it wrong. */
  readonly probes: readonly Call[];
  /** How Allow statements are to mean who calls, a role's own policies always as `account`; undefined: not at all. */
  readonly allows: (call: Call) => Meant | undefined;
  /** Whether Deny statements are to refuse. */
  readonly denies: (call: Call) => boolean;
}

/** A policy that says something else of a call than it is to say. */
export interface LayerFinding {
  /** Name of the policy. */
  readonly policy: string;
  readonly effect: "Allow" | "Deny";
  readonly call: Call;
  readonly expected: string;
  readonly found: string;
  /** Statements that say so; none where none does. */
  readonly statements: readonly string[];
}

/** The first mistake of each effect: others mostly say the same again. */
export function judge({ policy, probes, allows, denies }: Layer): readonly LayerFinding[] {
  const found = new Map<LayerFinding["effect"], LayerFinding>();
  for (const effect of ["Allow", "Deny"] as const) {
    const alone = only(policy, effect);
    for (const call of probes) {
      const answer = ask(alone, call);
      const said = answer.effect === "silent" ? "silent" : effect === "Deny" ? "deny" : allowed(answer.meant);
      const meant = effect === "Deny" ? (denies(call) ? "deny" : "silent") : wanted(allows(call));
      if (said === meant) continue;
      found.set(effect, {
        policy: policy.name,
        effect,
        call,
        expected: meant,
        found: said,
        statements: answer.statements.map(({ name }) => name),
      });
      break;
    }
  }
  return [...found.values()];
}

function wanted(meant: Meant | undefined): string {
  return meant === undefined ? "silent" : allowed(meant);
}

function allowed(meant: Meant = "account"): string {
  return meant === "account" ? "allow" : `allow, as ${meant}`;
}
