import type { Call } from "../../access/call";
import { ask, only, type ReadPolicy } from "../../access/policies";
import type { Meant } from "../../access/subjects";
import { namedCalls } from "./named";

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

/**
 * The first mistake of each effect: others mostly say the same again. Asked are the probes, and calls of what the policy
 * itself names.
 *
 * @param isKnown whether enough is known of what is called for to say what is meant
 */
export function judge(
  { policy, probes, allows, denies }: Layer,
  isKnown: (call: Call) => boolean = () => true,
): readonly LayerFinding[] {
  const found = new Map<LayerFinding["effect"], LayerFinding>();
  for (const effect of ["Allow", "Deny"] as const) {
    const alone = only(policy, effect);
    for (const call of [...probes, ...namedCalls(alone, probes)].filter(isKnown)) {
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
  const [service] = servicesLetIn(policy, probes);
  if (service !== undefined && !found.has("Allow")) found.set("Allow", service);
  return [...found.values()];
}

/**
 * AWS services that a statement which opens values lets in, whatever its conditions: no value of this platform is for one.
 * They are no roles, so no call of theirs is decided.
 */
function servicesLetIn({ name, statements }: ReadPolicy, [call]: readonly Call[]): readonly LayerFinding[] {
  return statements.flatMap(({ name: statement, effect, principals, actions, resources }) =>
    effect !== "Allow" || call === undefined
      ? []
      : (principals?.services ?? []).map((arn) => ({
          policy: name,
          effect,
          call: {
            ...call,
            by: { arn, account: "" },
            action: [...actions][0] ?? call.action,
            resource: resources[0] ?? call.resource,
            via: undefined,
          },
          expected: "silent",
          found: "allow",
          statements: [statement],
        })),
  );
}

function wanted(meant: Meant | undefined): string {
  return meant === undefined ? "silent" : allowed(meant);
}

function allowed(meant: Meant = "account"): string {
  return meant === "account" ? "allow" : `allow, as ${meant}`;
}
